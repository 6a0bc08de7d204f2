using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Entitlements;
using PremiumSupport.Desk.Tickets.Mail;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets.Calls;

/// <summary>The rows of calls, and what they do to their ticket: the inside of <see cref="TicketCommands"/>, all in the write queue's transaction.</summary>
internal static class CallBook
{
    /// <summary>How long messages of the telephone system are remembered: a day, where five minutes would do.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    /// <summary>What became of a message of the telephone system.</summary>
    public readonly record struct Heard(Call? Call, Ticket? Ticket, Refusal? Refusal);

    /// <summary>Writes a whole call down; null when it is done, or was done before.</summary>
    public static async Task<Refusal?> LogAsync(SupportDb db, TicketMails mails, Ticket ticket, Terms terms, CallLog log, string notes, StaffCaller caller, DateTimeOffset now)
    {
        if (ticket.Status == TicketStatus.Closed)
        {
            return TicketRules.Closed;
        }

        var call = await db.Set<Call>().FindAsync(log.Id);
        if (call is { TicketNumber: { } other })
        {
            return other == ticket.Number ? null : TicketRules.IdReused;
        }

        var callback = await db.Set<Callback>().FindAsync(ticket.Number);
        if (call is null)
        {
            call = new() { Id = log.Id, Direction = log.Direction, Source = log.Source, Number = log.Number ?? callback?.Number ?? ticket.PhoneNumber ?? "", StartedAt = now - (log.Duration ?? TimeSpan.Zero) };
            db.Add(call);
        }

        (call.TicketNumber, call.StaffId, call.StaffName) = (ticket.Number, caller.StaffId, caller.Name);
        AddNote(db, ticket, call, notes, caller, now);
        if (call.Direction == CallDirection.Outgoing)
        {
            // What counts is when we learned of it, so that nobody can say afterwards that it was earlier.
            call.CountedAt = now;
            await TicketStore.ApplyAsync(db, ticket, CallRules.Begin(ticket.ToFacts(terms), now).Value!, caller, now);
        }

        await EndAsync(db, mails, ticket, terms, call, log.Outcome, isGuess: false, caller, now);
        return null;
    }

    /// <summary>A call is over. A customer whose number turned out to be somebody else's is asked for another by mail, once a person has said so: what the telephone system guesses asks nobody.</summary>
    public static async Task EndAsync(SupportDb db, TicketMails mails, Ticket ticket, Terms terms, Call call, CallOutcome outcome, bool isGuess, Caller caller, DateTimeOffset now)
    {
        var before = call.Outcome;
        call.EndedAt ??= now;
        (call.Outcome, call.IsOutcomeGuessed) = (outcome, isGuess);
        if (call.AnsweredAt is null && outcome == CallOutcome.Reached)
        {
            call.AnsweredAt = call.StartedAt;
        }

        var spoken = call.EndedAt.Value - (call.AnsweredAt ?? call.StartedAt);
        if (await db.Set<Callback>().FindAsync(ticket.Number) is { } callback && (call.Direction == CallDirection.Outgoing || outcome == CallOutcome.Reached))
        {
            if (before is not null && callback.State != CallbackState.Cancelled)
            {
                // A guess was counted already; what was said better takes its place.
                (callback.State, callback.Attempts) = (CallbackState.Due, Math.Max(0, callback.Attempts - (before is CallOutcome.Reached or CallOutcome.WrongNumber ? 0 : 1)));
            }

            callback.Take(await PhoneRuleCommands.ReadAsync(db), outcome, ticket.Requester!.Zone ?? ticket.Account!.Zone, now);
            if (!isGuess && outcome == CallOutcome.WrongNumber)
            {
                await mails.WrongNumberAsync(db, ticket.Number, now);
            }
        }

        // After the next try is known, so that a ticket that was put away is back for it.
        await TicketStore.ApplyAsync(db, ticket, CallRules.End(ticket.ToFacts(terms), outcome, call.Direction, spoken, now), caller, now);
    }

    /// <summary>A call was begun and never made.</summary>
    public static async Task TakeBackAsync(SupportDb db, Ticket ticket, Terms terms, Call call, Caller caller, DateTimeOffset now)
    {
        var others = await db.Set<Call>()
            .Where(other => other.TicketNumber == ticket.Number && other.Id != call.Id && other.Direction == CallDirection.Outgoing && other.CountedAt != null)
            .Select(other => other.CountedAt!.Value).ToListAsync();
        await TicketStore.ApplyAsync(db, ticket, CallRules.TakeBack(ticket.ToFacts(terms), call.CountedAt, others, now), caller, now);
        (call.CountedAt, call.EndedAt) = (null, now);
    }

