using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets.Calls;

/// <summary>
/// What calls do to a ticket and its promises: pure functions of facts and now, like <see cref="TicketRules"/>.
/// <para>
/// The first attempt meets the target, reached or not. But the customer's own wish may neither make the vendor late nor do it credit. So a callback that they want later is promised
/// from the time that they named; an attempt before that time answers nothing; and a promise that they cancel, put off or make needless by ringing us first ends neither met nor
/// missed, unless it had been missed before, which stays (rule 4).
/// </para>
/// </summary>
public static class CallRules
{
    /// <summary>We ring the customer: whatever is owed by now is answered.</summary>
    public static Outcome<TicketDecision> Begin(TicketFacts ticket, DateTimeOffset now)
    {
        if (ticket.Status == TicketStatus.Closed)
        {
            return TicketRules.Closed;
        }

        var decision = PromiseRules.Each(TicketRules.CatchUp(ticket, now), owed =>
            owed is { Metric: Metric.Callback, IsOpen: true } && owed.StartedAt <= now ? ObligationClock.Answer(owed, now) : new(owed, []));
        return ticket.Status == TicketStatus.New ? TicketRules.Move(decision, ticket, TicketStatus.Open, now) : decision;
    }

    /// <summary>A call is over. Who was spoken to is owed no call any more; a wrong number leaves the next word to the customer.</summary>
    /// <param name="ticket">The ticket.</param>
    /// <param name="outcome">What came of it.</param>
    /// <param name="direction">Who rang whom.</param>
    /// <param name="spoken">How long it took.</param>
    /// <param name="now">When it was over.</param>
    public static TicketDecision End(TicketFacts ticket, CallOutcome outcome, CallDirection direction, TimeSpan spoken, DateTimeOffset now)
    {
        var decision = TicketRules.CatchUp(ticket, now);
        if (outcome == CallOutcome.Reached)
        {
            decision = Withdraw(decision, direction == CallDirection.Incoming ? Withdrawal.CalledIn : Withdrawal.ReachedEarly, now);
        }

        var word = direction == CallDirection.Incoming && outcome == CallOutcome.Reached ? "calledIn" : TicketRules.Word(outcome);
        decision = decision with { Events = [.. decision.Events, new(TicketEventKind.Called, word, ((long)spoken.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture))] };
        return (outcome, ticket.Status) switch
        {
            (CallOutcome.WrongNumber, TicketStatus.New or TicketStatus.Open) => TicketRules.Move(decision, ticket, TicketStatus.Waiting, now),
            (CallOutcome.Reached, TicketStatus.New) => TicketRules.Move(decision, ticket, TicketStatus.Open, now),
            _ => decision,
        };
    }

    /// <summary>A call that was begun was never made: what it answered is owed again, unless another attempt answers it.</summary>
    /// <param name="ticket">The ticket.</param>
    /// <param name="begunAt">When it began to count; null when it never did.</param>
    /// <param name="otherAttempts">When others began.</param>
    /// <param name="now">When that was said.</param>
    public static TicketDecision TakeBack(TicketFacts ticket, DateTimeOffset? begunAt, IReadOnlyList<DateTimeOffset> otherAttempts, DateTimeOffset now) =>
        PromiseRules.Each(TicketRules.CatchUp(ticket, now), owed =>
            owed is { Metric: Metric.Callback, MergedAt: null } && owed.AnsweredAt is { } answered && answered == begunAt && !otherAttempts.Any(other => other >= owed.StartedAt)
                ? ObligationClock.Bounce(owed, "The call was not made.", now, ticket.ExceptionsFor(owed), ticket.PolicyOf(owed.PolicyVersion))
                : new(owed, []));

    /// <summary>The customer needs no call.</summary>
    public static Outcome<TicketDecision> Cancel(TicketFacts ticket, DateTimeOffset now) => Wished(ticket, Withdrawal.Cancelled, now);

    /// <summary>
    /// The customer wants the call at another time, or on another number: what was owed ends, and a callback is promised anew from the time that they named, or from now on, in full.
    /// </summary>
    public static Outcome<TicketDecision> Reschedule(TicketFacts ticket, DateTimeOffset? from, DateTimeOffset now)
    {
        var wished = Wished(ticket, Withdrawal.Rescheduled, now);
        if (wished.Refusal is not null)
        {
            return wished;
        }

        var decision = wished.Value!;
        var policy = ticket.PolicyOf(ticket.PolicyVersion);
        // What another ticket asked for and this one carries on is asked for again as it was (rule 10).
        var before = ticket.Obligations.LastOrDefault(owed => owed.Metric == Metric.Callback);
        var asked = before is null ? ticket.Request : ticket.RequestOf(before);
        if (PromiseClock.RulesFor(policy, asked, ticket.Severity).FirstOrDefault(rule => rule.Metric == Metric.Callback) is not { } rule)
        {
            return decision;
        }

        var request = asked with { StartedAt = from ?? now, AskedAt = now };
        var promised = PromiseClock.Promise(policy, rule, request, ticket.Severity) with { Cycle = PromiseRules.NextCycle(decision.Obligations, Metric.Callback), Inputs = before?.Inputs };
        var (owed, facts) = ObligationClock.Begin(promised, request, policy, ticket.ExceptionsFor(request));
        return decision with { Obligations = [.. decision.Obligations, owed], Ledger = [.. decision.Ledger, .. facts] };
    }

    /// <summary>Every callback still owed ends by what its customer did.</summary>
    public static TicketDecision Withdraw(TicketDecision decision, Withdrawal why, DateTimeOffset now) =>
        PromiseRules.Each(decision, owed => owed.Metric == Metric.Callback ? ObligationClock.Withdraw(owed, why, now) : new(owed, []));

    private static Outcome<TicketDecision> Wished(TicketFacts ticket, Withdrawal why, DateTimeOffset now)
    {
        if (ticket.Status == TicketStatus.Closed)
        {
            return TicketRules.Closed;
        }

        if (ticket.Status == TicketStatus.Solved)
        {
            return Refusal.Conflict("solved", "This request is solved. Open it again first.");
        }

        var decision = Withdraw(TicketRules.CatchUp(ticket, now), why, now);
        return ticket.Status == TicketStatus.Waiting && why == Withdrawal.Rescheduled ? TicketRules.Move(decision, ticket, TicketStatus.Open, now) : decision;
    }
}
