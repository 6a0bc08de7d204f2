using PremiumSupport.Sla;
using static PremiumSupport.Tests.Sla.Given;

namespace PremiumSupport.Tests.Sla;

/// <summary>Rule 13: a clock that stood moves its deadline by exactly the open time that it stood, and by nothing else.</summary>
public class StopTests
{
    private static readonly SlaPolicy Default = Policy();

    [Theory]
    [InlineData("10:20 10:30", "11:10", "inside")]
    [InlineData("09:00 10:00", "11:00", "over at the start")]
    [InlineData("09:00 10:15", "11:15", "begun before")]
    [InlineData("11:00 12:00", "11:00", "begins at the deadline")]
    [InlineData("10:59:59.999 12:00", "12:00:00.001", "the last millisecond")]
    [InlineData("10:20 10:30,10:25 10:40", "11:20", "overlapping ones count once")]
    [InlineData("10:20 10:30,10:40 10:50", "11:20", "two")]
    [InlineData("10:50 11:30,11:35 12:00", "12:05", "the first pushes the deadline into the second")]
    [InlineData("10:50 11:30,11:40 12:00", "11:40", "used up exactly where the second begins")]
    [InlineData("10:00 10:00", "11:00", "an empty one")]
    public void An_hour_on_a_clock_that_never_shuts(string stops, string due, string why)
    {
        var moved = PromiseClock.WithStops(Default, Promised(Request("2026-01-13 10:00")), Stops(stops));

        Assert.True(At($"2026-01-13 {due}") == moved.DueAt, $"{why}: {ObligationClock.Text(moved.DueAt)}");
        Assert.Equal((At("2026-01-13 11:00"), At("2026-01-13 11:00")), (moved.GrossDueAt, moved.BaseDueAt));
        Assert.Equal(due != "11:00", moved.IsExcepted);
        Assert.Equal(TimeSpan.FromHours(1), moved.OpenSpans.Aggregate(TimeSpan.Zero, (sum, span) => sum + span.Length));
    }

    [Fact]
    public void In_business_hours_only_open_time_that_was_stopped_moves_the_deadline()
    {
        var policy = new SlaPolicy(1, "", [Rule(PromiseTarget.Of(TimeSpan.FromHours(4)), "office")], [Office("Etc/UTC", "09:00-17:00")]);
        var promised = PromiseClock.Promise(policy, Request("2026-01-13 15:00")).Single();
        Assert.Equal(At("2026-01-14 11:00"), promised.DueAt);

        // The night is shut anyway: of a stop from 16:00 to 10:00 it takes away one hour on each side.
        var moved = PromiseClock.WithStops(policy, promised, [new(At("2026-01-13 16:00"), At("2026-01-14 10:00"), StopKind.Exception, "x")]);
        Assert.Equal(At("2026-01-14 13:00"), moved.DueAt);

        var night = PromiseClock.WithStops(policy, promised, [new(At("2026-01-13 17:00"), At("2026-01-14 09:00"), StopKind.Exception, "x")]);
        Assert.Equal(promised.DueAt, night.DueAt);
        Assert.Empty(night.Stops);
    }

    [Fact]
    public void A_business_day_moves_by_the_open_time_that_was_stopped()
    {
        var promised = Promised(Request("2026-01-13 09:00") with { Role = RequesterRole.User });
        Assert.Equal(At("2026-01-14 09:00"), promised.DueAt);

        var moved = PromiseClock.WithStops(Default, promised, [new(At("2026-01-13 12:00"), At("2026-01-13 14:00"), StopKind.Exception, "x")]);
        Assert.Equal(At("2026-01-14 11:00"), moved.DueAt);
    }