    /// <summary>A merged ticket's customer is rung for the ticket that carries it on, unless a call is meant to be made there already. Answers the number.</summary>
    public static async Task<string?> CarryAsync(SupportDb db, long from, long into)
    {
        if (await db.Set<Callback>().FindAsync(from) is not { NextCallAt: { } next } callback)
        {
            return null;
        }

        var there = await db.Set<Callback>().FindAsync(into);
        if (there is null)
        {
            there = new() { TicketNumber = into, Number = callback.Number };
            db.Add(there);
        }

        if (there.NextCallAt is null)
        {
            (there.Number, there.State, there.WindowFrom, there.WindowTo, there.Zone, there.Attempts, there.NextCallAt) =
                (callback.Number, callback.State, callback.WindowFrom, callback.WindowTo, callback.Zone, callback.Attempts, next);
        }

        callback.Settle(CallbackState.Cancelled);
        return there.Number;
    }

    /// <summary>Keeps what was said as a note of the ticket.</summary>
    public static void AddNote(SupportDb db, Ticket ticket, Call call, string notes, StaffCaller caller, DateTimeOffset now)
    {
        if (notes.Length > 0)
        {
            db.Add(TicketCommands.CallNote(ticket, call.Id, notes, caller, now));
        }
    }

    /// <summary>Takes a message of the telephone system, once.</summary>
    public static async Task<Heard> HearAsync(SupportDb db, Policies policies, CallMessage message, DateTimeOffset now)
    {
        var call = await db.Set<Call>().FindAsync(message.CallId);
        if (await db.Set<TelephonyEvent>().AnyAsync(known => known.Id == message.Id))
        {
            return call is null ? new(null, null, Refusal.Conflict("repeated", "This message was taken before.")) : new(call, null, null);
        }

        if (call is null && message.Direction == CallDirection.Outgoing)
        {
            return new(null, null, new(RefusalKind.NotFound, "unknown-call", "We know of no outgoing call with this id. Calls that specialists dial by themselves are logged at the console."));
        }

        var forgotten = now - Remembered;
        await db.Set<TelephonyEvent>().Where(known => known.ReceivedAt < forgotten).ExecuteDeleteAsync();
        db.Add(new TelephonyEvent { Id = message.Id, ReceivedAt = now });
        if (call is null)
        {
            call = new() { Id = message.CallId, Direction = CallDirection.Incoming, Source = CallSource.Pbx, Number = message.Number, StartedAt = now };
            db.Add(call);
        }

        var agent = message.Agent?.Trim().ToUpperInvariant();
        if (agent is not null && call.StaffId is null && await db.Users.Where(user => user.NormalizedEmail == agent).Select(user => new { user.Id, user.DisplayName }).SingleOrDefaultAsync() is { } staff)
        {
            (call.StaffId, call.StaffName) = (staff.Id, staff.DisplayName);
        }

        // Whom the timeline names: the specialist whose call it is, where that is known.
        Caller who = call.StaffId is { } id ? new StaffCaller(id, call.StaffName, "") : Caller.System;
        var ticket = call.TicketNumber is { } number ? await TicketStore.LoadAsync(db, number, Caller.System) : null;
        await ApplyAsync(db, policies, call, ticket, message, who, now);
        return new(call, ticket, null);
    }

    private static async Task ApplyAsync(SupportDb db, Policies policies, Call call, Ticket? ticket, CallMessage message, Caller who, DateTimeOffset now)
    {
        // Messages may come late or out of order; a call that is over stays over.
        if (call.EndedAt is not null)
        {
            return;
        }

        if (message.Sign == CallSign.Answered)
        {
            call.AnsweredAt ??= now;
        }

        var terms = ticket is null ? null : await Terms.ReadAsync(db, policies, now);
        if (call.Direction == CallDirection.Outgoing && call.CountedAt is null && ticket is { Status: not TicketStatus.Closed })
        {
            // The system says that it dials: this is the attempt.
            call.CountedAt = now;
            await TicketStore.ApplyAsync(db, ticket, CallRules.Begin(ticket.ToFacts(terms!), now).Value!, who, now);
        }

        if (message.Sign != CallSign.Ended)
        {
            return;
        }

        var outcome = message.Outcome ?? (call.AnsweredAt is null ? CallOutcome.NoAnswer : CallOutcome.Reached);
        if (ticket is null)
        {
            (call.EndedAt, call.Outcome, call.IsOutcomeGuessed) = (now, outcome, true);
        }
        else
        {
            await EndAsync(db, TicketMails.None, ticket, terms!, call, outcome, isGuess: true, who, now);
        }
    }
}
