using PremiumSupport.Sla;
using static PremiumSupport.Tests.Sla.Given;

namespace PremiumSupport.Tests.Sla;

/// <summary>Rule 12: calendars are computed on the zone's own rules across the nights on which clocks change.</summary>
public class DaylightSavingTests
{
    /// <summary>A night shift from 22:00 to 06:00 by the wall clock lasts eight hours, but for the nights on which the clock changes.</summary>
    [Theory]
    [InlineData("Europe/Berlin", "2026-03-28 12:00 +01:00", "07:00:00")]
    [InlineData("Europe/Berlin", "2026-10-24 12:00 +02:00", "09:00:00")]
    [InlineData("America/New_York", "2026-03-07 12:00 -05:00", "07:00:00")]
    [InlineData("America/New_York", "2026-10-31 12:00 -04:00", "09:00:00")]
    [InlineData("Australia/Lord_Howe", "2026-04-04 12:00 +11:00", "08:30:00")]
    [InlineData("Australia/Lord_Howe", "2026-10-03 12:00 +10:30", "07:30:00")]
    [InlineData("America/St_Johns", "2026-03-07 12:00 -03:30", "07:00:00")]
    [InlineData("America/St_Johns", "2026-10-31 12:00 -02:30", "09:00:00")]
    [InlineData("Africa/Casablanca", "2024-03-09 12:00 +01:00", "09:00:00")]
    [InlineData("Africa/Casablanca", "2024-04-13 12:00 +00:00", "07:00:00")]
    [InlineData("Asia/Tehran", "2022-03-21 12:00 +03:30", "07:00:00")]
    [InlineData("Asia/Tehran", "2022-09-21 12:00 +04:30", "09:00:00")]
    [InlineData("America/Santiago", "2026-04-04 12:00 -03:00", "09:00:00")]
    [InlineData("America/Santiago", "2026-09-05 12:00 -04:00", "07:00:00")]
    [InlineData("America/Havana", "2025-11-01 12:00 -04:00", "09:00:00")]
    [InlineData("Africa/Cairo", "2026-04-23 12:00 +02:00", "07:00:00")]
    [InlineData("Antarctica/Troll", "2026-03-28 12:00 +00:00", "06:00:00")]
    [InlineData("Asia/Kolkata", "2026-03-28 12:00 +05:30", "08:00:00")]
    public void Rule_12_a_night_is_as_long_as_it_really_is(string zone, string noon, string expected)
    {
        var office = Daily(zone, "00:00-06:00 22:00-24:00");
        var night = Assert.Single(office.OpenSpans(At(noon), At(noon).AddHours(22)));

        Assert.Equal(Long(expected), night.Length);
        Assert.Equal(night.To, office.AddOpenTime(At(noon), Long(expected)));
        Assert.Equal(night.From.AddHours(3), office.AddOpenTime(At(noon), TimeSpan.FromHours(3)));
    }

    /// <summary>In Berlin 2:00 to 3:00 is left out on 29 March 2026 and comes twice on 25 October 2026.</summary>
    [Theory]
    [InlineData("2026-03-29", "02:30-05:00", "2026-03-29 01:00", "2026-03-29 03:00")] // opens in the gap: at its end
    [InlineData("2026-03-29", "01:00-02:30", "2026-03-29 00:00", "2026-03-29 01:00")] // shuts in the gap
    [InlineData("2026-03-29", "02:00-03:00", null, null)] // is the gap
    [InlineData("2026-03-29", "02:15-02:45", null, null)] // lies in the gap
    [InlineData("2026-10-25", "02:30-04:00", "2026-10-25 00:30", "2026-10-25 03:00")] // opens at the earlier 2:30 and stays open
    [InlineData("2026-10-25", "01:00-02:30", "2026-10-24 23:00", "2026-10-25 00:30")] // shuts at the earlier 2:30 and stays shut
    [InlineData("2026-10-25", "02:15-02:45", "2026-10-25 00:15", "2026-10-25 00:45")] // happens once
    [InlineData("2026-10-25", "02:00-03:00", "2026-10-25 00:00", "2026-10-25 02:00")] // 3:00 comes once, after both
    public void Rule_12_the_ends_of_spans_in_a_gap_or_an_hour_that_comes_twice(string date, string hours, string? from, string? to)
    {
        var office = new BusinessCalendar("night", "Europe/Berlin", new Dictionary<DayOfWeek, IReadOnlyList<DaySpan>> { [DayOfWeek.Sunday] = Spans(hours) });
        var open = office.OpenSpans(At($"{date} 12:00").AddDays(-1), At($"{date} 12:00"));

        Assert.Equal(from is null ? [] : [new OpenSpan(At(from), At(to!))], open);
    }

    [Theory]
    [InlineData("2026-03-28 02:30 +01:00", "2026-03-29 01:00 +00:00")] // 2:30 doesn't exist: 3:00, the first instant after the gap
    [InlineData("2026-10-24 02:30 +02:00", "2026-10-25 00:30 +00:00")] // 2:30 comes twice: the earlier
    [InlineData("2026-10-25 00:30 +00:00", "2026-10-26 02:30 +01:00")] // from the earlier 2:30
    [InlineData("2026-10-25 01:30 +00:00", "2026-10-26 02:30 +01:00")] // from the later 2:30
    [InlineData("2026-03-29 01:00 +00:00", "2026-03-30 03:00 +02:00")]
    public void Rule_12_a_business_day_that_lands_in_a_gap_or_an_hour_that_comes_twice(string start, string due) =>
        Assert.Equal(At(due), Daily("Europe/Berlin", "00:00-24:00").AddBusinessDays(At(start), 1));

    [Fact]
    public void Rule_12_a_day_whose_only_span_lies_in_a_gap_is_no_business_day() =>
        Assert.Equal(At("2026-03-30 02:30 +02:00"), Daily("Europe/Berlin", "02:15-02:45").AddBusinessDays(At("2026-03-28 02:30 +01:00"), 1));

    [Theory]
    [InlineData("2026-10-25 00:30", "2026-10-25 01:30")]
    [InlineData("2026-10-25 01:30", "2026-10-25 02:30")]
    [InlineData("2026-03-29 00:30", "2026-03-29 01:30")]
    public void Rule_12_a_duration_that_starts_in_a_night_of_change_is_counted_in_real_time(string start, string due) =>
        Assert.Equal(At(due), Daily("Europe/Berlin", "00:00-24:00").AddOpenTime(At(start), TimeSpan.FromHours(1)));

    [Fact]
    public void Rule_12_a_start_in_the_second_pass_of_a_span_that_came_twice_is_outside_it() =>
        Assert.Equal(At("2026-10-26 02:25 +01:00"), Daily("Europe/Berlin", "02:15-02:45").AddOpenTime(At("2026-10-25 01:20"), TimeSpan.FromMinutes(10)));

    [Theory]
    [InlineData("America/Santiago", "2026-09-05 23:30 -04:00", "2026-09-06 01:30 -03:00")] // midnight is left out
    [InlineData("America/Santiago", "2026-04-04 23:30 -03:00", "2026-04-04 23:30 -04:00")] // the last hour comes twice
    [InlineData("America/Havana", "2025-11-02 00:30 -04:00", "2025-11-02 00:30 -05:00")] // midnight comes twice
    public void Rule_12_an_hour_across_a_midnight_that_changes_is_an_hour(string zone, string start, string due) =>
        Assert.Equal(At(due), Daily(zone, "00:00-24:00").AddOpenTime(At(start), TimeSpan.FromHours(1)));
}
