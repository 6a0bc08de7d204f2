using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Tickets.Calls;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets;

/// <summary>The verbs of calls. What is said of a call is kept as an internal note beside it.</summary>
public sealed partial class TicketCommands
{
    /// <summary>Longest number of what a specialist writes of a call, in characters.</summary>
    public const int LongestCallNotes = 10_000;

    /// <summary>A call that nobody ended for so long was forgotten, not spoken: 4 hours.</summary>
    private static readonly TimeSpan LongestCall = TimeSpan.FromHours(4);

    /// <summary>Records a call attempt that is over; the first meets the callback promise.</summary>
    public Task<Outcome<TicketState>> LogCallAsync(long number, CallOutcome outcome, StaffCaller caller, CancellationToken cancellation = default) =>
        LogCallAsync(number, new CallLog(Guid.CreateVersion7(clock.GetUtcNow()), outcome), caller, cancellation);

    /// <summary>Records a call that is over, ours or theirs, with what was said in it. The same id again changes nothing.</summary>
    public Task<Outcome<TicketState>> LogCallAsync(long number, CallLog log, StaffCaller caller, CancellationToken cancellation = default)
    {
        var notes = MessageText.Tidy(log.Notes);
        return CheckNotes(notes, log.Duration) is { } invalid
            ? Task.FromResult<Outcome<TicketState>>(invalid)
            : WriteAsync(number, caller, null, (db, ticket, terms, now) => CallBook.LogAsync(db, mails, ticket, terms, log, notes, caller, now), cancellation);
    }

    /// <summary>
    /// A specialist begins to call. What is owed by now is answered with it, unless the telephone system dials: then its first sign of the call is the attempt.
    /// </summary>
    public Task<Outcome<TicketState>> BeginCallAsync(long number, Guid callId, CallSource source, StaffCaller caller, CancellationToken cancellation = default) =>
        WriteAsync(number, caller, null, async (db, ticket, terms, now) =>
        {
            if (ticket.Status == TicketStatus.Closed)
            {
                return TicketRules.Closed;
            }

            if (await db.Set<Call>().FindAsync(callId) is { } same)
            {
                return same.TicketNumber == number ? null : TicketRules.IdReused;
            }

            var since = now - LongestCall;
            if (await db.Set<Call>().FirstOrDefaultAsync(call => call.TicketNumber == number && call.EndedAt == null && call.StartedAt > since) is { } running)
            {
                return Refusal.Conflict("already-calling", running.StaffId == caller.StaffId
                    ? "You are calling already. Say what came of that call first."
                    : $"{running.StaffName} is calling already.");
            }

            var callback = await db.Set<Callback>().FindAsync(number);
            if ((callback?.Number ?? ticket.PhoneNumber) is not { } dialled)
            {
                return Refusal.Conflict("no-number", "There is no number to call.");
            }

            if ((await PhoneRuleCommands.ReadAsync(db)).Obstacle(dialled) is { } obstacle)
            {
                return Refusal.Conflict("number-refused", obstacle);
            }

            var call = new Call
            {
                Id = callId, TicketNumber = number, Direction = CallDirection.Outgoing, Source = source, Number = dialled,
                StaffId = caller.StaffId, StaffName = caller.Name, StartedAt = now,
            };
            db.Add(call);
            if (source != CallSource.Pbx)
            {
                call.CountedAt = now;
                await TicketStore.ApplyAsync(db, ticket, CallRules.Begin(ticket.ToFacts(terms), now).Value!, caller, now);
            }

            return null;
        }, cancellation);

