using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Requests;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Sla;

namespace PremiumSupport.Tests.Desk.Tickets.Requests;

/// <summary>What a customer does to their own request never helps the desk's clock, and opens what the mission says and nothing else.</summary>
public sealed class RequestRulesTests
{
    private static readonly SlaPolicy Promising = Given.Policy() is var policy
        ? policy with { Rules = [.. policy.Rules, Given.Rule(PromiseTarget.Of(TimeSpan.FromHours(2)), "24x7", WarningStep.At(50)) with { Metric = Metric.NextResponse, Commitment = Commitment.Target }] }
        : throw new InvalidOperationException();

    [Fact]
    public void Rule_5_closing_before_anyone_has_spoken_answers_nothing_and_the_promise_runs_on()
    {
        var closed = Close(Fresh(), "10:10");

        Assert.Equal(TicketStatus.Solved, closed.Status);
        var owed = Assert.Single(closed.Obligations);
        Assert.True(owed.IsOpen);
        Assert.Null(owed.PausedAt);
        Assert.Equal(Fresh().Obligations[0].DueAt, owed.DueAt);
        Assert.Equal(owed.DueAt, Assert.Single(After(closed, facts => TicketRules.Flag(facts, owed.DueAt.AddMilliseconds(1))).Obligations).BreachedAt);
    }

    [Fact]
    public void Rule_2_a_specialist_still_keeps_the_promise_of_a_closed_request_by_answering_it()
    {
        var answered = After(Close(Fresh(), "10:10"), facts => TicketRules.Reply(facts, isAutomated: false, At("10:20")));

        Assert.Equal(At("10:20"), Assert.Single(answered.Obligations).AnsweredAt);
        Assert.Equal(TicketStatus.Solved, answered.Status);
    }

    [Fact]
    public void Rule_4_what_was_missed_before_stays_missed()
    {
        var closed = Close(Fresh(), "11:30");
        Assert.Equal(At("11:00"), Assert.Single(closed.Obligations).BreachedAt);
    }

    [Fact]
    public void Rule_6_a_next_response_that_waited_for_the_customer_runs_again_when_they_close()
    {
        var waiting = After(After(Answered(), facts => TicketRules.CustomerMessage(facts, At("10:30"))), facts => TicketRules.ChangeStatus(facts, TicketStatus.Waiting, At("11:00")));
        var closed = Close(waiting, "12:00");

        var next = closed.Obligations[^1];
        Assert.Equal((Metric.NextResponse, true, null), (next.Metric, next.IsOpen, next.PausedAt));
        Assert.Equal(At("13:30"), next.DueAt);
    }

    [Fact]
    public void Rule_7_reopening_owes_a_next_response_from_now_and_no_first_one()
    {
        var decision = RequestRules.Reopen(Close(Answered(), "10:20"), At("15:00")).Value!;

        Assert.Equal(TicketStatus.Open, decision.Status);
        Assert.Equal([LedgerKind.Reopened, LedgerKind.Promised], decision.Ledger.Select(fact => fact.Kind));
        var next = Assert.Single(decision.Obligations, owed => owed.IsOpen);
        Assert.Equal((Metric.NextResponse, At("15:00"), At("17:00")), (next.Metric, next.StartedAt, next.DueAt));
    }

    [Fact]
    public void Rule_6_reopening_owes_nothing_where_the_policy_promises_no_next_response()
    {
        var decision = RequestRules.Reopen(Close(Answered() with { PromisesNext = false }, "10:20"), At("15:00")).Value!;
        Assert.Equal([LedgerKind.Reopened], decision.Ledger.Select(fact => fact.Kind));
        Assert.DoesNotContain(decision.Obligations, owed => owed.IsOpen);
    }

    [Fact]
    public void Rule_7_reopening_what_nobody_answered_owes_the_same_first_response_and_nothing_beside_it()
    {
        var decision = RequestRules.Reopen(Close(Fresh(), "10:10"), At("10:20")).Value!;
        Assert.Equal(Fresh().Obligations[0].DueAt, Assert.Single(decision.Obligations).DueAt);
    }

    [Fact]
    public void Closing_the_closed_and_reopening_the_open_change_nothing_and_a_final_one_is_refused()
    {
        Assert.Null(RequestRules.Close(Close(Answered(), "10:20"), At("10:21")).Value!.Status);
        Assert.Null(RequestRules.Reopen(Answered(), At("10:21")).Value!.Status);
        var final = Answered() with { Status = TicketStatus.Closed };
        Assert.Equal("closed", RequestRules.Close(final, At("10:21")).Refusal!.Code);
        Assert.Equal("closed", RequestRules.Reopen(final, At("10:21")).Refusal!.Code);
    }

    [Theory]
    [InlineData(TicketStatus.New, "not-solved")]
    [InlineData(TicketStatus.Open, "not-solved")]
    [InlineData(TicketStatus.Waiting, "not-solved")]
    [InlineData(TicketStatus.Solved, null)]
    [InlineData(TicketStatus.Closed, null)]
    public void A_rating_is_about_what_is_solved(TicketStatus status, string? code) =>
        Assert.Equal(code, RatingRules.Obstacle(status, isMerged: false, null, TimeSpan.FromDays(7), At("10:00"))?.Code);

    [Fact]
    public void A_rating_may_be_changed_until_its_while_is_over_and_anew_after_a_reopening()
    {
        string? Change(string at, bool wasReopened = false) =>
            RatingRules.Obstacle(TicketStatus.Solved, isMerged: false, new(At("10:00"), wasReopened), TimeSpan.FromHours(1), At(at))?.Code;

        Assert.Null(Change("10:59:59.999"));
        Assert.Equal("rating-final", Change("11:00"));
        Assert.Null(Change("11:00", wasReopened: true));
        Assert.Equal("merged", RatingRules.Obstacle(TicketStatus.Closed, isMerged: true, null, TimeSpan.FromHours(1), At("10:00"))!.Code);
    }

    private static DateTimeOffset At(string time) => Given.At($"2026-01-13 {time}");

    private static TicketFacts Fresh() => new(TicketStatus.New, Severity.Standard, ClaimState.None, null, Given.Request("2026-01-13 10:00"), PromiseClock.Promise(Promising, Given.Request("2026-01-13 10:00")))
    {
        PolicyOf = _ => Promising,
        PromisesNext = true,
    };

    private static TicketFacts Answered() => After(Fresh(), facts => TicketRules.Reply(facts, isAutomated: false, At("10:15")));

    private static TicketFacts Close(TicketFacts facts, string at) => After(facts, before => RequestRules.Close(before, At(at)));

    private static TicketFacts After(TicketFacts facts, Func<TicketFacts, Outcome<TicketDecision>> verb)
    {
        var outcome = verb(facts);
        Assert.Null(outcome.Refusal);
        return facts with { Obligations = outcome.Value!.Obligations, Status = outcome.Value.Status ?? facts.Status };
    }
}
