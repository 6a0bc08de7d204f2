using PremiumSupport.Sla;
using static PremiumSupport.Tests.Sla.Given;

namespace PremiumSupport.Tests.Sla;

/// <summary>Rule 12: a duration runs only inside the spans. Instants with +01:00 are Berlin's winter time.</summary>
public class DurationTests
{
    [Theory]
    [InlineData("2026-01-13 10:00:00 +01:00", "01:00:00", "2026-01-13 11:00:00 +01:00")] // inside
    [InlineData("2026-01-13 16:45:30 +01:00", "00:30:00", "2026-01-14 09:15:30 +01:00")] // seconds are kept across the close
    [InlineData("2026-01-13 16:30:00 +01:00", "00:30:00", "2026-01-13 17:00:00 +01:00")] // used up at a close is due at that close
    [InlineData("2026-01-13 16:30:00 +01:00", "00:30:00.0010000", "2026-01-14 09:00:00.001 +01:00")] // one millisecond more is tomorrow
    [InlineData("2026-01-13 17:00:00 +01:00", "00:30:00", "2026-01-14 09:30:00 +01:00")] // a span is half-open: its end is shut
    [InlineData("2026-01-13 16:59:59.999 +01:00", "00:00:00.0010000", "2026-01-13 17:00:00 +01:00")]
    [InlineData("2026-01-13 06:00:00 +01:00", "00:30:00", "2026-01-13 09:30:00 +01:00")] // before opening
    [InlineData("2026-01-13 22:00:00 +01:00", "00:30:00", "2026-01-14 09:30:00 +01:00")] // after close
    [InlineData("2026-01-16 16:00:00 +01:00", "02:00:00", "2026-01-19 10:00:00 +01:00")] // Friday to Monday
    [InlineData("2026-01-17 12:00:00 +01:00", "08:00:00", "2026-01-19 17:00:00 +01:00")] // from a Saturday
    [InlineData("2026-01-12 09:00:00 +01:00", "1.16:00:00", "2026-01-16 17:00:00 +01:00")] // a whole week, to its close
    public void Rule_12_a_duration_counts_business_hours_to_the_second(string start, string duration, string due) =>
        Assert.Equal(At(due), Office("Europe/Berlin", "09:00-17:00").AddOpenTime(At(start), Long(duration)));

    [Theory]
    [InlineData("2026-01-13 11:30:00 +01:00", "01:00:00", "2026-01-13 13:30:00 +01:00")]
    [InlineData("2026-01-13 11:30:00 +01:00", "00:30:00", "2026-01-13 12:00:00 +01:00")]
    [InlineData("2026-01-13 12:00:00 +01:00", "00:30:00", "2026-01-13 13:30:00 +01:00")]
    [InlineData("2026-01-13 12:59:59 +01:00", "04:00:00", "2026-01-13 17:00:00 +01:00")]
    public void Rule_12_a_lunch_break_does_not_count(string start, string duration, string due) =>
        Assert.Equal(At(due), Office("Europe/Berlin", "09:00-12:00 13:00-17:00").AddOpenTime(At(start), Long(duration)));

    [Fact]
    public void Rule_12_holidays_are_skipped_and_short_days_count_their_own_hours()
    {
        var office = Office("Europe/Berlin", "09:00-17:00", ShortDay("2026-12-24", "09:00-12:00"), Holiday("2026-12-25"), Holiday("2027-01-01"));

        Assert.Equal(At("2026-12-28 10:00:00 +01:00"), office.AddOpenTime(At("2026-12-24 11:00:00 +01:00"), TimeSpan.FromHours(2)));
        Assert.Equal(At("2027-01-04 09:30:00 +01:00"), office.AddOpenTime(At("2026-12-31 16:30:00 +01:00"), TimeSpan.FromHours(1)));
    }

    [Fact]
    public void Rule_12_a_special_day_can_open_an_office_on_a_day_it_is_usually_shut() =>
        Assert.Equal(
            At("2026-01-17 10:30:00 +01:00"),
            Office("Europe/Berlin", "09:00-17:00", ShortDay("2026-01-17", "10:00-11:00")).AddOpenTime(At("2026-01-16 17:00:00 +01:00"), TimeSpan.FromMinutes(30)));

    [Fact]
    public void Rule_12_spans_that_touch_midnight_run_on_without_a_seam()
    {
        var office = Daily("Europe/Berlin", "00:00-06:00 22:00-24:00");

        Assert.Equal(At("2026-01-14 01:00:00 +01:00"), office.AddOpenTime(At("2026-01-13 23:00:00 +01:00"), TimeSpan.FromHours(2)));
        Assert.Equal(At("2026-01-14 00:00:00 +01:00"), office.AddOpenTime(At("2026-01-13 23:00:00 +01:00"), TimeSpan.FromHours(1)));
        var night = Assert.Single(office.OpenSpans(At("2026-01-13 12:00:00 +01:00"), At("2026-01-14 12:00:00 +01:00")));
        Assert.Equal(new OpenSpan(At("2026-01-13 22:00:00 +01:00"), At("2026-01-14 06:00:00 +01:00")), night);
    }

    [Theory]
    [InlineData("2026-12-31 23:59:59.999")]
    [InlineData("2028-02-28 23:59:59")]
    [InlineData("2026-03-29 00:59:59.500")]
    public void Rule_12_the_calendar_that_never_shuts_counts_every_second(string start)
    {
        Assert.Equal(At(start).AddHours(1), BusinessCalendar.AlwaysOpen.AddOpenTime(At(start), TimeSpan.FromHours(1)));
        Assert.Equal(TimeSpan.FromHours(1), BusinessCalendar.AlwaysOpen.OpenTime(At(start), At(start).AddHours(1)));
        Assert.Equal(At(start).AddHours(1), Daily("Europe/Berlin", "00:00-24:00").AddOpenTime(At(start), TimeSpan.FromHours(1)));
    }

    [Fact]
    public void Rule_12_the_leap_day_is_a_day_like_any_other()
    {
        var office = Office("Europe/Berlin", "09:00-17:00");

        Assert.Equal(At("2028-02-29 10:00:00 +01:00"), office.AddOpenTime(At("2028-02-28 16:00:00 +01:00"), TimeSpan.FromHours(2)));
        Assert.Equal(At("2027-03-01 10:00:00 +01:00"), office.AddOpenTime(At("2027-02-26 16:00:00 +01:00"), TimeSpan.FromHours(2)));
    }

    [Fact]
    public void Rule_12_a_duration_below_zero_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Office("Europe/Berlin", "09:00-17:00").AddOpenTime(At("2026-01-13 10:00:00"), TimeSpan.FromTicks(-1)));
}