    /// <summary>
    /// Says what came of a call; a null outcome says that it was never made, and what it answered is owed again. A guess of the telephone system may be said better.
    /// </summary>
    public Task<Outcome<TicketState>> EndCallAsync(long number, Guid callId, CallOutcome? outcome, string? notes, StaffCaller caller, CancellationToken cancellation = default)
    {
        var words = MessageText.Tidy(notes);
        return CheckNotes(words, null) is { } invalid
            ? Task.FromResult<Outcome<TicketState>>(invalid)
            : WriteAsync(number, caller, null, async (db, ticket, terms, now) =>
            {
                if (await db.Set<Call>().SingleOrDefaultAsync(call => call.Id == callId && call.TicketNumber == number) is not { } call)
                {
                    return new(RefusalKind.NotFound, "not-found", "There is no such call on this ticket.");
                }

                if (call.EndedAt is not null && (!call.IsOutcomeGuessed || outcome is null))
                {
                    return Refusal.Conflict("call-ended", "What came of this call has been said already.");
                }

                CallBook.AddNote(db, ticket, call, words, caller, now);
                await (outcome is { } said
                    ? CallBook.EndAsync(db, mails, ticket, terms, call, said, isGuess: false, caller, now)
                    : CallBook.TakeBackAsync(db, ticket, terms, call, caller, now));
                return null;
            }, cancellation);
    }

    /// <summary>The customer needs no call.</summary>
    public Task<Outcome<TicketState>> CancelCallbackAsync(long number, CustomerCaller caller, CancellationToken cancellation = default) =>
        ChangeCallbackAsync(number, caller, (_, ticket, callback, now) =>
        {
            if (callback.State == CallbackState.Cancelled)
            {
                return Task.FromResult(new Outcome<TicketDecision>(TicketRules.Flag(ticket, now), null));
            }

            var cancelled = CallRules.Cancel(ticket, now);
            if (cancelled.Value is not { } decision)
            {
                return Task.FromResult(cancelled);
            }

            callback.Settle(CallbackState.Cancelled);
            return Task.FromResult<Outcome<TicketDecision>>(decision with { Events = [.. decision.Events, new(TicketEventKind.CallbackCancelled)] });
        }, cancellation);

    /// <summary>The customer wants the call at another time, or on another number; null leaves the number as it is.</summary>
    public Task<Outcome<TicketState>> RescheduleCallbackAsync(long number, CallWish? wish, string? phoneNumber, CustomerCaller caller, CancellationToken cancellation = default) =>
        ChangeCallbackAsync(number, caller, async (db, ticket, callback, now) =>
        {
            var window = CallWindow.Read(wish, now);
            if (window.Refusal is { } wrong)
            {
                return wrong;
            }

            var called = string.IsNullOrWhiteSpace(phoneNumber) ? callback.Number : PhoneNumberParser.ToE164(phoneNumber);
            if (called is null)
            {
                return Refusal.Invalid(("phoneNumber", PhoneNumberParser.HowToWrite));
            }

            if (await CallQueries.ObstacleAsync(db, called, number, caller) is { } obstacle)
            {
                return obstacle;
            }

            var moved = CallRules.Reschedule(ticket, window.Value?.From, now);
            if (moved.Value is not { } decision)
            {
                return moved;
            }

            callback.Number = called;
            callback.Wish(window.Value, wish?.Zone, now);
            var until = window.Value is { } hours ? $"{ObligationClock.Text(hours.From)}/{ObligationClock.Text(hours.To)}" : "";
            return decision with { Events = [.. decision.Events, new(TicketEventKind.CallbackMoved, until)] };
        }, cancellation);

    /// <summary>
    /// A message of the telephone system. The same message again has no second effect. An incoming call that nobody knows yet waits until somebody says whose it was: a number alone
    /// identifies nobody (trust rule 22).
    /// </summary>
    public async Task<Outcome<CallView>> HearAsync(CallMessage message, CancellationToken cancellation = default)
    {
        long? told = null;
        return await writes.RunAsync<Outcome<CallView>>(
            async db =>
            {
                told = null;
                var heard = await CallBook.HearAsync(db, policies, message, Now());
                if (heard.Ticket is { } ticket)
                {
                    Touch(ticket, Now());
                    told = ticket.Number;
                }

                return heard.Refusal is { } refusal ? refusal : CallView.Of(heard.Call!);
            },
            _ =>
            {
                if (told is { } number)
                {
                    Tell(number);
                }

                changes.Publish(new(CallTopic, 0));
            },
            cancellation);
    }

