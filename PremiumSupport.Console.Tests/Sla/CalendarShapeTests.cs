using PremiumSupport.Sla;
using static PremiumSupport.Tests.Sla.Given;

namespace PremiumSupport.Tests.Sla;

/// <summary>What a calendar accepts and what it says about itself.</summary>
public class CalendarShapeTests
{
    [Theory]
    [InlineData("17:00-09:00")]
    [InlineData("09:00-09:00")]
    [InlineData("09:00-12:00 11:59-17:00")]
    [InlineData("13:00-17:00 09:00-12:00")]
    public void Spans_that_are_empty_overlap_or_are_out_of_order_are_refused(string hours)
    {
        Assert.Throws<ArgumentException>(() => Office("Europe/Berlin", hours));
        Assert.Throws<ArgumentException>(() => Office("Europe/Berlin", "09:00-17:00", ShortDay("2026-12-24", hours)));
    }

    [Theory]
    [InlineData(-1L, 1L)]
    [InlineData(0L, TimeSpan.TicksPerDay + TimeSpan.TicksPerMillisecond)]
    [InlineData(1L, TimeSpan.TicksPerHour)]
    [InlineData(0L, TimeSpan.TicksPerHour + 1)]
    public void Spans_outside_the_day_or_finer_than_a_millisecond_are_refused(long from, long to) =>
        Assert.Throws<ArgumentException>(() => new BusinessCalendar(
            "odd", "Etc/UTC", new Dictionary<DayOfWeek, IReadOnlyList<DaySpan>> { [DayOfWeek.Monday] = [new(new(from), new(to))] }));

    [Fact]
    public void A_date_cannot_be_special_twice() =>
        Assert.Throws<ArgumentException>(() => Office("Europe/Berlin", "09:00-17:00", Holiday("2026-12-25"), ShortDay("2026-12-25", "09:00-10:00")));

    [Fact]
    public void A_zone_that_is_not_known_is_refused() =>
        Assert.Throws<NodaTime.TimeZones.DateTimeZoneNotFoundException>(() => Office("Europe/Atlantis", "09:00-17:00"));

    [Fact]
    public void A_calendar_that_never_opens_says_so_instead_of_searching_for_ever()
    {
        var never = new BusinessCalendar("never", "Europe/Berlin", new Dictionary<DayOfWeek, IReadOnlyList<DaySpan>>());

        Assert.Contains("'never'", Assert.Throws<InvalidOperationException>(() => never.AddOpenTime(At("2026-01-13 10:00"), TimeSpan.FromHours(1))).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => never.AddBusinessDays(At("2026-01-13 10:00"), 1));
        Assert.Empty(never.OpenSpans(At("2026-01-13 10:00"), At("2026-02-13 10:00")));
    }

    [Fact]
    public void An_office_with_one_opening_left_has_not_two_business_days()
    {
        var once = new BusinessCalendar("once", "Europe/Berlin", new Dictionary<DayOfWeek, IReadOnlyList<DaySpan>>(), [ShortDay("2026-01-14", "09:00-10:00")]);

        Assert.Equal(At("2026-01-14 10:00 +01:00"), once.AddOpenTime(At("2026-01-13 10:00"), TimeSpan.FromHours(1)));
        Assert.Throws<InvalidOperationException>(() => once.AddOpenTime(At("2026-01-13 10:00"), TimeSpan.FromHours(1) + TimeSpan.FromMilliseconds(1)));
        Assert.Throws<InvalidOperationException>(() => once.AddBusinessDays(At("2026-01-13 10:00"), 1));
    }

    [Fact]
    public void Open_stretches_are_clipped_to_the_question_in_order_and_joined_where_they_touch()
    {
        var office = Office("Europe/Berlin", "09:00-12:00 12:00-15:00 16:00-17:00");

        Assert.Equal(
            [
                new OpenSpan(At("2026-01-13 10:30 +01:00"), At("2026-01-13 15:00 +01:00")),
                new OpenSpan(At("2026-01-13 16:00 +01:00"), At("2026-01-13 17:00 +01:00")),
                new OpenSpan(At("2026-01-14 09:00 +01:00"), At("2026-01-14 09:10 +01:00")),
            ],
            office.OpenSpans(At("2026-01-13 10:30 +01:00"), At("2026-01-14 09:10 +01:00")));
    }

    [Fact]
    public void Between_two_instants_in_the_wrong_order_lies_nothing()
    {
        Assert.Equal(TimeSpan.Zero, Office("Europe/Berlin", "09:00-17:00").OpenTime(At("2026-01-13 12:00"), At("2026-01-13 11:00")));
        Assert.Equal(TimeSpan.Zero, BusinessCalendar.AlwaysOpen.OpenTime(At("2026-01-13 12:00"), At("2026-01-13 11:00")));
        Assert.Empty(Office("Europe/Berlin", "09:00-17:00").OpenSpans(At("2026-01-13 12:00"), At("2026-01-13 12:00")));
    }

    [Theory]
    [InlineData("2026-01-13 22:59:59.999", "2026-01-13")]
    [InlineData("2026-01-13 23:00:00", "2026-01-14")]
    public void The_date_of_an_instant_is_the_offices_not_that_of_utc(string instant, string date) =>
        Assert.Equal(DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture), Office("Europe/Berlin", "09:00-17:00").DateOf(At(instant)));
}
