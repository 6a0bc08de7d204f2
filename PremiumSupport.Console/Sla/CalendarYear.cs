using NodaTime;

namespace PremiumSupport.Sla;

/// <summary>What a day is to a calendar.</summary>
public enum CalendarDayKind { Open, Shut, Holiday, ShortDay }

/// <summary>One day of a calendar's year.</summary>
/// <param name="Name">What people call it; null for a usual day.</param>
/// <param name="IsClockChange">The zone's clocks are set forward or back on that day.</param>
public sealed record CalendarDay(DateOnly Date, CalendarDayKind Kind, IReadOnlyList<DaySpan> Spans, string? Name, bool IsClockChange);

/// <summary>A calendar laid out for looking at.</summary>
public static class CalendarYear
{
    /// <summary>Every day of the year, in order.</summary>
    public static IReadOnlyList<CalendarDay> Of(BusinessCalendar calendar, int year)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        var zone = DateTimeZoneProviders.Tzdb[calendar.Zone];
        var changes = zone.GetZoneIntervals(zone.AtStartOfDay(new(year, 1, 1)).ToInstant(), zone.AtStartOfDay(new(year + 1, 1, 1)).ToInstant())
            .Where(interval => interval.HasStart)
            .Select(interval => interval.IsoLocalStart.Date.ToDateOnly())
            .ToHashSet();
        var special = calendar.SpecialDays.ToDictionary(day => day.Date);
        return
        [
            .. Enumerable.Range(0, DateTime.IsLeapYear(year) ? 366 : 365).Select(day => new DateOnly(year, 1, 1).AddDays(day)).Select(date =>
            {
                var spans = calendar.SpansOf(date);
                var known = special.GetValueOrDefault(date);
                var kind = known is not null ? spans.Count == 0 ? CalendarDayKind.Holiday : CalendarDayKind.ShortDay : spans.Count == 0 ? CalendarDayKind.Shut : CalendarDayKind.Open;
                return new CalendarDay(date, kind, spans, known?.Name, changes.Contains(date));
            }),
        ];
    }
}
