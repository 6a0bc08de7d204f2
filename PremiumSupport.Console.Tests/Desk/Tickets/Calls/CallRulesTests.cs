using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Calls;
using PremiumSupport.Desk.Tickets.Requests;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Sla;

namespace PremiumSupport.Tests.Desk.Tickets.Calls;

/// <summary>The first attempt meets the target; the customer's own wish neither makes the vendor late nor does it credit.</summary>
public sealed class CallRulesTests
{
    [Theory]
    [InlineData("10:04:59", ObligationState.Met)]
    [InlineData("10:05:00", ObligationState.Met)]
    [InlineData("10:05:01", ObligationState.Breached)]
    public void The_first_attempt_at_4_59_meets_and_at_5_01_is_late(string at, ObligationState state) =>
        Assert.Equal(state, ObligationClock.StateAt(Assert.Single(Done(CallRules.Begin(Asked(), At(at))).Obligations), At(at)));

    [Fact]
    public void A_call_that_was_begun_and_never_made_is_owed_again_under_its_deadline()
    {
        var begun = After(Asked(), facts => CallRules.Begin(facts, At("10:01")));
        var takenBack = CallRules.TakeBack(begun, At("10:01"), [], At("10:06"));

        var owed = Assert.Single(takenBack.Obligations);
        Assert.Equal((null, At("10:05")), (owed.AnsweredAt, owed.BreachedAt));
        Assert.Equal([LedgerKind.Reopened, LedgerKind.Warned, LedgerKind.Warned, LedgerKind.Breached], takenBack.Ledger.Select(fact => fact.Kind));
        Assert.NotNull(Assert.Single(CallRules.TakeBack(begun, At("10:01"), [At("10:02")], At("10:06")).Obligations).AnsweredAt);
    }

    [Fact]
    public void A_callback_wished_for_later_is_promised_from_then_and_a_try_before_answers_nothing()
    {
        var asked = Asked("14:00");
        Assert.Equal((At("14:00"), At("14:05")), (asked.Obligations[0].StartedAt, asked.Obligations[0].DueAt));

        Assert.True(Assert.Single(Done(CallRules.Begin(asked, At("13:59:59.999"))).Obligations).IsOpen);
        Assert.True(CallRules.End(asked, CallOutcome.NoAnswer, CallDirection.Outgoing, TimeSpan.Zero, At("13:59")).Obligations[0].IsOpen);
        Assert.Equal(At("14:00"), Assert.Single(Done(CallRules.Begin(asked, At("14:00"))).Obligations).AnsweredAt);

        // Whoever is reached before is owed nothing more, and nobody gets credit for disregarding their wish.
        var early = CallRules.End(asked, CallOutcome.Reached, CallDirection.Outgoing, TimeSpan.Zero, At("13:00"));
        Assert.Equal((false, true, ObligationState.Excluded), (early.Obligations[0].IsOpen, early.Obligations[0].IsWithdrawn, ObligationClock.StateAt(early.Obligations[0], At("15:00"))));
    }

    [Fact]
    public void A_call_cancelled_in_time_is_neither_met_nor_missed()
    {
        var cancelled = Done(CallRules.Cancel(Asked(), At("10:05:00")));
        var promise = Assert.Single(cancelled.Obligations);
        Assert.Equal((At("10:05"), null, null, true), (promise.MergedAt, promise.AnsweredAt, promise.BreachedAt, promise.IsWithdrawn));
        Assert.Equal("cancelled", cancelled.Ledger[^1].Data["reason"]);
        Assert.Null(promise.NextFlagAt);
    }

    [Fact]
    public void Rule_4_a_call_cancelled_after_it_was_missed_stays_missed_and_the_wait_ends()
    {
        var cancelled = Done(CallRules.Cancel(Asked(), At("10:05:00.001")));
        var promise = Assert.Single(cancelled.Obligations);
        Assert.Equal((At("10:05"), At("10:05:00.001"), false), (promise.BreachedAt, promise.AnsweredAt, promise.IsWithdrawn));
        Assert.Equal(LedgerKind.Answered, cancelled.Ledger[^1].Kind);
        // Nobody answered: the timeline does not say so.
        Assert.DoesNotContain(cancelled.Events, happening => happening.Kind == TicketEventKind.Answered);
    }

