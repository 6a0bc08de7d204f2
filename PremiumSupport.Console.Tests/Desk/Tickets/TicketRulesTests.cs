using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Calls;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Sla;

namespace PremiumSupport.Tests.Desk.Tickets;

/// <summary>Every verb as a table: facts and an instant in, a decision out. Opened at 10:00; numbers are rules of the promise.</summary>
public sealed class TicketRulesTests
{
    private static readonly Guid Mara = Guid.NewGuid();
    private static readonly Guid Tomas = Guid.NewGuid();

    [Theory]
    [InlineData("10:00:00", LedgerKind.Met)]
    [InlineData("11:00:00", LedgerKind.Met)]
    [InlineData("11:00:00.0009", LedgerKind.Met)]
    [InlineData("11:00:00.001", LedgerKind.Answered)]
    [InlineData("13:00:00", LedgerKind.Answered)]
    public void Rules_2_and_3_the_first_human_reply_answers_and_equality_is_met(string at, LedgerKind outcome)
    {
        var decision = Done(TicketRules.Reply(Facts(), isAutomated: false, At(at)));

        var promise = Assert.Single(decision.Obligations);
        Assert.Equal(ObligationClock.Whole(At(at)), promise.AnsweredAt);
        Assert.Equal(outcome, decision.Ledger[^1].Kind);
        Assert.Equal(outcome == LedgerKind.Answered ? At("11:00:00") : null, promise.BreachedAt);
        Assert.Equal(TicketStatus.Open, decision.Status);
        Assert.Equal(outcome == LedgerKind.Met ? "met" : "late", decision.Events.Single(happening => happening.Kind == TicketEventKind.Answered).Detail);
    }

    [Fact]
    public void Rule_2_an_automated_message_answers_nothing_and_opens_nothing()
    {
        var decision = Done(TicketRules.Reply(Facts(), isAutomated: true, At("10:10:00")));

        Assert.Null(Assert.Single(decision.Obligations).AnsweredAt);
        Assert.Null(decision.Status);
        Assert.Empty(decision.Ledger);
    }

    [Fact]
    public void Rule_2_a_second_reply_changes_nothing_about_the_first()
    {
        var first = Done(TicketRules.Reply(Facts(), isAutomated: false, At("10:10:00")));
        var second = Done(TicketRules.Reply(Facts(TicketStatus.Open) with { Obligations = first.Obligations }, isAutomated: false, At("12:00:00")));

        Assert.Equal(At("10:10:00"), Assert.Single(second.Obligations).AnsweredAt);
        Assert.Empty(second.Ledger);
        Assert.Empty(second.Events);
    }

    [Theory]
    [InlineData(TicketStatus.New, TicketStatus.Open)]
    [InlineData(TicketStatus.Open, null)]
    [InlineData(TicketStatus.Waiting, null)]
    [InlineData(TicketStatus.Solved, null)]
    public void A_reply_opens_a_new_ticket_and_leaves_any_other_status(TicketStatus from, TicketStatus? to) =>
        Assert.Equal(to, Done(TicketRules.Reply(Facts(from), isAutomated: false, At("10:10:00"))).Status);

    [Fact]
    public void Rule_4_a_verb_flags_what_passed_between_two_runs_of_the_sweep()
    {
        var decision = Done(TicketRules.Reply(Facts(), isAutomated: false, At("11:20:00")));

        Assert.Equal(["50%", "75%", "-00:05:00"], decision.Ledger.Where(fact => fact.Kind == LedgerKind.Warned).Select(fact => fact.Data["step"]));
        var breached = decision.Ledger.Single(fact => fact.Kind == LedgerKind.Breached);
        Assert.Equal(At("11:00:00"), breached.At);
        Assert.Equal("2026-01-13T11:20:00.000Z", breached.Data["detectedAt"]);
        Assert.DoesNotContain(decision.Ledger, fact => fact.Kind == LedgerKind.Met);
    }

    [Theory]
    [InlineData(TicketStatus.New, null, false)]
    [InlineData(TicketStatus.Open, null, false)]
    [InlineData(TicketStatus.Waiting, TicketStatus.Open, false)]
    [InlineData(TicketStatus.Solved, TicketStatus.Open, true)]
    public void Rule_7_a_customers_message_reopens_and_never_rearms_the_first_response(TicketStatus from, TicketStatus? to, bool isReopened)
    {
        var answered = Done(TicketRules.Reply(Facts(), isAutomated: false, At("10:10:00")));
        var decision = Done(TicketRules.CustomerMessage(Facts(from) with { Obligations = answered.Obligations }, At("15:00:00")));

        Assert.Equal(to, decision.Status);
        Assert.Equal(isReopened, decision.Ledger.Any(fact => fact.Kind == LedgerKind.Reopened));
        Assert.Equal(At("10:10:00"), Assert.Single(decision.Obligations).AnsweredAt);
    }

