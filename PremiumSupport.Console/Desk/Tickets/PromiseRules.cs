using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets;

/// <summary>
/// What befalls all promises of a ticket at once. Pure: each step takes a decision and gives one with changed obligations, and with the facts and timeline entries
/// that follow. <see cref="TicketRules"/> composes them into verbs.
/// </summary>
internal static class PromiseRules
{
    /// <summary>The beginning of every decision: what has passed is flagged, so that no outcome depends on when a job last ran.</summary>
    public static TicketDecision CatchUp(TicketFacts ticket, DateTimeOffset now) =>
        Each(new() { Obligations = ticket.Obligations }, obligation => ObligationClock.CatchUp(obligation, now));

    /// <summary>Everything open that a metric of those measures is answered. What stood still goes on first, so that it is judged by the deadline it really has.</summary>
    public static TicketDecision Answer(TicketDecision decision, TicketFacts ticket, DateTimeOffset now, params ReadOnlySpan<Metric> metrics)
    {
        foreach (var metric in metrics)
        {
            decision = Each(decision, obligation =>
            {
                if (obligation.Metric != metric || !obligation.IsOpen)
                {
                    return new(obligation, []);
                }

                var (running, resumed) = obligation.PausedAt is null ? new(obligation, []) : ResumeOne(obligation, ticket, now);
                var (answered, facts) = ObligationClock.Answer(running, now);
                return new(answered, [.. resumed, .. facts]);
            });
        }

        return decision;
    }

    /// <summary>The ticket waits for its customer: next responses stand still, nothing else does (rules 5 and 6).</summary>
    public static TicketDecision Pause(TicketDecision decision, DateTimeOffset now) => Each(decision, obligation => ObligationClock.Pause(obligation, now));

    /// <summary>It waits no longer.</summary>
    public static TicketDecision Resume(TicketDecision decision, TicketFacts ticket, DateTimeOffset now) =>
        Each(decision, obligation => obligation.PausedAt is null ? new(obligation, []) : ResumeOne(obligation, ticket, now));

    /// <summary>
    /// The customer wrote: a next response is owed from now on, unless a first or a next one is owed already, which starts at the older message (rule 6). Only where the
    /// ticket's policy version promises it.
    /// </summary>
    public static TicketDecision OweNext(TicketDecision decision, TicketFacts ticket, DateTimeOffset now)
    {
        if (!ticket.PromisesNext || decision.Obligations.Any(obligation => obligation is { IsOpen: true, Metric: Metric.FirstResponse or Metric.NextResponse }))
        {
            return decision;
        }

        var policy = ticket.PolicyOf(ticket.PolicyVersion);
        if (PromiseClock.RulesFor(policy, ticket.Request, ticket.Severity).FirstOrDefault(rule => rule.Metric == Metric.NextResponse) is not { } rule)
        {
            return decision;
        }

        var request = ticket.Request with { StartedAt = now };
        var promised = PromiseClock.Promise(policy, rule, request, ticket.Severity) with { Cycle = NextCycle(decision.Obligations, Metric.NextResponse) };
        var (owed, facts) = ObligationClock.Begin(promised, request, policy, ticket.ExceptionsFor(request));
        return decision with { Obligations = [.. decision.Obligations, owed], Ledger = [.. decision.Ledger, .. facts] };
    }

    /// <summary>After a decision on the claim: a decline moves the deadline (rule 8); a confirmation only changes what the explanation says.</summary>
    public static TicketDecision Reconsider(TicketDecision decision, TicketFacts ticket, ClaimState claim, DateTimeOffset now)
    {
        var severity = (ticket.Request with { Claim = claim }).Severity;
        return EachOwed(decision, ticket, severity, (obligation, policy, rule) =>
        {
            var request = ticket.RequestOf(obligation) with { Claim = claim };
            if (claim == ClaimState.Declined && obligation.Severity != Severity.BusinessCritical)
            {
                return new(obligation, []);
            }

            if (claim == ClaimState.Declined)
            {
                return ObligationClock.Retarget(obligation, PromiseClock.Decline(policy, rule, request, obligation, ticket.ExceptionsFor(request)), "declined", now);
            }

            var words = PromiseClock.Promise(policy, rule, request with { StartedAt = obligation.StartedAt }, obligation.Severity).Explanation;
            return new(obligation with { Explanation = [.. words.Where(step => step.Kind < ExplanationKind.Policy), .. obligation.Explanation.Where(step => step.Kind >= ExplanationKind.Policy)] }, []);
        });
    }

    /// <summary>The severity was raised to critical: each deadline becomes the earlier of what it was and what critical promises from now (rule 8).</summary>
    public static TicketDecision Raise(TicketDecision decision, TicketFacts ticket, DateTimeOffset now) =>
        EachOwed(decision, ticket, Severity.BusinessCritical, (obligation, policy, rule) =>
            // A callback that its customer wants later is wanted later, however grave the matter is.
            obligation.StartedAt > now ? new(obligation, [])
                : ObligationClock.Retarget(obligation, PromiseClock.Raise(policy, rule, ticket.RequestOf(obligation), obligation, now, ticket.ExceptionsFor(obligation)), "raised", now));

    /// <summary>Approved exceptions move what they overlap (rule 13).</summary>
    public static TicketDecision Except(TicketDecision decision, TicketFacts ticket, DateTimeOffset now) =>
        Each(decision, obligation => obligation.IsOpen ? ObligationClock.Except(obligation, ticket.ExceptionsFor(obligation), ticket.PolicyOf(obligation.PolicyVersion), now) : new(obligation, []));