    [Fact]
    public void Warnings_follow_the_moved_deadline_and_those_that_fired_stay()
    {
        var warned = ObligationClock.CatchUp(Promised(Request("2026-01-13 10:00")), At("2026-01-13 10:30")).Obligation;
        var (moved, ledger) = ObligationClock.Except(warned, [new(At("2026-01-13 10:40"), At("2026-01-13 11:40"), StopKind.Exception, "x")], Default, At("2026-01-13 10:35"));

        Assert.Equal(At("2026-01-13 12:00"), moved.DueAt);
        Assert.Equal(At("2026-01-13 11:45"), moved.AtRiskAt);
        Assert.Equal(
            [("50%", "2026-01-13T10:30:00.000Z"), ("75%", "2026-01-13T11:45:00.000Z"), ("-00:05:00", "2026-01-13T11:55:00.000Z")],
            moved.Warnings.Select(warning => (warning.Step, ObligationClock.Text(warning.At))));
        var fact = Assert.Single(ledger);
        Assert.Equal((LedgerKind.Excluded, "x", "2026-01-13T11:00:00.000Z", "2026-01-13T12:00:00.000Z"), (fact.Kind, fact.Data["exception"], fact.Data["from"], fact.Data["dueAt"]));
        Assert.Equal(ObligationState.Paused, ObligationClock.StateAt(moved, At("2026-01-13 11:00")));
        Assert.Equal(ObligationState.OnTrack, ObligationClock.StateAt(moved, At("2026-01-13 11:40")));
        Assert.Contains(moved.Explanation, step => step.Kind == ExplanationKind.Exception && step.Values["id"] == "x");
    }

    [Fact]
    public void Exceptions_approved_before_meet_a_new_promise_at_once_each_with_a_fact_of_its_own()
    {
        var (begun, ledger) = ObligationClock.Begin(
            Promised(Request("2026-01-13 10:00")), Request("2026-01-13 10:00"), Default,
            [new(At("2026-01-13 11:10"), At("2026-01-13 11:20"), StopKind.Exception, "b"), new(At("2026-01-13 10:50"), At("2026-01-13 11:05"), StopKind.Exception, "a")]);

        Assert.Equal(At("2026-01-13 11:25"), begun.DueAt);
        Assert.Equal(["promised", "excluded a", "excluded b"], ledger.Select(fact => LedgerFacts.Word(fact.Kind) + (fact.Kind == LedgerKind.Excluded ? " " + fact.Data["exception"] : "")));
        Assert.Equal("2026-01-13T11:00:00.000Z", ledger[0].Data["dueAt"]);
    }

    [Fact]
    public void Rule_4_an_exception_takes_back_no_breach_and_excuses_no_late_answer()
    {
        var late = ObligationClock.CatchUp(Promised(Request("2026-01-13 10:00")), At("2026-01-13 11:00:01")).Obligation;
        var stop = new ClockStop(At("2026-01-13 11:00:02"), At("2026-01-13 12:00"), StopKind.Exception, "x");

        Assert.Equal(late, ObligationClock.Except(late, [stop], Default, At("2026-01-13 11:00:02")).Obligation);
    }

    [Fact]
    public void Applied_twice_an_exception_moves_once()
    {
        ClockStop[] stop = [new(At("2026-01-13 10:40"), At("2026-01-13 11:40"), StopKind.Exception, "x")];
        var once = ObligationClock.Except(Promised(Request("2026-01-13 10:00")), stop, Default, At("2026-01-13 10:01")).Obligation;
        var (twice, ledger) = ObligationClock.Except(once, stop, Default, At("2026-01-13 10:02"));

        Assert.Equal(once, twice);
        Assert.Empty(ledger);
    }

    [Theory]
    [InlineData("raised inside the window", "10:20", "11:10", "11:40")]
    [InlineData("raised before the window", "10:05", "11:05", "11:30")]
    public void Rule_8_a_raised_severity_meets_the_exceptions_too(string why, string raisedAt, string due, string standing)
    {
        // 10:10 to 10:40 does not count. Standard is due 11:30; critical 30 minutes of running clock after the raise.
        ClockStop[] stop = [new(At("2026-01-13 10:10"), At("2026-01-13 10:40"), StopKind.Exception, "x")];
        var request = Request("2026-01-13 10:00");
        var current = ObligationClock.Begin(Promised(request), request, Default, stop).Obligation;
        Assert.Equal(At("2026-01-13 11:30"), current.DueAt);
        var rule = PromiseClock.RulesFor(Default, request, Severity.BusinessCritical).Single();

        var raised = PromiseClock.Raise(Default, rule, request, current, At($"2026-01-13 {raisedAt}"));
        Assert.True(At($"2026-01-13 {due}") == raised.DueAt, $"{why}: {ObligationClock.Text(raised.DueAt)}");
        Assert.NotEqual(At($"2026-01-13 {standing}"), raised.DueAt);
    }

    private static ClockStop[] Stops(string text) =>
        [.. text.Split(',').Select((stop, index) => stop.Split(' ') is [var from, var to] ? new ClockStop(At($"2026-01-13 {from}"), At($"2026-01-13 {to}"), StopKind.Exception, $"{index}") : throw new FormatException(stop))];
}