    /// <summary>The topic under which the change bus speaks of calls that belong to no ticket yet.</summary>
    public const string CallTopic = "call";

    /// <summary>
    /// The customer rang us. The call is logged on one of the account's tickets, or on a new one of that contact, which owes no call back because they were just spoken to.
    /// </summary>
    public async Task<Outcome<TicketOpened>> LogIncomingAsync(IncomingCall input, StaffCaller caller, CancellationToken cancellation = default)
    {
        var notes = MessageText.Tidy(input.Notes);
        if (CheckNotes(notes, input.Duration) is { } invalid)
        {
            return invalid;
        }

        if (input.TicketNumber is { } known)
        {
            var logged = await LogCallAsync(known, input.ToLog(notes), caller, cancellation);
            changes.Publish(new(CallTopic, 0));
            return logged.Refusal is { } refusal ? refusal : new TicketOpened(known, 0, Now());
        }

        var opened = await OpenAsync(
            new()
            {
                Channel = Channel.Phone, Requester = input.Requester, Subject = input.Subject, Body = input.Subject, PhoneNumber = input.Number,
                IncomingCall = input.ToLog(notes), ClientMessageId = $"call-{input.CallId:N}",
            },
            caller, cancellation);
        changes.Publish(new(CallTopic, 0));
        return opened;
    }

    /// <summary>The call that a new ticket began with.</summary>
    private async Task<Outcome<TicketIntake.Result>> LogFirstCallAsync(SupportDb db, TicketIntake.Result made, CallLog call, StaffCaller caller, Terms terms, DateTimeOffset now)
    {
        var ticket = (await TicketStore.LoadAsync(db, made.Opened.Number, caller))!;
        if (await CallBook.LogAsync(db, mails, ticket, terms, call, call.Notes ?? "", caller, now) is { } refusal)
        {
            return refusal;
        }

        Touch(ticket, now);
        return made with { Opened = made.Opened with { View = null } };
    }

    /// <summary>What was said in a call.</summary>
    internal static InternalNote CallNote(Ticket ticket, Guid callId, string notes, StaffCaller caller, DateTimeOffset now) => new()
    {
        TicketNumber = ticket.Number, BehindSequence = ticket.LastSequence, AuthorId = caller.StaffId, AuthorName = caller.Name, Body = notes, WrittenAt = now, ClientMessageId = $"call-{callId:N}",
    };

    private Task<Outcome<TicketState>> ChangeCallbackAsync(
        long number, CustomerCaller caller, Func<SupportDb, TicketFacts, Callback, DateTimeOffset, Task<Outcome<TicketDecision>>> change, CancellationToken cancellation) =>
        WriteAsync(number, caller, null, async (db, ticket, terms, now) =>
        {
            if (await db.Set<Callback>().FindAsync(number) is not { } callback)
            {
                return Refusal.Conflict("no-callback", "No call was asked for with this request.");
            }

            var since = now - LongestCall;
            if (await db.Set<Call>().AnyAsync(call => call.TicketNumber == number && call.EndedAt == null && call.StartedAt > since))
            {
                return Refusal.Conflict("already-calling", "We are ringing you right now.");
            }

            var decided = await change(db, ticket.ToFacts(terms), callback, now);
            if (decided.Refusal is { } refusal)
            {
                return refusal;
            }

            ticket.PhoneNumber = callback.Number;
            await TicketStore.ApplyAsync(db, ticket, decided.Value!, caller, now);
            return null;
        }, cancellation);

    private static Refusal? CheckNotes(string notes, TimeSpan? duration)
    {
        var errors = new List<(string, string)>();
        if (notes.Length > LongestCallNotes)
        {
            errors.Add(("notes", $"Keep the notes to {LongestCallNotes:N0} characters."));
        }

        if (duration < TimeSpan.Zero || duration > TimeSpan.FromDays(1))
        {
            errors.Add(("durationSeconds", "A call takes 0 seconds to a day."));
        }

        return errors.Count > 0 ? Refusal.Invalid([.. errors]) : null;
    }
}
