using NodaTime;
using NodaTime.Extensions;

namespace PremiumSupport.Desk.Reports.Kept;

/// <summary>
/// Days of a zone as instants, with the same days before them to compare with. A period that is not over ends now, and what it is compared with ends at the same time of day so many days earlier: half a day is not held
/// against whole ones. Ends are exclusive.
/// </summary>
/// <param name="From">Its first instant.</param>
/// <param name="To">The first instant behind it.</param>
/// <param name="BeforeFrom">The first instant of what it is compared with.</param>
/// <param name="BeforeTo">The first instant behind that.</param>
/// <param name="First">Its first day.</param>
/// <param name="Last">Its last day.</param>
/// <param name="IsRunning">Whether its last day is today.</param>
public sealed record ReportPeriod(DateTimeOffset From, DateTimeOffset To, DateTimeOffset BeforeFrom, DateTimeOffset BeforeTo, LocalDate First, LocalDate Last, bool IsRunning)
{
    /// <summary>How many days it has.</summary>
    public int Days => Period.DaysBetween(First, Last) + 1;

    /// <summary>The period that was chosen, in a zone, at an instant.</summary>
    public static ReportPeriod Of(PeriodChoice choice, DateTimeOffset now, DateTimeZone zone)
    {
        var here = now.ToInstant().InZone(zone).LocalDateTime;
        var last = choice.Last ?? here.Date;
        var first = choice.First ?? last.PlusDays(1 - choice.Days!.Value);
        var days = Period.DaysBetween(first, last) + 1;
        var isRunning = last >= here.Date;
        // What fell due this very millisecond counts.
        return new(
            Start(first), isRunning ? now.AddMilliseconds(1) : Start(last.PlusDays(1)),
            Start(first.PlusDays(-days)), isRunning ? zone.AtLeniently(here.PlusDays(-days)).ToDateTimeOffset().AddMilliseconds(1) : Start(first),
            first, last, isRunning);

        DateTimeOffset Start(LocalDate day) => zone.AtStartOfDay(day).ToDateTimeOffset();
    }
}
