using PremiumSupport.Desk.Tickets.Snoozing;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets;

/// <summary>
/// What may be done to a ticket and what follows from it: pure functions of facts and now. Each starts by flagging what has passed,
/// so that no outcome depends on when a job last ran.
/// </summary>
public static class TicketRules
{
    /// <summary>Flags what has passed and nothing else; what the sweep does.</summary>
    public static TicketDecision Flag(TicketFacts ticket, DateTimeOffset now) => CatchUp(ticket, now);

    /// <summary>
    /// Staff wrote to the customer, in words or with a file. A message sent by a human answers the first response and the next one (rules 2 and 6); an automated one answers nothing.
    /// A callback is owed a call, so no message answers it.
    /// </summary>
    public static Outcome<TicketDecision> Reply(TicketFacts ticket, bool isAutomated, DateTimeOffset now)
    {
        if (ticket.Status == TicketStatus.Closed)
        {
            return Closed;
        }

        var decision = CatchUp(ticket, now);
        if (isAutomated)
        {
            return decision;
        }

        decision = PromiseRules.Answer(decision, ticket, now, Metric.FirstResponse, Metric.NextResponse);
        return ticket.Status == TicketStatus.New ? Move(decision, ticket, TicketStatus.Open, now) : decision;
    }

    /// <summary>
    /// The customer wrote. What waited for them, or was solved, is open again; first response is never re-armed (rule 7), a next response may be owed (rule 6).
    /// </summary>
    public static Outcome<TicketDecision> CustomerMessage(TicketFacts ticket, DateTimeOffset now)
    {
        var decision = CatchUp(ticket, now);
        switch (ticket.Status)
        {
            case TicketStatus.Closed:
                return Closed;
            case TicketStatus.Solved:
                decision = Reopen(decision, ticket, now);
                break;
            case TicketStatus.Waiting:
                decision = Move(decision, ticket, TicketStatus.Open, now);
                break;
        }

        return PromiseRules.OweNext(decision, ticket, now) with { Snooze = new(null, Why: WakeReason.Customer) };
    }

    /// <summary>
    /// Whether a message changes nothing but the conversation: no promise waits for it, no status moves and nothing is to be flagged by now. It says, of the ticket's own
    /// columns alone, when <see cref="Reply"/> and <see cref="CustomerMessage"/> would decide nothing; false where they might.
    /// </summary>
    public static bool IsQuiet(
        TicketStatus status, DateTimeOffset? nextDueAt, DateTimeOffset? nextFlagAt, bool promisesNext, MessageFrom from, bool isAutomated, DateTimeOffset now, bool isSnoozed = false) =>
        (nextFlagAt is null || nextFlagAt > now)
        && !(isSnoozed && from == MessageFrom.Customer)
        && (!promisesNext || isAutomated)
        && (from, status) switch
        {
            (_, TicketStatus.Closed) => false,
            (MessageFrom.Customer, _) => status is TicketStatus.New or TicketStatus.Open,
            _ => isAutomated || (status != TicketStatus.New && nextDueAt is null),
        };

    /// <summary>A colleague answered after what the author had read; shown before theirs goes out, so that nobody answers twice without knowing.</summary>
    public static Refusal AnsweredMeanwhile(string colleague, string text) => Refusal.Conflict(
        "answered-meanwhile", $"{colleague} answered while you were writing: “{MessageText.Beginning(text, 300)}” Read it; if yours is still needed, send it again.");

    /// <summary>One id for two texts: a program that forgot to mint a new one, whose second text would otherwise vanish without a word.</summary>
    public static Refusal IdReused { get; } = Refusal.Conflict("message-id-reused", "This message id belongs to another text. Mint a new id for each message; nothing was written.");

    /// <summary>Somebody else, or nobody, looks after it from now on. Taking a new ticket opens it; it answers nothing.</summary>
    public static Outcome<TicketDecision> Assign(TicketFacts ticket, Guid? to, string name, DateTimeOffset now)
    {
        if (ticket.Status == TicketStatus.Closed)
        {
            return Closed;
        }

        var decision = CatchUp(ticket, now);
        if (ticket.AssigneeId == to)
        {
            return decision;
        }

        decision = decision with
        {
            Assignee = new(to),
            // Whoever gets it, or everybody, is to see it.
            Snooze = new(null, Why: WakeReason.Given),
            Events = [.. decision.Events, to is null ? new(TicketEventKind.Unassigned) : new(TicketEventKind.Assigned, name)],
        };
        return to is not null && ticket.Status == TicketStatus.New ? Move(decision, ticket, TicketStatus.Open, now) : decision;
    }

    /// <summary>A change of status. None of them moves, pauses or answers a first-response promise (rule 5).</summary>
    public static Outcome<TicketDecision> ChangeStatus(TicketFacts ticket, TicketStatus to, DateTimeOffset now)
    {
        if (to == ticket.Status)
        {
            return CatchUp(ticket, now);
        }

        var allowed = (ticket.Status, to) switch
        {
            (TicketStatus.Closed, _) or (_, TicketStatus.New) => false,
            (_, TicketStatus.Closed) => ticket.Status == TicketStatus.Solved,
            _ => true,
        };
        if (!allowed)
        {
            return Refusal.Conflict("illegal-status", ticket.Status == TicketStatus.Closed
                ? "A closed ticket stays closed. The customer can open a new request that refers to it."
                : $"A ticket cannot go from {Word(ticket.Status)} to {Word(to)}.") with
            {
                Errors = new Dictionary<string, string[]> { ["status"] = [$"Not possible from {Word(ticket.Status)}."] },
            };
        }

        var decision = Move(CatchUp(ticket, now), ticket, to, now);
        return ticket.Status == TicketStatus.Solved && to != TicketStatus.Closed
            ? decision with { Ledger = [.. decision.Ledger, new(LedgerKind.Reopened, now, null, null, new Dictionary<string, string>())] }
            : decision;
    }

