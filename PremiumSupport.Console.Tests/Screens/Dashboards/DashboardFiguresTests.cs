using PremiumSupport.Desk.Tickets;
using PremiumSupport.Screens.Dashboards;
using PremiumSupport.Sla;
using static PremiumSupport.Tests.Screens.Rows;

namespace PremiumSupport.Tests.Screens.Dashboards;

/// <summary>The figures of the dashboard.</summary>
public sealed class DashboardFiguresTests
{
    [Fact]
    public void First_response_leaves_callbacks_out()
    {
        var figures = Tally(at => at, Promise(Metric.FirstResponse, -60, 10), Promise(Metric.Callback, -60, 1)).FirstResponse;
        Assert.Equal(1, figures.Matured);
        Assert.Equal(TimeSpan.FromMinutes(10), figures.P50);
    }

    [Fact]
    public void Missed_promises_stand_in_the_hour_of_their_deadline_where_the_viewer_is()
    {
        var hours = Tally(at => at.ToOffset(TimeSpan.FromHours(1)), Promise(Metric.FirstResponse, -60, null), Promise(Metric.FirstResponse, -60, 5)).MissedByHour;
        Assert.Equal(24, hours.Count);
        Assert.Equal(1, hours[14].Guaranteed);
        Assert.Equal(1, hours.Sum(hour => hour.Guaranteed + hour.Other));
    }

    [Fact]
    public void A_way_in_that_had_nothing_mature_has_no_line() => Assert.Equal(["Email form"], Tally(at => at, Promise(Metric.FirstResponse, -60, 5)).ByChannel.Select(line => line.Name));

    [Fact]
    public void Every_day_up_to_today_has_its_place()
    {
        var tally = new DaysTally(Now, at => at);
        tally.Add(Promise(Metric.FirstResponse, -60, 5));
        var days = tally.Days(3);
        Assert.Equal([new DateOnly(2026, 11, 22), new(2026, 11, 23), new(2026, 11, 24)], days.Select(day => day.Day));
        Assert.Equal([0, 0, 1], days.Select(day => day.Matured));
    }

    [Fact]
    public void Load_is_told_by_state_and_without_what_nobody_has()
    {
        var loads = DashboardFigures.Loads([Row(1, -5, "Mara"), Row(2, 5, "Mara"), Row(3, 60, "Mara"), Row(4, null, "Mara"), Row(5, 60)], Now);
        Assert.Equal([new Load("Mara", 1, 1, 1, 1)], loads);
    }

    [Theory]
    [InlineData(45, "45s")]
    [InlineData(680, "11m 20s")]
    [InlineData(3960, "1h 06m")]
    [InlineData(187200, "2d 4h")]
    public void Durations_have_two_units_at_most(int seconds, string text) => Assert.Equal(text, Durations.Brief(TimeSpan.FromSeconds(seconds)));

    private static WindowTally Tally(Func<DateTimeOffset, DateTimeOffset> local, params ReportedPromise[] promises)
    {
        var tally = new WindowTally(Now, local);
        foreach (var promise in promises)
        {
            tally.Add(promise);
        }

        return tally;
    }

    // Due so many minutes from now after an hour's promise; answered so many minutes after its start, or never.
    private static ReportedPromise Promise(Metric metric, int dueInMinutes, int? answeredAfter)
    {
        var due = Now.AddMinutes(dueInMinutes);
        var start = due.AddHours(-1);
        return new(1, metric, Commitment.Guaranteed, Channel.Email, Severity.Standard, Guid.Empty, null, new(start, due, due, answeredAfter is { } minutes ? start.AddMinutes(minutes) : null, answeredAfter is null ? due : null));
    }
}