    [Fact]
    public void A_customers_message_answers_nothing_of_ours() =>
        Assert.Null(Assert.Single(Done(TicketRules.CustomerMessage(Facts(), At("10:10:00"))).Obligations).AnsweredAt);

    [Theory]
    [InlineData(TicketStatus.New, TicketStatus.Open)]
    [InlineData(TicketStatus.Open, null)]
    [InlineData(TicketStatus.Waiting, null)]
    [InlineData(TicketStatus.Solved, null)]
    public void Rule_2_taking_a_ticket_opens_a_new_one_and_answers_nothing(TicketStatus from, TicketStatus? to)
    {
        var decision = Done(TicketRules.Assign(Facts(from), Mara, "Mara", At("10:10:00")));

        Assert.Equal((new AssigneeChange(Mara), to), (decision.Assignee!.Value, decision.Status));
        Assert.Null(Assert.Single(decision.Obligations).AnsweredAt);
        Assert.Contains(new EventDraft(TicketEventKind.Assigned, "Mara"), decision.Events);
    }

    [Fact]
    public void Giving_it_to_who_has_it_changes_nothing_and_to_nobody_opens_nothing()
    {
        var same = Done(TicketRules.Assign(Facts() with { AssigneeId = Mara }, Mara, "Mara", At("10:10:00")));
        Assert.Null(same.Assignee);
        Assert.Empty(same.Events);

        var nobody = Done(TicketRules.Assign(Facts() with { AssigneeId = Tomas }, null, "", At("10:10:00")));
        Assert.Equal((new AssigneeChange(null), (TicketStatus?)null), (nobody.Assignee!.Value, nobody.Status));
        Assert.Equal(TicketEventKind.Unassigned, Assert.Single(nobody.Events).Kind);
    }

    public static TheoryData<TicketStatus, TicketStatus> StatusPairs
    {
        get
        {
            var pairs = new TheoryData<TicketStatus, TicketStatus>();
            foreach (var from in Enum.GetValues<TicketStatus>())
            {
                foreach (var to in Enum.GetValues<TicketStatus>())
                {
                    pairs.Add(from, to);
                }
            }

            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(StatusPairs))]
    public void Rule_5_a_status_goes_only_where_it_may_and_buys_no_time(TicketStatus from, TicketStatus to)
    {
        HashSet<(TicketStatus, TicketStatus)> allowed =
        [
            (TicketStatus.New, TicketStatus.Open), (TicketStatus.New, TicketStatus.Waiting), (TicketStatus.New, TicketStatus.Solved),
            (TicketStatus.Open, TicketStatus.Waiting), (TicketStatus.Open, TicketStatus.Solved),
            (TicketStatus.Waiting, TicketStatus.Open), (TicketStatus.Waiting, TicketStatus.Solved),
            (TicketStatus.Solved, TicketStatus.Open), (TicketStatus.Solved, TicketStatus.Waiting), (TicketStatus.Solved, TicketStatus.Closed),
        ];
        var facts = Facts(from);
        var outcome = TicketRules.ChangeStatus(facts, to, At("10:10:00"));

        if (from == to)
        {
            Assert.Null(Done(outcome).Status);
            Assert.Empty(outcome.Value!.Events);
            return;
        }

        if (!allowed.Contains((from, to)))
        {
            Assert.Equal((RefusalKind.Conflict, "illegal-status"), (outcome.Refusal!.Kind, outcome.Refusal.Code));
            return;
        }

        var decision = Done(outcome);
        Assert.Equal(to, decision.Status);
        Assert.Equal(facts.Obligations, decision.Obligations);
        Assert.Equal(from == TicketStatus.Solved && to != TicketStatus.Closed, decision.Ledger.Any(fact => fact.Kind == LedgerKind.Reopened));
    }

    [Theory]
    [InlineData("10:05:00")]
    [InlineData("10:30:00")]
    public void Rule_8_a_claim_declined_in_time_is_due_one_hour_from_creation(string at)
    {
        var decision = Done(Decide(Claimed(), false, "One user only.", at));

        Assert.Equal((ClaimState.Declined, Severity.Standard, "One user only."), (decision.Claim!.Value, decision.Severity!.Value, decision.ClaimReason));
        var promise = Assert.Single(decision.Obligations);
        Assert.Equal(At("11:00:00"), promise.DueAt);
        Assert.Null(promise.BreachedAt);
        Assert.Equal("declined", decision.Ledger.Single(fact => fact.Kind == LedgerKind.Retargeted).Data["reason"]);
        Assert.Equal("One user only.", decision.Ledger.Single(fact => fact.Kind == LedgerKind.Declined).Data["reason"]);
    }

