using PremiumSupport.Desk.Tickets;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Sla;

namespace PremiumSupport.Tests.Desk.Tickets;

/// <summary>Rules 8 and 10: a policy edit reaches open tickets only when it is applied to them, and then moves no deadline later.</summary>
public class PolicyAppliedTests
{
    [Theory]
    [InlineData("00:40:00", "10:10", "10:40", "earlier, and still to come")]
    [InlineData("02:00:00", "10:10", "11:00", "later: it stands")]
    [InlineData("01:00:00", "10:10", "11:00", "the same")]
    [InlineData("00:10:00", "10:30", "10:40", "passed already: from the moment of applying")]
    [InlineData("00:20:00", "10:50", "11:00", "passed already and later from now: it stands")]
    public void A_deadline_moves_earlier_or_not_at_all(string target, string appliedAt, string due, string why)
    {
        var applied = Apply(Ticket(), Edited(Given.Long(target)), appliedAt);

        var promise = Assert.Single(applied.Obligations);
        Assert.True(At(due) == promise.DueAt, $"{why}: {ObligationClock.Text(promise.DueAt)}");
        Assert.Equal(due == "11:00" ? 1 : 2, promise.PolicyVersion);
        Assert.Equal(At("10:00"), promise.StartedAt);
        Assert.Equal(due == "11:00" ? 0 : 1, applied.Ledger.Count(fact => fact.Kind == LedgerKind.Retargeted && fact.Data["reason"] == "policy"));
    }

    [Fact]
    public void A_version_without_a_rule_for_the_case_leaves_the_promise_as_it_was_made()
    {
        var ticket = Ticket();
        Assert.Equal(ticket.Obligations, Apply(ticket, new SlaPolicy(2, "", [], []), "10:10").Obligations);
    }

    [Fact]
    public void Rule_4_what_was_missed_or_answered_stays()
    {
        var missed = Apply(Ticket(), Edited(TimeSpan.FromMinutes(10)), "11:30");
        Assert.Equal((1, At("11:00")), (missed.Obligations[0].PolicyVersion, missed.Obligations[0].BreachedAt));

        var answered = Ticket() with { Obligations = TicketRules.Reply(Ticket(), isAutomated: false, At("10:20")).Value!.Obligations };
        Assert.Equal(answered.Obligations, Apply(answered, Edited(TimeSpan.FromMinutes(10)), "10:30").Obligations);
    }

    [Fact]
    public void Rule_11_warnings_whose_moment_has_passed_by_then_fire_at_once_and_none_twice()
    {
        var warned = Ticket() with { Obligations = TicketRules.Flag(Ticket(), At("10:30")).Obligations };
        var applied = Apply(warned, Edited(TimeSpan.FromMinutes(40)), "10:32");

        Assert.Equal(["75%"], applied.Ledger.Where(fact => fact.Kind == LedgerKind.Warned).Select(fact => fact.Data["step"]));
    }

    [Fact]
    public void The_explanation_names_the_version_and_when_it_was_applied()
    {
        var words = ExplanationWords.InEnglish(Apply(Ticket(), Edited(TimeSpan.FromMinutes(40)), "10:10").Obligations[0].Explanation);
        Assert.Contains("Policy version 2, applied to open tickets at Tue 10:10:00 UTC, promises 40 minutes, guaranteed.", words);
    }

    private static DateTimeOffset At(string time) => Given.At($"2026-01-13 {time}");

    private static TicketFacts Ticket() =>
        new(TicketStatus.New, Severity.Standard, ClaimState.None, null, Given.Request("2026-01-13 10:00"), PromiseClock.Promise(Given.Policy(), Given.Request("2026-01-13 10:00"))) { PolicyOf = _ => Given.Policy() };

    private static SlaPolicy Edited(TimeSpan target) =>
        Given.Policy() with { Version = 2, Rules = [.. Given.Policy().Rules.Select(rule => rule is { Channel: Channel.Email, Role: RequesterRole.SuperAdmin, Severity: Severity.Standard } ? rule with { Target = PromiseTarget.Of(target) } : rule)] };

    private static TicketDecision Apply(TicketFacts ticket, SlaPolicy policy, string at) => PromiseRules.Apply(PromiseRules.CatchUp(ticket, At(at)), ticket, policy, At(at));
}