    /// <summary>A policy version is applied to what is owed: each deadline that it makes earlier moves, none moves later (rules 8 and 10).</summary>
    public static TicketDecision Apply(TicketDecision decision, TicketFacts ticket, SlaPolicy policy, DateTimeOffset now) =>
        Each(decision, obligation =>
        {
            var request = ticket.RequestOf(obligation);
            var rule = obligation is { IsOpen: true, BreachedAt: null, PausedAt: null }
                ? PromiseClock.RulesFor(policy, request, obligation.Severity).FirstOrDefault(rule => rule.Metric == obligation.Metric)
                : null;
            return rule is not null && PromiseClock.Apply(policy, rule, request, obligation, now, ticket.ExceptionsFor(request)) is { } applied
                ? ObligationClock.Retarget(obligation, applied, "policy", now)
                : new(obligation, []);
        });

    /// <summary>What two decisions of a merge have in common: everything owed ends on one side and begins on the other (rule 9).</summary>
    public static (TicketDecision From, TicketDecision Into) Carry(TicketDecision from, TicketDecision into, TicketFacts source, long numberFrom, long numberInto, DateTimeOffset now)
    {
        var there = into;
        var here = Each(from, obligation =>
        {
            if (!obligation.IsOpen)
            {
                return new(obligation, []);
            }

            var cycle = NextCycle(there.Obligations, obligation.Metric);
            var (ended, begun) = ObligationClock.Carry(
                obligation, cycle, Name(numberFrom, obligation.Metric, obligation.Cycle), Name(numberInto, obligation.Metric, cycle), source.RequestOf(obligation) with { StartedAt = obligation.StartedAt }, now);
            there = there with { Obligations = [.. there.Obligations, begun.Obligation], Ledger = [.. there.Ledger, .. begun.Ledger] };
            return ended;
        });
        return (here, there);
    }

    /// <summary>The cycle that the next obligation of a metric gets.</summary>
    public static int NextCycle(IEnumerable<ObligationFacts> obligations, Metric metric) =>
        obligations.Where(obligation => obligation.Metric == metric).Select(obligation => obligation.Cycle).DefaultIfEmpty().Max() + 1;

    /// <summary>Lets one step happen to each obligation, and writes down what follows.</summary>
    public static TicketDecision Each(TicketDecision decision, Func<ObligationFacts, ObligationClock.Outcome> step)
    {
        var ledger = new List<LedgerFact>(decision.Ledger);
        var events = new List<EventDraft>(decision.Events);
        var obligations = new List<ObligationFacts>(decision.Obligations.Count);
        foreach (var obligation in decision.Obligations)
        {
            var (changed, facts) = step(obligation);
            obligations.Add(changed);
            ledger.AddRange(facts);
            events.AddRange(facts.SelectMany(Tell));
        }

        return decision with { Obligations = obligations, Ledger = ledger, Events = events };
    }

    /// <summary>What staff reads of a fact on the timeline.</summary>
    private static IEnumerable<EventDraft> Tell(LedgerFact fact) => fact.Kind switch
    {
        LedgerKind.Warned => [new(TicketEventKind.Warned, fact.Data["step"], ObligationClock.Text(fact.At))],
        LedgerKind.Breached => [new(TicketEventKind.Breached, ObligationClock.Text(fact.At))],
        LedgerKind.Met => [new(TicketEventKind.Answered, "met")],
        LedgerKind.Answered when fact.Data.ContainsKey("withdrawn") => [],
        LedgerKind.Answered => [new(TicketEventKind.Answered, "late")],
        LedgerKind.Excluded => [new(TicketEventKind.DeadlineMoved, fact.Data["dueAt"], fact.Data["from"])],
        LedgerKind.Retargeted when fact.Data["reason"] == "paused" => [new(TicketEventKind.Paused)],
        LedgerKind.Retargeted when fact.Data["dueAt"] != fact.Data["from"] => [new(TicketEventKind.DeadlineMoved, fact.Data["dueAt"], fact.Data["from"])],
        _ => [],
    };

    /// <summary>A step for what is owed and not missed, with the rule that its policy version has for it at a severity.</summary>
    private static TicketDecision EachOwed(
        TicketDecision decision, TicketFacts ticket, Severity severity, Func<ObligationFacts, SlaPolicy, PolicyRule, ObligationClock.Outcome> step) =>
        Each(decision, obligation =>
        {
            if (!obligation.IsOpen || obligation.BreachedAt is not null)
            {
                return new(obligation, []);
            }

            var policy = ticket.PolicyOf(obligation.PolicyVersion);
            return PromiseClock.RulesFor(policy, ticket.RequestOf(obligation), severity).FirstOrDefault(rule => rule.Metric == obligation.Metric) is { } rule
                ? step(obligation, policy, rule)
                : new(obligation, []);
        });

    private static ObligationClock.Outcome ResumeOne(ObligationFacts obligation, TicketFacts ticket, DateTimeOffset now) =>
        ObligationClock.Resume(obligation, ticket.ExceptionsFor(obligation), ticket.PolicyOf(obligation.PolicyVersion), now);

    private static string Name(long number, Metric metric, int cycle) => $"{number}/{LedgerFacts.Word(metric)}/{cycle}";
}
