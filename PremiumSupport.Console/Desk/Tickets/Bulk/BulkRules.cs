using PremiumSupport.Desk.Tickets.Tags;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets.Bulk;

/// <summary>What may be done to many tickets at once and how it is taken back: pure functions of facts and now.</summary>
public static class BulkRules
{
    /// <summary>Why a command is refused as a whole; null when it may be tried.</summary>
    public static Refusal? Check(BulkChange change, int count) =>
        count > BulkChange.Most ? Refusal.Invalid(("tickets", $"Up to {BulkChange.Most} tickets can be changed at once; {count} are selected."))
        : new[] { change.Assignee is not null, change.Status is not null, change.Tag is not null }.Count(isSet => isSet) != 1 ? Refusal.Invalid(("change", "Say one thing that is to change."))
        : change.Tag is { } tag && TagRules.Tidy(tag).Length is 0 or > TagRules.Longest ? Refusal.Invalid(("tag", $"A tag has 1 to {TagRules.Longest} characters."))
        : null;

    /// <summary>What somebody else did since the person looked, where it concerns what they want to change; null when nothing did.</summary>
    public static Refusal? CheckSeen(TicketFacts ticket, BulkSeen seen, BulkChange change) =>
        change.Assignee is not null && ticket.AssigneeId != seen.AssigneeId ? Meanwhile("It changed hands while you selected it.")
        : change.Status is not null && ticket.Status != seen.Status ? Meanwhile($"It is {TicketRules.Word(ticket.Status)} by now.")
        : null;

    /// <summary>The change to one ticket, by the rules of the single verbs.</summary>
    public static Outcome<TicketDecision> Decide(TicketFacts ticket, BulkChange change, string assigneeName, DateTimeOffset now) => change switch
    {
        { Assignee: { } to } => TicketRules.Assign(ticket, to.To, assigneeName, now),
        { Status: { } status } => TicketRules.ChangeStatus(ticket, status, now),
        _ when ticket.Status == TicketStatus.Closed => TicketRules.Closed,
        _ => TicketRules.CatchUp(ticket, now),
    };

    /// <summary>Whether a command's deed can be taken back: what it changed has to be as it left it. What else happened meanwhile stays.</summary>
    public static Refusal? CheckUntouched(BulkStep step, BulkState now) =>
        step.After.Status != step.Before.Status && now.Status != step.After.Status ? Meanwhile($"It is {TicketRules.Word(now.Status)} by now; that stays.")
        : step.After.AssigneeId != step.Before.AssigneeId && now.AssigneeId != step.After.AssigneeId ? Meanwhile("Somebody else has it by now; that stays.")
        : !step.After.Tags.SequenceEqual(step.Before.Tags) && !now.Tags.SequenceEqual(step.After.Tags) ? Meanwhile("Its tags were changed since; they stay.")
        : null;

    /// <summary>
    /// Puts a status back. Nothing that was recorded is unsaid: a solve that is taken back was a solve, so the ledger says <c>reopened</c> and the timeline both, and a clock that ran or stood
    /// meanwhile did so. No promise is made, answered or moved by it otherwise (rules 5 and 7).
    /// </summary>
    public static TicketDecision PutBack(TicketFacts ticket, TicketStatus status, DateTimeOffset now)
    {
        var decision = TicketRules.Move(TicketRules.CatchUp(ticket, now), ticket, status, now);
        return ticket.Status == TicketStatus.Solved
            ? decision with { Ledger = [.. decision.Ledger, new(LedgerKind.Reopened, now, null, null, new Dictionary<string, string>())] }
            : decision;
    }

    /// <summary>The tags with one more; null when it is among them, a refusal when no more fit.</summary>
    public static Outcome<IReadOnlyList<string>?> AddTag(IReadOnlyList<string> tags, string tag)
    {
        var tidied = TagRules.Tidy(tag);
        return tags.Contains(tidied) ? new Outcome<IReadOnlyList<string>?>(null, null)
            : tags.Count >= TagRules.Most ? Refusal.Conflict("too-many-tags", $"It has {TagRules.Most} tags already.")
            : new Outcome<IReadOnlyList<string>?>([.. tags, tidied], null);
    }

    private static Refusal Meanwhile(string what) => Refusal.Conflict("changed-meanwhile", what);
}