    [Theory]
    [InlineData("10:30:00.001")]
    [InlineData("10:45:00")]
    [InlineData("11:30:00")]
    public void Rule_8_a_decline_after_the_thirty_minutes_changes_the_severity_and_never_the_breach(string at)
    {
        var decision = Done(Decide(Claimed(), false, "One user only.", at));

        Assert.Equal(Severity.Standard, decision.Severity);
        var promise = Assert.Single(decision.Obligations);
        Assert.Equal((At("10:30:00"), At("10:30:00")), (promise.DueAt, promise.BreachedAt));
        Assert.Contains(decision.Ledger, fact => fact.Kind == LedgerKind.Breached && fact.At == At("10:30:00"));
        Assert.DoesNotContain(decision.Ledger, fact => fact.Kind == LedgerKind.Retargeted);
    }

    [Fact]
    public void Rule_8_a_decline_after_the_answer_leaves_the_answer()
    {
        var answered = Done(TicketRules.Reply(Claimed(), isAutomated: false, At("10:10:00")));
        var decision = Done(Decide(Claimed() with { Obligations = answered.Obligations, Status = TicketStatus.Open }, false, "No.", "10:20:00"));

        Assert.Equal(answered.Obligations, decision.Obligations);
        Assert.DoesNotContain(decision.Ledger, fact => fact.Kind == LedgerKind.Retargeted);
    }

