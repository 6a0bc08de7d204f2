using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Notifications;
using PremiumSupport.Desk.Notifications.HeadsUps;
using PremiumSupport.Desk.Tickets.Calls;
using PremiumSupport.Desk.Tickets.Snoozing;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Ledger;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets;

/// <summary>Loads a ticket as facts and stores a decision about it, all inside the write queue's transaction.</summary>
internal static class TicketStore
{
    /// <summary>The ticket if the caller may see it, else null: a stranger's and a missing one look the same (trust rule 1).</summary>
    public static async Task<Ticket?> LoadAsync(SupportDb db, long number, Caller caller)
    {
        var query = db.Set<Ticket>().Include(ticket => ticket.Obligations).Include(ticket => ticket.Account).Include(ticket => ticket.Requester).Where(ticket => ticket.Number == number);
        if (caller is CustomerCaller customer)
        {
            query = query.Where(ticket => ticket.RequesterId == customer.ContactId);
        }

        return await query.SingleOrDefaultAsync();
    }

    /// <summary>The ticket as the rules see it. Needs account and requester loaded.</summary>
    /// <param name="ticket">The row.</param>
    /// <param name="terms">The policies, and the exceptions in force.</param>
    public static TicketFacts ToFacts(this Ticket ticket, Terms terms) => new(
        ticket.Status, ticket.Severity, ticket.Claim, ticket.AssigneeId, ticket.ToRequest(), [.. ticket.InOrder().Select(obligation => obligation.ToFacts())])
    {
        Number = ticket.Number,
        PolicyVersion = ticket.PolicyVersion,
        PolicyOf = terms.PolicyOf,
        Exceptions = terms.Exceptions,
        PromisesNext = ticket.PromisesNext,
    };

    /// <summary>Its obligations as they were made; those not saved yet have no id and are the youngest.</summary>
    private static IEnumerable<Obligation> InOrder(this Ticket ticket) => ticket.Obligations.OrderBy(obligation => obligation.Id == 0 ? long.MaxValue : obligation.Id);

    /// <summary>What it was promised on: the inputs of then, not of now (rule 10).</summary>
    public static PromiseRequest ToRequest(this Ticket ticket) => new()
    {
        AccountName = ticket.Account!.Name,
        AccountKey = ticket.Account.Key,
        EntitledUntil = ticket.EntitledUntil,
        RequesterName = ticket.Requester!.Name,
        Role = ticket.RequesterRole,
        Plan = ticket.Plan,
        Hubs = ticket.Hubs,
        Channel = ticket.Channel,
        Claim = ticket.Claim,
        Criterion = ticket.Criterion,
        StartedAt = ticket.CreatedAt,
    };

    /// <summary>Stores what was decided: columns, timeline, flags and ledger. A decision that changes nothing leaves the version as it is.</summary>
    public static async Task ApplyAsync(SupportDb db, Ticket ticket, TicketDecision decision, Caller caller, DateTimeOffset now)
    {
        ticket.Status = decision.Status ?? ticket.Status;
        ticket.Severity = decision.Severity ?? ticket.Severity;
        ticket.Claim = decision.Claim ?? ticket.Claim;
        ticket.ClaimReason = decision.ClaimReason ?? ticket.ClaimReason;
        ticket.PolicyVersion = decision.PolicyVersion ?? ticket.PolicyVersion;
        ticket.MergedInto = decision.MergedInto ?? ticket.MergedInto;
        if (decision.Assignee is { } assignee)
        {
            (ticket.AssigneeId, ticket.HeldSince) = (assignee.To, now);
        }

        var rows = ticket.InOrder().ToList();
        (Metric Metric, int Cycle)[] owed = [.. rows.Where(row => row is { AnsweredAt: null, MergedAt: null }).Select(row => (row.Metric, row.Cycle))];
        foreach (var (row, facts) in rows.Zip(decision.Obligations))
        {
            row.Take(facts);
        }

        ticket.Obligations.AddRange(decision.Obligations.Skip(rows.Count).Select(facts => new Obligation { TicketNumber = ticket.Number }.Take(facts)));
        await SnoozeAsync(db, ticket, decision, caller, now);
        Schedule(ticket, decision.Obligations);
        Record(db, ticket, decision.Events, caller, now);
        db.AddRange(decision.Ledger.Select(fact => FlagMark.Of(ticket.Number, fact, now)).OfType<FlagMark>());
        await LedgerBook.AppendAsync(db, ticket.AccountId, ticket.Account!.Key, ticket.Number, decision.Ledger);
        await NotifyAsync(db, ticket, decision, owed, caller, now);
    }

