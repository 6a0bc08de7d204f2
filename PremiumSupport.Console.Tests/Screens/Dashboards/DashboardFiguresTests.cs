using PremiumSupport.Desk.Tickets;
using PremiumSupport.Screens.Dashboards;
using PremiumSupport.Sla;
using static PremiumSupport.Tests.Screens.Rows;

namespace PremiumSupport.Tests.Screens.Dashboards;

/// <summary>The figures of the dashboard.</summary>
public sealed class DashboardFiguresTests
{
    [Fact]
    public void Every_day_up_to_today_has_its_place()
    {
        var tally = new DaysTally(Now, at => at);
        tally.Add(new(Now.AddHours(-2), Now.AddHours(-1), Now.AddHours(-1), Now.AddMinutes(-115), null));
        var days = tally.Days(new(2026, 11, 22), new(2026, 11, 24));
        Assert.Equal([new DateOnly(2026, 11, 22), new(2026, 11, 23), new(2026, 11, 24)], days.Select(day => day.Day));
        Assert.Equal([0, 0, 1], days.Select(day => day.Matured));
    }

    [Fact]
    public void Load_is_told_by_state_and_without_what_nobody_has()
    {
        var loads = DashboardFigures.Loads([Row(1, -5, "Mara"), Row(2, 5, "Mara"), Row(3, 60, "Mara"), Row(4, null, "Mara"), Row(5, 60)], Now);
        Assert.Equal([new Load(People["Mara"], "Mara", 1, 1, 1, 1)], loads);
    }

    [Theory]
    [InlineData(45, "45s")]
    [InlineData(680, "11m 20s")]
    [InlineData(3960, "1h 06m")]
    [InlineData(187200, "2d 4h")]
    public void Durations_have_two_units_at_most(int seconds, string text) => Assert.Equal(text, Durations.Brief(TimeSpan.FromSeconds(seconds)));
}
