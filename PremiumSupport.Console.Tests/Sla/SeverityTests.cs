using PremiumSupport.Sla;
using static PremiumSupport.Tests.Sla.Given;

namespace PremiumSupport.Tests.Sla;

/// <summary>Rule 8: a claim, its decision, and a severity that a specialist raises.</summary>
public class SeverityTests
{
    private static readonly PromiseRequest Claimed = Request("2026-01-13 10:00:00", ClaimState.Pending);
    private static readonly ObligationFacts Half = Promised(Claimed);
    private static readonly ObligationFacts Hour = Promised(Request("2026-01-13 10:00:00"));

    [Theory]
    [InlineData(ClaimState.None, "11:00")]
    [InlineData(ClaimState.Pending, "10:30")]
    [InlineData(ClaimState.Confirmed, "10:30")]
    [InlineData(ClaimState.Declined, "11:00")]
    public void Rule_8_a_claim_counts_from_creation_until_it_is_declined(ClaimState claim, string due) =>
        Assert.Equal(At($"2026-01-13 {due}"), Promised(Request("2026-01-13 10:00:00", claim)).DueAt);

    [Theory]
    [InlineData("10:00:01")]
    [InlineData("10:30:00.000")]
    public void Rule_8_a_decline_in_time_moves_the_deadline_to_creation_and_one_hour(string declinedAt)
    {
        var (moved, ledger) = Decline(Half, declinedAt);

        Assert.Equal(At("2026-01-13 11:00"), moved.DueAt);
        Assert.Null(moved.BreachedAt);
        Assert.Equal(Half.StartedAt, moved.StartedAt);
        var retargeted = Assert.Single(ledger, fact => fact.Kind == LedgerKind.Retargeted);
        Assert.Equal("2026-01-13T10:30:00.000Z", retargeted.Data["from"]);
        Assert.Equal("2026-01-13T11:00:00.000Z", retargeted.Data["dueAt"]);
        Assert.Equal("declined", retargeted.Data["reason"]);
        Assert.Equal("01:00:00", retargeted.Data["target"]);
    }

    [Theory]
    [InlineData("10:30:00.001")]
    [InlineData("10:45:00")]
    [InlineData("12:00:00")]
    public void Rule_8_a_decline_after_the_thirty_minutes_never_touches_the_breach(string declinedAt)
    {
        var (kept, ledger) = Decline(Half, declinedAt);

        Assert.Equal(At("2026-01-13 10:30"), kept.DueAt);
        Assert.Equal(At("2026-01-13 10:30"), kept.BreachedAt);
        Assert.Equal(LedgerKind.Breached, ledger[^1].Kind);
        Assert.DoesNotContain(ledger, fact => fact.Kind == LedgerKind.Retargeted);
    }

    [Fact]
    public void Rule_8_a_decline_leaves_an_answered_promise_alone()
    {
        var answered = ObligationClock.Answer(Half, At("2026-01-13 10:10:00")).Obligation;
        var (kept, ledger) = Decline(answered, "10:20:00");

        Assert.Equal(answered, kept);
        Assert.Empty(ledger);
    }

    [Theory]
    [InlineData("10:00:00", "10:30:00", false)]
    [InlineData("10:20:00", "10:50:00", false)]
    [InlineData("10:30:00", "11:00:00", true)]
    [InlineData("10:50:00", "11:00:00", true)]
    public void Rule_8_raised_is_the_earlier_of_the_old_deadline_and_thirty_minutes_from_now(string raisedAt, string due, bool stands)
    {
        var raised = Raise(Hour, raisedAt).Obligation;

        Assert.Equal(At($"2026-01-13 {due}"), raised.DueAt);
        Assert.Equal(Hour.StartedAt, raised.StartedAt);
        Assert.Equal(stands ? Hour.Target : PromiseTarget.Of(TimeSpan.FromMinutes(30)), raised.Target);
        Assert.Equal(stands, raised.Explanation[^1].Values.ContainsKey("stands"));
    }

    [Fact]
    public void Rule_8_raising_after_the_breach_changes_nothing()
    {
        var (kept, ledger) = Raise(Hour, "11:00:00.001");

        Assert.Equal(Hour.DueAt, kept.DueAt);
        Assert.Equal(Hour.DueAt, kept.BreachedAt);
        Assert.DoesNotContain(ledger, fact => fact.Kind == LedgerKind.Retargeted);
    }

