using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets;

/// <summary>What becomes of promises when a ticket goes on as another, or for another requester: nothing that is owed may get lost or count twice (rule 9).</summary>
public static class MergeRules
{
    /// <summary>
    /// One ticket goes on in another of the same account. Everything that it owes is owed there from then on, with its own start and deadline; here it closes as
    /// merged, which is neither met nor breached. The graver severity wins, and a claim that waits for a decision waits there.
    /// </summary>
    public static Outcome<(TicketDecision From, TicketDecision Into)> Merge(TicketFacts from, TicketFacts into, DateTimeOffset now)
    {
        if (from.Number == into.Number)
        {
            return Refusal.Invalid(("into", "A ticket cannot be merged into itself."));
        }

        if (from.Request.AccountKey != into.Request.AccountKey)
        {
            return Refusal.Invalid(("into", $"Ticket {into.Number} belongs to another account; only tickets of one account can be merged."));
        }

        if (from.Status == TicketStatus.Closed)
        {
            return Refusal.Conflict("closed", "This ticket is closed and owes nothing that another could carry on.");
        }

        if (into.Status == TicketStatus.Closed)
        {
            return Refusal.Conflict("closed", $"Ticket {into.Number} is closed; merge into one that is open.");
        }

        var (here, there) = PromiseRules.Carry(PromiseRules.CatchUp(from, now), PromiseRules.CatchUp(into, now), from, from.Number, into.Number, now);
        // A wait that is over here goes on there, or the other way round, as the ticket that carries it on says.
        there = into.Status == TicketStatus.Waiting ? PromiseRules.Pause(there, now) : PromiseRules.Resume(there, into, now);
        here = here with
        {
            Status = TicketStatus.Closed,
            MergedInto = into.Number,
            Events = [.. here.Events, new(TicketEventKind.Merged, TicketRules.Number(into.Number))],
        };
        var isClaimCarried = from.Claim == ClaimState.Pending && into.Claim == ClaimState.None;
        there = there with
        {
            // Whoever decides the claim there decides one that was never made there: the ledger says where it comes from.
            Ledger = isClaimCarried ? [.. there.Ledger, Claimed(from, now)] : there.Ledger,
            Severity = from.Severity == Severity.BusinessCritical ? Severity.BusinessCritical : null,
            Claim = isClaimCarried ? ClaimState.Pending : null,
            // A promise that comes along brings a ticket that was put away back in time; words that nothing is owed for would wait there unseen.
            Snooze = there.Obligations.Any(obligation => obligation.IsOpen) ? there.Snooze : new Snoozing.SnoozeChange(null, Why: Snoozing.WakeReason.Customer),
            Status = into.Status == TicketStatus.Solved && there.Obligations.Any(obligation => obligation.IsOpen) ? TicketStatus.Open : null,
            Events = [.. there.Events, new(TicketEventKind.TookIn, TicketRules.Number(from.Number))],
        };
        return (here, there);
    }

    /// <summary>
    /// Part of a conversation goes on as a ticket of its own. Splitting buys no time: while the first response is owed, the new ticket is promised the same, from the
    /// same start, under the same policy version; afterwards it is promised from now on, as a request that staff files.
    /// </summary>
    /// <param name="ticket">The ticket that is split.</param>
    /// <param name="request">The new ticket's request; it starts now.</param>
    /// <param name="current">The policy version of new tickets.</param>
    /// <param name="now">When.</param>
    public static (SlaPolicy Policy, IReadOnlyList<ObligationClock.Outcome> Promised) Split(TicketFacts ticket, PromiseRequest request, SlaPolicy current, DateTimeOffset now)
    {
        var owed = ticket.Obligations.FirstOrDefault(obligation => obligation is { IsOpen: true, BreachedAt: null, Metric: Metric.FirstResponse } && obligation.DueAt >= now);
        var policy = owed is null ? current : ticket.PolicyOf(owed.PolicyVersion);
        var severity = owed?.Severity ?? ticket.Severity;
        request = request with { StartedAt = owed?.StartedAt ?? now };
        ClockStop[] exceptions = [.. (owed?.Stops ?? []).Where(stop => stop.Kind == StopKind.Exception).Concat(ticket.ExceptionsFor(request)).DistinctBy(stop => stop.Reference)];
        return (policy,
        [
            .. PromiseClock.RulesFor(policy, request, severity)
                .Where(rule => rule.Metric != Metric.NextResponse)
                .Select(rule =>
                {
                    var (begun, facts) = ObligationClock.Begin(PromiseClock.Promise(policy, rule, request, severity), request, policy, exceptions);
                    var (caughtUp, flags) = ObligationClock.CatchUp(begun, now);
                    return new ObligationClock.Outcome(caughtUp, [.. facts, .. flags]);
                }),
        ]);
    }

