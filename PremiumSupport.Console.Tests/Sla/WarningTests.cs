using PremiumSupport.Sla;
using static PremiumSupport.Tests.Sla.Given;

namespace PremiumSupport.Tests.Sla;

/// <summary>Rule 11: the steps before the end.</summary>
public class WarningTests
{
    private static readonly WarningStep[] Steps = [WarningStep.At(50), WarningStep.At(75), WarningStep.BeforeEnd(TimeSpan.FromMinutes(5))];

    [Fact]
    public void Rule_11_the_default_steps_are_half_three_quarters_and_five_minutes_before()
    {
        var obligation = Promised(Request("2026-01-13 10:00:00"));

        Assert.Equal(
            [new("50%", At("2026-01-13 10:30")), new("75%", At("2026-01-13 10:45")), new ScheduledWarning("-00:05:00", At("2026-01-13 10:55"))],
            obligation.Warnings);
        Assert.Equal(At("2026-01-13 10:45"), obligation.AtRiskAt);
    }

    [Theory]
    [InlineData("00:05:00", false)]
    [InlineData("00:09:59.9990000", false)]
    [InlineData("00:10:00", true)]
    [InlineData("01:00:00", true)]
    public void Rule_11_a_minutes_step_in_the_first_half_is_left_out(string target, bool isKept)
    {
        var rule = Rule(PromiseTarget.Of(Long(target)), BusinessCalendar.AlwaysOpenKey, Steps);
        var obligation = PromiseClock.Promise(Policy(), rule, Request("2026-01-13 10:00:00"));

        Assert.Equal(isKept, obligation.Warnings.Any(warning => warning.Step == "-00:05:00"));
        Assert.Equal(2, obligation.Warnings.Count(warning => warning.Step != "-00:05:00"));
    }

    [Fact]
    public void Rule_12_percent_steps_count_open_time_and_one_used_up_at_a_close_is_that_close()
    {
        var rule = Rule(PromiseTarget.Of(TimeSpan.FromHours(2)), DefaultPolicy.OfficeCalendar, Steps);
        var obligation = PromiseClock.Promise(Policy(), rule, Request("2026-01-16 15:00:00")); // Friday 16:00 in Berlin

        Assert.Equal(At("2026-01-19 09:00"), obligation.DueAt);
        Assert.Equal([At("2026-01-16 16:00"), At("2026-01-19 08:30"), At("2026-01-19 08:55")], obligation.Warnings.Select(warning => warning.At));
        Assert.Equal(At("2026-01-19 08:30"), obligation.AtRiskAt);
    }

    [Fact]
    public void Rule_12_the_steps_of_a_business_day_count_open_time_between_start_and_due()
    {
        var obligation = Promised(Request("2026-01-16 09:00:00") with { Role = RequesterRole.User }); // Friday 10:00 in Berlin

        Assert.Equal(At("2026-01-19 09:00"), obligation.DueAt);
        Assert.Equal([At("2026-01-16 13:00"), At("2026-01-16 15:00"), At("2026-01-19 08:55")], obligation.Warnings.Select(warning => warning.At));
        Assert.Equal(2, obligation.OpenSpans.Count);
    }

    [Fact]
    public void Rule_11_shares_of_a_target_are_cut_to_whole_milliseconds()
    {
        var rule = Rule(PromiseTarget.Of(TimeSpan.FromMilliseconds(1001)), BusinessCalendar.AlwaysOpenKey, WarningStep.At(33));
        var obligation = PromiseClock.Promise(Policy(), rule, Request("2026-01-13 10:00:00"));

        Assert.Equal(At("2026-01-13 10:00:00.330"), Assert.Single(obligation.Warnings).At);
        Assert.Equal(At("2026-01-13 10:00:00.750"), obligation.AtRiskAt);
    }

    [Fact]
    public void Rule_11_steps_fire_in_the_order_of_their_moments_and_the_same_step_once()
    {
        var rule = Rule(PromiseTarget.Of(TimeSpan.FromHours(1)), BusinessCalendar.AlwaysOpenKey, WarningStep.At(90), WarningStep.At(10), WarningStep.At(90));
        var obligation = PromiseClock.Promise(Policy(), rule, Request("2026-01-13 10:00:00"));

        Assert.Equal(["10%", "90%"], obligation.Warnings.Select(warning => warning.Step));
    }

    [Fact]
    public void Rule_11_each_step_fires_exactly_once_and_at_its_moment_not_before()
    {
        var obligation = Promised(Request("2026-01-13 10:00:00"));
        var fired = new List<(string Now, string Step)>();
        foreach (var now in new[] { "10:29:59.999", "10:30:00", "10:30:00", "10:44:00", "10:50:00", "10:55:00", "10:59:00", "11:00:00" })
        {
            var (next, ledger) = ObligationClock.CatchUp(obligation, At($"2026-01-13 {now}"));
            fired.AddRange(ledger.Select(fact => (now, $"{fact.Kind} {fact.Data["step"]}")));
            obligation = next;
        }

        Assert.Equal([("10:30:00", "Warned 50%"), ("10:50:00", "Warned 75%"), ("10:55:00", "Warned -00:05:00")], fired);
    }

    [Fact]
    public void Rule_11_a_warning_counts_from_its_moment_and_says_when_it_was_noticed()
    {
        var (obligation, ledger) = ObligationClock.CatchUp(Promised(Request("2026-01-13 10:00:00")), At("2026-01-13 10:33:00"));

        var warned = Assert.Single(ledger);
        Assert.Equal(At("2026-01-13 10:30"), warned.At);
        Assert.Equal("2026-01-13T10:33:00.000Z", warned.Data["detectedAt"]);
        Assert.Equal(At("2026-01-13 10:33"), obligation.Warnings[0].FiredAt);
    }

    [Fact]
    public void Rule_11_nothing_warns_about_what_was_answered_before()
    {
        var answered = ObligationClock.Answer(Promised(Request("2026-01-13 10:00:00")), At("2026-01-13 10:31:00")).Obligation;
        var (_, ledger) = ObligationClock.CatchUp(answered, At("2026-01-13 12:00:00"));

        Assert.Empty(ledger);
        Assert.Null(answered.NextFlagAt);
    }

    [Fact]
    public void Rule_11_the_next_flag_walks_from_step_to_step_to_one_millisecond_past_the_deadline()
    {
        var obligation = Promised(Request("2026-01-13 10:00:00"));
        var flags = new List<DateTimeOffset>();
        while (obligation.NextFlagAt is { } next && flags.Count < 10)
        {
            Assert.Empty(ObligationClock.CatchUp(obligation, next.AddMilliseconds(-1)).Ledger);
            flags.Add(next);
            obligation = ObligationClock.CatchUp(obligation, next).Obligation;
        }

        Assert.Equal([At("2026-01-13 10:30"), At("2026-01-13 10:45"), At("2026-01-13 10:55"), At("2026-01-13 11:00:00.001")], flags);
    }

    [Theory]
    [InlineData(1, null, true)]
    [InlineData(99, null, true)]
    [InlineData(0, null, false)]
    [InlineData(100, null, false)]
    [InlineData(null, "00:05:00", true)]
    [InlineData(null, "00:00:00", false)]
    [InlineData(null, "00:00:00.0000001", false)]
    [InlineData(50, "00:05:00", false)]
    [InlineData(null, null, false)]
    public void Rule_11_a_step_is_either_a_share_or_a_time_before_the_end(int? percent, string? before, bool isValid) =>
        Assert.Equal(isValid, new WarningStep { Percent = percent, Before = before is null ? null : Long(before) }.IsValid);
}