    [Fact]
    public void Rule_8_raising_a_business_day_promise_walks_the_clock_of_whichever_deadline_is_earlier()
    {
        var policy = Policy();
        var day = Promised(Request("2026-01-16 09:00:00") with { Role = RequesterRole.User }, policy); // Friday 10:00 to Monday 10:00 in Berlin
        var critical = policy.Rules[0];
        var soon = PromiseClock.Raise(policy, critical, Request("2026-01-16 09:00:00"), day, At("2026-01-17 12:00:00"));
        var late = PromiseClock.Raise(policy, critical, Request("2026-01-16 09:00:00"), day, At("2026-01-19 08:50:00"));

        Assert.Equal((At("2026-01-17 12:30"), BusinessCalendar.AlwaysOpenKey, 1), (soon.DueAt, soon.Calendar, soon.OpenSpans.Count));
        Assert.Equal((At("2026-01-19 09:00"), DefaultPolicy.OfficeCalendar, 2), (late.DueAt, late.Calendar, late.OpenSpans.Count));
        Assert.Equal(day.Warnings, late.Warnings);
    }

    [Fact]
    public void Rule_11_warnings_of_a_moved_promise_whose_moment_has_passed_fire_at_once()
    {
        var policy = Policy();
        var day = Promised(Request("2026-01-16 09:00:00") with { Role = RequesterRole.User }, policy);
        var promised = PromiseClock.Raise(policy, policy.Rules[0], Request("2026-01-16 09:00:00"), day, At("2026-01-16 12:00:00"));
        var (moved, ledger) = ObligationClock.Retarget(day, promised, "raised", At("2026-01-16 12:00:00"));

        Assert.Equal([LedgerKind.Retargeted, LedgerKind.Warned, LedgerKind.Warned], ledger.Select(fact => fact.Kind));
        Assert.Equal(["50%", "75%"], ledger.Skip(1).Select(fact => fact.Data["step"]));
        Assert.All(moved.Warnings.Take(2), warning => Assert.Equal(At("2026-01-16 12:00"), warning.FiredAt));
    }

    [Fact]
    public void Rule_11_a_warning_that_fired_does_not_fire_again_after_a_move()
    {
        var (declined, ledger) = Decline(Half, "10:20:00");
        var (_, later) = ObligationClock.CatchUp(declined, At("2026-01-13 11:00:00"));

        Assert.Equal(["50%"], ledger.Where(fact => fact.Kind == LedgerKind.Warned).Select(fact => fact.Data["step"]));
        Assert.Equal(["75%", "-00:05:00"], later.Select(fact => fact.Data["step"]));
    }

    [Fact]
    public void Rule_11_a_step_that_fired_stays_known_when_the_new_promise_leaves_it_out()
    {
        var fired = ObligationClock.CatchUp(Hour, At("2026-01-13 10:30:00")).Obligation;
        var bare = Hour with { Warnings = [], DueAt = At("2026-01-13 10:50") };
        var moved = ObligationClock.Retarget(fired, bare, "policy", At("2026-01-13 10:31:00")).Obligation;
        var (back, ledger) = ObligationClock.Retarget(moved, Hour, "policy", At("2026-01-13 10:32:00"));

        Assert.Equal("50%", Assert.Single(moved.Warnings).Step);
        Assert.Equal([LedgerKind.Retargeted], ledger.Select(fact => fact.Kind));
        Assert.Equal(3, back.Warnings.Count);
    }

    [Fact]
    public void Rule_4_a_move_keeps_the_cycle_and_the_start()
    {
        var moved = ObligationClock.Retarget(Half with { Cycle = 3 }, Hour with { StartedAt = At("2026-01-13 10:05") }, "declined", At("2026-01-13 10:10")).Obligation;

        Assert.Equal((3, Half.StartedAt), (moved.Cycle, moved.StartedAt));
    }

    private static ObligationClock.Outcome Decline(ObligationFacts obligation, string at) =>
        ObligationClock.Retarget(obligation, Promised(Claimed with { Claim = ClaimState.Declined }), "declined", At($"2026-01-13 {at}"));

    private static ObligationClock.Outcome Raise(ObligationFacts obligation, string at)
    {
        var (policy, now) = (Policy(), At($"2026-01-13 {at}"));
        return ObligationClock.Retarget(obligation, PromiseClock.Raise(policy, policy.Rules[0], Request("2026-01-13 10:00:00"), obligation, now), "raised", now);
    }
}