    /// <summary>
    /// Somebody else of the same account asks from now on. The promises stand as they were made, on the role and the plan of then (rule 10).
    /// </summary>
    public static Outcome<TicketDecision> ChangeRequester(TicketFacts ticket, string name, string before, DateTimeOffset now)
    {
        if (ticket.Status == TicketStatus.Closed)
        {
            return Refusal.Conflict("closed", "This ticket is closed. A new request can refer to it.");
        }

        var decision = PromiseRules.CatchUp(ticket, now);
        return decision with { Events = [.. decision.Events, new(TicketEventKind.RequesterChanged, name, before)] };
    }

    /// <summary>
    /// The ticket belongs to another account from now on. What is owed goes on unchanged, on the other account's chain: the first decision ends it on the old one,
    /// the second begins it on the new one, both of the same ticket.
    /// </summary>
    public static Outcome<(TicketDecision From, TicketDecision Into)> ChangeAccount(TicketFacts ticket, string name, string before, DateTimeOffset now)
    {
        var changed = ChangeRequester(ticket, name, before, now);
        if (changed.Refusal is { } refusal)
        {
            return refusal;
        }

        var (here, there) = PromiseRules.Carry(changed.Value!, changed.Value! with { Events = [], Ledger = [] }, ticket, ticket.Number, ticket.Number, now);
        return (here, there with { Obligations = [.. here.Obligations, .. there.Obligations.Skip(here.Obligations.Count)] });
    }

    /// <summary>
    /// A response never arrived. When it was the only one, what it answered is owed again (rule 2) and the ticket is open again; another human answer since the
    /// promise began stands in for it.
    /// </summary>
    /// <param name="ticket">The ticket.</param>
    /// <param name="sentAt">When the response was sent.</param>
    /// <param name="otherAnswers">When other human responses that did not bounce were sent.</param>
    /// <param name="reason">What the mail system said, in short.</param>
    /// <param name="now">When the bounce came.</param>
    public static TicketDecision Bounce(TicketFacts ticket, DateTimeOffset sentAt, IReadOnlyList<DateTimeOffset> otherAnswers, string reason, DateTimeOffset now)
    {
        var decision = PromiseRules.Each(PromiseRules.CatchUp(ticket, now), obligation =>
            obligation is { Metric: not Metric.Callback, MergedAt: null } && obligation.AnsweredAt == sentAt && !otherAnswers.Any(other => other >= obligation.StartedAt)
                ? ObligationClock.Bounce(obligation, reason, now, ticket.ExceptionsFor(obligation), ticket.PolicyOf(obligation.PolicyVersion))
                : new(obligation, []));
        var reopens = ticket.Status is TicketStatus.Waiting or TicketStatus.Solved && decision.Obligations.Any(obligation => obligation.IsOpen);
        if (reopens && ticket.Status == TicketStatus.Waiting)
        {
            decision = PromiseRules.Resume(decision, ticket, now);
        }

        return decision with
        {
            Status = reopens ? TicketStatus.Open : null,
            Events = [.. decision.Events, new(TicketEventKind.Bounced, reason)],
        };
    }

    private static LedgerFact Claimed(TicketFacts from, DateTimeOffset now) => new(LedgerKind.Claimed, now, null, null, new Dictionary<string, string>
    {
        ["criterion"] = from.Request.Criterion is { } criterion ? LedgerFacts.Word(criterion) : "",
        ["carriedFrom"] = TicketRules.Number(from.Number),
    });
}
