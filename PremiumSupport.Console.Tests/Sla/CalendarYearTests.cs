using PremiumSupport.Sla;
using static PremiumSupport.Tests.Sla.Given;

namespace PremiumSupport.Tests.Sla;

/// <summary>A calendar's year as people look at it.</summary>
public class CalendarYearTests
{
    private static readonly BusinessCalendar Berlin = Office("Europe/Berlin", "09:00-17:00", Holiday("2028-12-25", "Christmas Day"), ShortDay("2028-12-26", "09:00-12:00"));

    [Fact]
    public void Every_day_of_a_leap_year_is_there_once_and_says_what_it_is()
    {
        var days = CalendarYear.Of(Berlin, 2028);

        Assert.Equal(366, days.Select(day => day.Date).Distinct().Count());
        Assert.Equal((CalendarDayKind.Holiday, "Christmas Day"), On(days, 12, 25));
        Assert.Equal((CalendarDayKind.ShortDay, "Short day"), On(days, 12, 26));
        Assert.Equal((CalendarDayKind.Open, null), On(days, 12, 27));
        Assert.Equal((CalendarDayKind.Shut, null), On(days, 12, 30));
    }

    [Theory]
    [InlineData("Europe/Berlin", 2026, "2026-03-29 2026-10-25")]
    [InlineData("America/New_York", 2026, "2026-03-08 2026-11-01")]
    [InlineData("Australia/Sydney", 2026, "2026-04-05 2026-10-04")]
    [InlineData("Asia/Tokyo", 2026, "")]
    [InlineData("Pacific/Apia", 2011, "2011-04-02 2011-09-24 2011-12-31")]
    public void The_days_on_which_clocks_change_are_the_zones(string zone, int year, string days) =>
        Assert.Equal(days, string.Join(' ', CalendarYear.Of(Office(zone, "09:00-17:00"), year).Where(day => day.IsClockChange).Select(day => $"{day.Date:yyyy-MM-dd}")));

    private static (CalendarDayKind, string?) On(IReadOnlyList<CalendarDay> days, int month, int day) => days.Where(item => item.Date == new DateOnly(2028, month, day)).Select(item => (item.Kind, item.Name)).Single();
}
