using PremiumSupport.Desk.Preferences;
using PremiumSupport.Tests.Sla;

namespace PremiumSupport.Tests.Desk.Preferences;

/// <summary>Quiet hours: to the instant, over midnight, by days, and in nights that have an hour too many or too few.</summary>
public sealed class QuietHoursTests
{
    private static readonly DayOfWeek[] All = Enum.GetValues<DayOfWeek>();
    private static readonly QuietHours Night = new("Europe/Berlin", new(22, 0), new(7, 0), All);

    // Berlin is at UTC+1 in January.
    [Theory]
    [InlineData("2026-01-13 20:59:59.999", false)]
    [InlineData("2026-01-13 21:00:00", true)]
    [InlineData("2026-01-13 23:30:00", true)]
    [InlineData("2026-01-14 05:59:59.999", true)]
    [InlineData("2026-01-14 06:00:00", false)]
    [InlineData("2026-01-14 12:00:00", false)]
    public void A_night_is_quiet_from_its_first_instant_to_the_one_before_its_end(string at, bool isQuiet) => Assert.Equal(isQuiet, Night.IsQuiet(Given.At(at)));

    [Theory]
    [InlineData("2026-01-16 21:30:00", true)] // Friday evening
    [InlineData("2026-01-17 05:00:00", true)] // the morning after it
    [InlineData("2026-01-17 21:30:00", false)] // Saturday evening
    [InlineData("2026-01-18 05:00:00", false)]
    public void A_day_is_the_one_on_which_they_begin(string at, bool isQuiet) => Assert.Equal(isQuiet, (Night with { Days = [DayOfWeek.Friday] }).IsQuiet(Given.At(at)));

    [Theory]
    [InlineData("2026-01-14 11:00:00", true)]
    [InlineData("2026-01-14 10:59:59", false)]
    [InlineData("2026-01-14 12:00:00", false)]
    [InlineData("2026-01-13 23:30:00", false)]
    public void Hours_within_a_day_do_not_reach_over_midnight(string at, bool isQuiet) => Assert.Equal(isQuiet, (Night with { From = new(12, 0), To = new(13, 0) }).IsQuiet(Given.At(at)));

    [Theory]
    [InlineData("2026-01-13 22:59:59", false)]
    [InlineData("2026-01-13 23:00:00", true)]
    [InlineData("2026-01-14 22:59:59", true)]
    [InlineData("2026-01-14 23:00:00", false)]
    public void The_same_time_twice_is_a_whole_day(string at, bool isQuiet) =>
        Assert.Equal(isQuiet, (Night with { From = TimeOnly.MinValue, To = TimeOnly.MinValue, Days = [DayOfWeek.Wednesday] }).IsQuiet(Given.At(at)));

    // On 29 March 2026 Berlin has no 02:00 to 03:00, on 25 October it has them twice.
    [Theory]
    [InlineData("2026-03-29 00:59:59", true)]
    [InlineData("2026-03-29 01:30:00", false)] // 03:30: an end of 02:30, which that night skips, came at 03:30
    [InlineData("2026-03-29 01:29:59", true)]
    [InlineData("2026-10-25 00:29:59", true)] // 02:29, the first time
    [InlineData("2026-10-25 00:30:00", false)] // 02:30, the first time, which counts
    [InlineData("2026-10-25 01:29:59", false)] // 02:29 again
    public void The_nights_of_the_clock_change_have_one_end(string at, bool isQuiet) => Assert.Equal(isQuiet, (Night with { To = new(2, 30) }).IsQuiet(Given.At(at)));

    [Theory]
    [InlineData("America/New_York", "2026-01-14 03:00:00", true)]
    [InlineData("Asia/Kolkata", "2026-01-14 03:00:00", false)]
    [InlineData("Pacific/Kiritimati", "2026-01-14 08:00:00", true)]
    public void The_wall_is_that_of_their_person(string zone, string at, bool isQuiet) => Assert.Equal(isQuiet, (Night with { Zone = zone }).IsQuiet(Given.At(at)));

    [Fact]
    public void Wrong_ones_are_told_in_a_sentence()
    {
        Assert.Null(Night.Check());
        Assert.Contains("not a time zone", (Night with { Zone = "Berlin" }).Check(), StringComparison.Ordinal);
        Assert.Contains("at least one day", (Night with { Days = [] }).Check(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_minute_of_a_year_agrees_with_the_clock_on_the_wall_but_for_the_hours_of_the_change()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var from = Given.At("2026-01-01 00:00:00");
        for (var minute = 0; minute < 365 * 24 * 60; minute += 7)
        {
            var at = from.AddMinutes(minute);
            var wall = TimeZoneInfo.ConvertTime(at, zone).TimeOfDay;
            Assert.Equal(wall >= TimeSpan.FromHours(22) || wall < TimeSpan.FromHours(7), Night.IsQuiet(at));
        }
    }
}
