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

    /// <summary>What was said in a call.</summary>
    internal static InternalNote CallNote(Ticket ticket, Guid callId, string notes, StaffCaller caller, DateTimeOffset now) => new()
    {
        TicketNumber = ticket.Number, BehindSequence = ticket.LastSequence, AuthorId = caller.StaffId, AuthorName = caller.Name, Body = notes, WrittenAt = now, ClientMessageId = $"call-{callId:N}",
    };

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