    [Theory]
    [InlineData("10:04:59", null, "10:09:59")]
    [InlineData("10:02:00", "16:00", "16:05:00")]
    public void A_call_put_off_in_time_is_promised_anew_and_in_full(string at, string? from, string due)
    {
        var moved = Done(CallRules.Reschedule(Asked(), from is null ? null : At(from), At(at)));
        Assert.True(moved.Obligations[0].IsWithdrawn);
        Assert.Equal((2, At(due), true), (moved.Obligations[1].Cycle, moved.Obligations[1].DueAt, moved.Obligations[1].IsOpen));
        var facts = Attainment.Of(moved.Obligations.Where(promise => promise.MergedAt is null).Select(promise => new MaturedPromise(promise.StartedAt, promise.GrossDueAt, promise.DueAt, promise.AnsweredAt, promise.BreachedAt)), At("10:08"));
        Assert.Equal(0, facts.Matured);
    }

    [Fact]
    public void A_call_put_off_after_it_was_missed_counts_its_breach_and_the_new_promise_for_itself()
    {
        var moved = Done(CallRules.Reschedule(Asked(), At("16:00"), At("10:20")));
        Assert.Equal((At("10:05"), At("10:20")), (moved.Obligations[0].BreachedAt, moved.Obligations[0].AnsweredAt));
        Assert.Equal(At("16:05"), moved.Obligations[1].DueAt);
    }

    [Fact]
    public void A_customer_who_rings_us_first_is_owed_no_call()
    {
        var called = CallRules.End(Asked(), CallOutcome.Reached, CallDirection.Incoming, TimeSpan.FromSeconds(65), At("10:03"));
        Assert.True(Assert.Single(called.Obligations).IsWithdrawn);
        Assert.Equal("calledIn", called.Ledger[^1].Data["reason"]);
        Assert.True(CallRules.End(Asked(), CallOutcome.NoAnswer, CallDirection.Incoming, TimeSpan.Zero, At("10:03")).Obligations[0].IsOpen);
    }

    [Fact]
    public void A_wrong_number_waits_for_the_customer_and_their_new_wish_opens_it_again()
    {
        var wrong = After(After(Asked(), facts => CallRules.Begin(facts, At("10:01"))), facts => CallRules.End(facts, CallOutcome.WrongNumber, CallDirection.Outgoing, TimeSpan.Zero, At("10:02")));
        Assert.Equal(TicketStatus.Waiting, wrong.Status);
        Assert.Equal(TicketStatus.Open, Done(CallRules.Reschedule(wrong, null, At("11:00"))).Status);
    }

    [Fact]
    public void A_graver_matter_does_not_call_earlier_than_its_customer_wants() =>
        Assert.Equal(At("14:05"), Done(TicketRules.ChangeSeverity(Asked("14:00"), Severity.BusinessCritical, "All of them.", At("10:01"))).Obligations[0].DueAt);

    [Fact]
    public void Who_closes_a_request_wants_no_call() =>
        Assert.True(Assert.Single(Done(RequestRules.Close(Asked(), At("10:02"))).Obligations).IsWithdrawn);

    private static DateTimeOffset At(string time) => Given.At($"2026-01-13 {time}");

    private static TicketFacts Asked(string? from = null)
    {
        var request = Given.Request("2026-01-13 10:00") with { Channel = Channel.Phone };
        var wished = from is null ? request : request with { StartedAt = At(from), AskedAt = request.StartedAt };
        return new(TicketStatus.New, Severity.Standard, ClaimState.None, null, request, PromiseClock.Promise(Given.Policy(), wished)) { PolicyOf = _ => Given.Policy() };
    }

    private static TicketFacts After(TicketFacts facts, Func<TicketFacts, Outcome<TicketDecision>> deed)
    {
        var decision = Done(deed(facts));
        return facts with { Status = decision.Status ?? facts.Status, Obligations = decision.Obligations };
    }

    private static TicketDecision Done(Outcome<TicketDecision> outcome)
    {
        Assert.True(outcome.IsDone, outcome.Refusal?.Message);
        return outcome.Value!;
    }
}