    /// <summary>Tells people of what was flagged and is still owed, passes on what they know when the ticket changes hands, and settles what is owed no longer.</summary>
    private static async Task NotifyAsync(SupportDb db, Ticket ticket, TicketDecision decision, (Metric Metric, int Cycle)[] owed, Caller caller, DateTimeOffset now)
    {
        var open = decision.Obligations.Where(obligation => obligation.IsOpen).ToDictionary(obligation => (obligation.Metric, obligation.Cycle));
        FlagNotice[] flags = [.. decision.Ledger.Select(fact => FlagMark.Of(ticket.Number, fact, now)).OfType<FlagMark>()
            .Where(flag => open.ContainsKey((flag.Metric, flag.Cycle)))
            .Select(flag => Notice(flag, open[(flag.Metric, flag.Cycle)]))];
        await NotificationWriter.AddAsync(db, ticket.Number, ticket.AssigneeId, flags, now);
        if (decision.Assignee is { } assignee)
        {
            await NotificationWriter.HandOverAsync(db, ticket.Number, assignee.To, caller.Id, now);
        }

        if (decision.Assignee is not null || decision.Status is TicketStatus.Solved or TicketStatus.Closed)
        {
            await HeadsUpWriter.SettleAsync(db, ticket.Number, now);
        }

        if (decision.Assignee is { To: { } given })
        {
            HeadsUpWriter.Add(db, HeadsUpKind.Assigned, ticket.Number, [given], (caller.Id, caller.Name), "", ticket.NextDueAt, now);
        }

        await NotificationWriter.SettleAsync(db, ticket.Number, [.. owed.Where(promise => !open.ContainsKey(promise))], now);
    }

    private static FlagNotice Notice(FlagMark flag, ObligationFacts owed) => new(flag.Metric, flag.Cycle, flag.Step, flag.At, owed.AtRiskAt, owed.DueAt)
    {
        Hours = owed.Commitment == Commitment.Target && owed.Calendar != BusinessCalendar.AlwaysOpenKey ? owed.Calendar : null,
    };

    /// <summary>Keeps the columns that queue and sweep sort by.</summary>
    public static void Schedule(Ticket ticket, IReadOnlyList<ObligationFacts> obligations)
    {
        ticket.NextDueAt = obligations.Where(obligation => obligation is { IsOpen: true, PausedAt: null }).Min(obligation => (DateTimeOffset?)obligation.DueAt);
        ticket.NextFlagAt = obligations.Select(obligation => obligation.NextFlagAt).Append(ticket.SnoozedUntil).Min();
    }

    /// <summary>Puts it away, brings it back, or has it back earlier: whatever happened to its promises and to the call that its customer waits for, none of it is hidden.</summary>
    private static async Task SnoozeAsync(SupportDb db, Ticket ticket, TicketDecision decision, Caller caller, DateTimeOffset now)
    {
        if (decision.Snooze is { Until: { } until } put)
        {
            (ticket.SnoozedUntil, ticket.IsSnoozedForAnswer) = (until, put.IsForAnswer);
        }
        else if (ticket.SnoozedUntil is { } away)
        {
            var isOpen = ticket.Status is not (TicketStatus.Solved or TicketStatus.Closed);
            (ticket.SnoozedUntil, var why) = decision.Snooze is { } brought ? (null, brought.Why) : isOpen
                ? SnoozeRules.Kept(away, decision.Obligations, (await db.Set<Callback>().FindAsync(ticket.Number))?.NextCallAt, now)
                : (null, default);
            ticket.IsSnoozedForAnswer &= ticket.SnoozedUntil is not null;
            if (ticket.SnoozedUntil is null && isOpen)
            {
                Record(db, ticket, [new(TicketEventKind.Woken, TicketRules.Word(why))], why is WakeReason.Time or WakeReason.Promise or WakeReason.Call ? Caller.System : caller, now);
            }
        }
    }

    /// <summary>Writes the timeline. What the clock did is nobody's deed.</summary>
    public static void Record(SupportDb db, Ticket ticket, IEnumerable<EventDraft> events, Caller caller, DateTimeOffset now)
    {
        foreach (var draft in events)
        {
            var byClock = draft.Kind is TicketEventKind.Warned or TicketEventKind.Breached or TicketEventKind.Paused;
            db.Add(new TicketEvent
            {
                TicketNumber = ticket.Number,
                Kind = draft.Kind,
                At = now,
                ActorId = byClock ? null : caller.Id,
                ActorName = byClock ? Caller.System.Name : caller.Name,
                Detail = draft.Detail,
                Before = draft.Before,
            });
        }
    }
}