    /// <summary>
    /// A specialist decides the claim of business critical. Confirmed, the 30 minutes stay as they are. Declined, which needs a reason, the deadline becomes
    /// creation + the standard promise, unless it was missed or met before (rule 8).
    /// </summary>
    public static Outcome<TicketDecision> DecideClaim(TicketFacts ticket, bool isConfirmed, string? reason, DateTimeOffset now)
    {
        if (ticket.Claim != ClaimState.Pending)
        {
            return Refusal.Conflict("no-pending-claim", ticket.Claim == ClaimState.None
                ? "Nobody claimed that this is business critical."
                : $"The claim was already {Word(ticket.Claim)}.");
        }

        if (ticket.Status == TicketStatus.Closed)
        {
            return Closed;
        }

        if (!isConfirmed && string.IsNullOrWhiteSpace(reason))
        {
            return Refusal.Invalid(("reason", "Say why the claim is declined; the customer reads it."));
        }

        if (reason?.Length > TicketLimits.Reason)
        {
            return Refusal.Invalid(("reason", $"Keep the reason to {TicketLimits.Reason:N0} characters."));
        }

        var decision = CatchUp(ticket, now);
        var state = isConfirmed ? ClaimState.Confirmed : ClaimState.Declined;
        var data = new Dictionary<string, string> { ["reason"] = reason?.Trim() ?? "" };
        var decided = decision with
        {
            Claim = state,
            ClaimReason = string.IsNullOrWhiteSpace(reason) ? null : reason.Trim(),
            Severity = isConfirmed ? Severity.BusinessCritical : Severity.Standard,
            Events = [.. decision.Events, new(isConfirmed ? TicketEventKind.ClaimConfirmed : TicketEventKind.ClaimDeclined, reason?.Trim() ?? "")],
            Ledger = [.. decision.Ledger, new(isConfirmed ? LedgerKind.Confirmed : LedgerKind.Declined, now, null, null, data)],
        };
        return PromiseRules.Reconsider(decided, ticket, state, now);
    }

    /// <summary>
    /// A specialist sets the severity. Raised, the deadline becomes min(old, now + the critical promise); lowered, it stays, because no change but a decline
    /// moves a deadline later (rule 8). Needs a reason.
    /// </summary>
    public static Outcome<TicketDecision> ChangeSeverity(TicketFacts ticket, Severity to, string? reason, DateTimeOffset now)
    {
        if (ticket.Claim == ClaimState.Pending)
        {
            return Refusal.Conflict("claim-pending", "The customer's claim is waiting for a decision; confirm or decline it.");
        }

        if (ticket.Status == TicketStatus.Closed)
        {
            return Closed;
        }

        if (string.IsNullOrWhiteSpace(reason))
        {
            return Refusal.Invalid(("reason", "Say why the severity changes."));
        }

        if (reason.Length > TicketLimits.Reason)
        {
            return Refusal.Invalid(("reason", $"Keep the reason to {TicketLimits.Reason:N0} characters."));
        }

        var decision = CatchUp(ticket, now);
        if (to == ticket.Severity)
        {
            return decision;
        }

        decision = decision with { Severity = to, Events = [.. decision.Events, new(TicketEventKind.SeverityChanged, $"{Word(to)}: {reason.Trim()}", Word(ticket.Severity))] };
        return to == Severity.BusinessCritical ? PromiseRules.Raise(decision, ticket, now) : decision;
    }

    internal static Refusal Closed { get; } = Refusal.Conflict("closed", "This ticket is closed. A new request can refer to it.");

    internal static TicketDecision CatchUp(TicketFacts ticket, DateTimeOffset now) => PromiseRules.CatchUp(ticket, now);

    /// <summary>A change of status, with what waiting does to the promises that it stops.</summary>
    internal static TicketDecision Move(TicketDecision decision, TicketFacts ticket, TicketStatus to, DateTimeOffset now)
    {
        decision = to == TicketStatus.Waiting ? PromiseRules.Pause(decision, now)
            : ticket.Status == TicketStatus.Waiting ? PromiseRules.Resume(decision, ticket, now)
            : decision;
        return decision with { Status = to, Events = [.. decision.Events, new(TicketEventKind.StatusChanged, Word(to), Word(ticket.Status))] };
    }

    /// <summary>A solved ticket is open again at its customer's wish, and the ledger knows it.</summary>
    internal static TicketDecision Reopen(TicketDecision decision, TicketFacts ticket, DateTimeOffset now)
    {
        decision = Move(decision, ticket, TicketStatus.Open, now);
        return decision with
        {
            Events = [.. decision.Events, new(TicketEventKind.Reopened)],
            Ledger = [.. decision.Ledger, new(LedgerKind.Reopened, now, null, null, new Dictionary<string, string>())],
        };
    }

    /// <summary>The API's word of a member.</summary>
    internal static string Word(Enum member) => LedgerFacts.Word(member);

    /// <summary>A ticket's number as an event's detail.</summary>
    internal static string Number(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