    [Fact]
    public void Rule_8_a_confirmed_claim_keeps_its_deadline_and_needs_no_reason()
    {
        var decision = Done(Decide(Claimed(), true, null, "10:05:00"));

        Assert.Equal((ClaimState.Confirmed, Severity.BusinessCritical), (decision.Claim!.Value, decision.Severity!.Value));
        Assert.Equal(At("10:30:00"), Assert.Single(decision.Obligations).DueAt);
        Assert.Contains(Assert.Single(decision.Obligations).Explanation, step => step.Kind == ExplanationKind.Decision && step.Values["state"] == "confirmed");
        Assert.Equal([LedgerKind.Confirmed], decision.Ledger.Select(fact => fact.Kind));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void A_decline_needs_a_reason(string? reason) => Assert.Contains("reason", Decide(Claimed(), false, reason, "10:05:00").Refusal!.Errors.Keys);

    [Fact]
    public void A_reason_beyond_2000_characters_is_refused_by_every_verb_that_takes_one()
    {
        var reason = new string('a', 2001);
        Assert.Contains("reason", Decide(Claimed(), true, reason, "10:05:00").Refusal!.Errors.Keys);
        Assert.Contains("reason", TicketRules.ChangeSeverity(Facts(), Severity.BusinessCritical, reason, At("10:05:00")).Refusal!.Errors.Keys);
    }

    [Theory]
    [InlineData(ClaimState.None)]
    [InlineData(ClaimState.Confirmed)]
    [InlineData(ClaimState.Declined)]
    public void Only_a_pending_claim_can_be_decided(ClaimState claim)
    {
        foreach (var isConfirmed in new[] { true, false })
        {
            Assert.Equal("no-pending-claim", Decide(Facts() with { Claim = claim }, isConfirmed, "Because.", "10:05:00").Refusal!.Code);
        }
    }

    [Theory]
    [InlineData("10:00:00", "10:30:00")]
    [InlineData("10:12:34.567", "10:42:34.567")]
    [InlineData("10:30:00", "11:00:00")]
    [InlineData("10:45:00", "11:00:00")]
    public void Rule_8_raised_to_critical_it_is_due_at_the_earlier_of_the_old_deadline_and_thirty_minutes_from_now(string at, string due)
    {
        var decision = Done(Severe(Facts(), Severity.BusinessCritical, at));

        Assert.Equal(Severity.BusinessCritical, decision.Severity);
        Assert.Equal(At(due), Assert.Single(decision.Obligations).DueAt);
    }

    [Fact]
    public void Rule_8_raised_after_the_breach_the_breach_stands()
    {
        var promise = Assert.Single(Done(Severe(Facts(), Severity.BusinessCritical, "11:10:00")).Obligations);
        Assert.Equal((At("11:00:00"), At("11:00:00")), (promise.DueAt, promise.BreachedAt));
    }

    [Fact]
    public void Rule_8_lowered_the_deadline_stays()
    {
        var raised = Done(Severe(Facts(), Severity.BusinessCritical, "10:05:00"));
        var lowered = Done(Severe(Facts(TicketStatus.Open) with { Severity = Severity.BusinessCritical, Obligations = raised.Obligations }, Severity.Standard, "10:10:00"));

        Assert.Equal(Severity.Standard, lowered.Severity);
        Assert.Equal(raised.Obligations, lowered.Obligations);
    }

    [Fact]
    public void A_severity_says_why_it_changed_and_the_same_again_changes_nothing()
    {
        Assert.Equal("businessCritical: By phone: all of them.", Done(TicketRules.ChangeSeverity(Facts(), Severity.BusinessCritical, " By phone: all of them. ", At("10:05:00"))).Events[0].Detail);
        Assert.Contains("reason", TicketRules.ChangeSeverity(Facts(), Severity.BusinessCritical, " ", At("10:05:00")).Refusal!.Errors.Keys);
        Assert.Equal("claim-pending", Severe(Claimed(), Severity.Standard, "10:05:00").Refusal!.Code);
        Assert.Null(Done(Severe(Facts(), Severity.Standard, "10:05:00")).Severity);
    }

    [Theory]
    [InlineData("10:05:00", LedgerKind.Met)]
    [InlineData("10:05:00.001", LedgerKind.Answered)]
    public void The_first_call_attempt_answers_a_callback_and_no_message_does(string at, LedgerKind outcome)
    {
        var facts = Phone();
        Assert.Null(Assert.Single(Done(TicketRules.Reply(facts, isAutomated: false, At(at))).Obligations).AnsweredAt);

        var called = Done(CallRules.Begin(facts, At(at)));
        Assert.Equal(At(at), Assert.Single(called.Obligations).AnsweredAt);
        Assert.Equal(outcome, called.Ledger[^1].Kind);
        Assert.Equal(TicketStatus.Open, called.Status);
        var ended = CallRules.End(facts with { Obligations = called.Obligations }, CallOutcome.NoAnswer, CallDirection.Outgoing, TimeSpan.FromSeconds(20), At(at));
        Assert.Contains(new EventDraft(TicketEventKind.Called, "noAnswer", "20"), ended.Events);
    }

    [Fact]
    public void A_call_answers_no_first_response() => Assert.Null(Assert.Single(Done(CallRules.Begin(Facts(), At("10:05:00"))).Obligations).AnsweredAt);

    [Fact]
    public void A_closed_ticket_refuses_every_verb()
    {
        var (closed, now) = (Facts(TicketStatus.Closed), At("10:05:00"));
        Outcome<TicketDecision>[] outcomes =
        [
            TicketRules.Reply(closed, false, now), TicketRules.Reply(closed, true, now), TicketRules.CustomerMessage(closed, now), TicketRules.Assign(closed, Mara, "Mara", now),
            CallRules.Begin(closed, now), CallRules.Cancel(closed, now), CallRules.Reschedule(closed, null, now), Severe(closed, Severity.BusinessCritical, "10:05:00"), Decide(Claimed() with { Status = TicketStatus.Closed }, false, "No.", "10:05:00"),
        ];
        Assert.All(outcomes, outcome => Assert.Equal("closed", outcome.Refusal?.Code));
    }

    [Fact]
    public void Flagging_twice_flags_once()
    {
        var first = TicketRules.Flag(Facts(), At("12:00:00"));
        var second = TicketRules.Flag(Facts() with { Obligations = first.Obligations }, At("13:00:00"));

        Assert.Equal(4, first.Ledger.Count);
        Assert.Equal(4, first.Events.Count);
        Assert.Empty(second.Ledger);
        Assert.Empty(second.Events);
        Assert.Equal(first.Obligations, second.Obligations);
    }

    private static DateTimeOffset At(string time) => Given.At($"2026-01-13 {time}");

    private static TicketFacts Facts(TicketStatus status = TicketStatus.New) => Of(Given.Request("2026-01-13 10:00:00")) with { Status = status };

    private static TicketFacts Claimed() => Of(Given.Request("2026-01-13 10:00:00", ClaimState.Pending));

    private static TicketFacts Phone() => Of(Given.Request("2026-01-13 10:00:00") with { Channel = Channel.Phone });

    private static TicketFacts Of(PromiseRequest request) => new(TicketStatus.New, request.Severity, request.Claim, null, request, PromiseClock.Promise(Given.Policy(), request)) { PolicyOf = _ => Given.Policy() };

    private static Outcome<TicketDecision> Decide(TicketFacts facts, bool isConfirmed, string? reason, string at) => TicketRules.DecideClaim(facts, isConfirmed, reason, At(at));

    private static Outcome<TicketDecision> Severe(TicketFacts facts, Severity to, string at) => TicketRules.ChangeSeverity(facts, to, "Because.", At(at));

    private static TicketDecision Done(Outcome<TicketDecision> outcome)
    {
        Assert.True(outcome.IsDone, outcome.Refusal?.Message);
        return outcome.Value!;
    }
}
