using PremiumSupport.Sla;
using static PremiumSupport.Tests.Sla.Given;

namespace PremiumSupport.Tests.Sla;

/// <summary>Rule 12: n business days are the same wall-clock time on the n-th business day after the start. 13 January 2026 is a Tuesday.</summary>
public class BusinessDayTests
{
    [Theory]
    [InlineData("2026-01-13 10:20:30.400 +01:00", 1, "2026-01-14 10:20:30.400 +01:00")]
    [InlineData("2026-01-13 10:20:30 +01:00", 3, "2026-01-16 10:20:30 +01:00")]
    [InlineData("2026-01-13 10:20:30 +01:00", 4, "2026-01-19 10:20:30 +01:00")]
    [InlineData("2026-01-16 10:00:00 +01:00", 1, "2026-01-19 10:00:00 +01:00")] // Friday to Monday
    [InlineData("2026-01-16 18:00:00 +01:00", 1, "2026-01-20 09:00:00 +01:00")] // Friday evening counts as Monday's opening
    [InlineData("2026-01-17 11:00:00 +01:00", 1, "2026-01-20 09:00:00 +01:00")] // so does a Saturday
    [InlineData("2026-01-13 07:00:00 +01:00", 1, "2026-01-14 09:00:00 +01:00")] // before opening
    [InlineData("2026-01-13 17:00:00 +01:00", 1, "2026-01-15 09:00:00 +01:00")] // a close is outside
    [InlineData("2026-01-13 16:59:59.999 +01:00", 1, "2026-01-14 16:59:59.999 +01:00")]
    [InlineData("2027-02-26 10:00:00 +01:00", 1, "2027-03-01 10:00:00 +01:00")]
    [InlineData("2028-02-28 10:00:00 +01:00", 1, "2028-02-29 10:00:00 +01:00")] // leap day
    [InlineData("2026-03-27 10:00:00 +01:00", 1, "2026-03-30 10:00:00 +02:00")] // same wall clock across the change
    [InlineData("2026-10-23 10:00:00 +02:00", 1, "2026-10-26 10:00:00 +01:00")]
    public void Rule_12_the_nth_business_day_has_the_same_wall_clock_time(string start, int days, string due) =>
        Assert.Equal(At(due), Office("Europe/Berlin", "09:00-17:00").AddBusinessDays(At(start), days));

    [Theory]
    [InlineData("2026-01-13 12:30:00 +01:00", "2026-01-14 13:00:00 +01:00")] // in the gap: its end
    [InlineData("2026-01-13 12:00:00 +01:00", "2026-01-14 13:00:00 +01:00")] // a span's end is outside it
    [InlineData("2026-01-13 11:59:59 +01:00", "2026-01-14 11:59:59 +01:00")]
    [InlineData("2026-01-13 13:00:00 +01:00", "2026-01-14 13:00:00 +01:00")]
    [InlineData("2026-01-13 08:15:00 +01:00", "2026-01-14 09:00:00 +01:00")] // before that day's opening
    [InlineData("2026-01-13 17:30:00 +01:00", "2026-01-14 17:00:00 +01:00")] // past that day's close
    public void Rule_12_a_time_outside_that_days_spans_is_its_next_opening_else_its_close(string start, string due)
    {
        var office = Office("Europe/Berlin", "08:00-18:00", ShortDay("2026-01-14", "09:00-12:00 13:00-17:00"));

        Assert.Equal(At(due), office.AddBusinessDays(At(start), 1));
    }

    [Fact]
    public void Rule_12_on_a_short_day_a_later_time_is_due_at_its_close() =>
        Assert.Equal(
            At("2026-12-24 12:00:00 +01:00"),
            Office("Europe/Berlin", "09:00-17:00", ShortDay("2026-12-24", "09:00-12:00")).AddBusinessDays(At("2026-12-23 15:00:00 +01:00"), 1));

    [Fact]
    public void Rule_12_a_holiday_is_no_business_day_even_across_the_year_end()
    {
        var office = Office("Europe/Berlin", "09:00-17:00", Holiday("2027-01-01"));

        Assert.Equal(At("2027-01-04 15:00:00 +01:00"), office.AddBusinessDays(At("2026-12-31 15:00:00 +01:00"), 1));
        Assert.Equal(At("2027-01-05 09:00:00 +01:00"), office.AddBusinessDays(At("2026-12-31 17:00:00 +01:00"), 1));
    }

    [Fact]
    public void Rule_12_in_an_office_open_until_midnight_the_last_millisecond_of_a_day_is_inside() =>
        Assert.Equal(At("2026-01-14 23:59:59.999 +01:00"), Office("Europe/Berlin", "09:00-24:00").AddBusinessDays(At("2026-01-13 23:59:59.999 +01:00"), 1));

    [Fact]
    public void Rule_12_a_date_that_the_zone_leaves_out_is_no_business_day()
    {
        // Samoa went from Thursday 29 December 2011 (UTC-10) straight to Saturday the 31st (UTC+14).
        var office = Office("Pacific/Apia", "09:00-17:00");

        Assert.Equal(At("2012-01-02 10:00:00 +14:00"), office.AddBusinessDays(At("2011-12-29 10:00:00 -10:00"), 1));
        Assert.Equal(At("2012-01-02 10:00:00 +14:00"), office.AddOpenTime(At("2011-12-29 16:00:00 -10:00"), TimeSpan.FromHours(2)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Rule_12_less_than_one_business_day_is_refused(int days) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Office("Europe/Berlin", "09:00-17:00").AddBusinessDays(At("2026-01-13 10:00:00"), days));
}
