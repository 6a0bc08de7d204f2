using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Reports.Kept;

/// <summary>How long first responses took on one day; null where none matured.</summary>
public sealed record ResponseDay(DateOnly Day, TimeSpan? P50, TimeSpan? P90, int Matured);

/// <summary>First-response times by the day of their deadline, added up as they come by; knows no clock and no database.</summary>
/// <param name="period">The days.</param>
/// <param name="sieve">Which promises are meant.</param>
/// <param name="wall">The wall by which days are told.</param>
/// <param name="now">The instant by which is judged.</param>
public sealed class DaysTally(ReportPeriod period, PromiseSieve sieve, WallTime wall, DateTimeOffset now)
{
    private readonly long _now = ObligationClock.Whole(now).ToUnixTimeMilliseconds();
    private readonly long _first = wall.DayOf(period.From.ToUnixTimeMilliseconds());
    private readonly AttainmentTally[] _days = [.. Enumerable.Range(0, period.Days).Select(_ => new AttainmentTally(now))];

    /// <summary>Takes a promise whose deadline lies in the period.</summary>
    public void Add(in KeptPromise promise)
    {
        if (promise.Metric == Metric.FirstResponse && sieve.Passes(in promise))
        {
            promise.AddTo(_days[wall.DayOf(promise.Due) - _first], _now);
        }
    }

    /// <summary>One entry a day, oldest first.</summary>
    public IReadOnlyList<ResponseDay> ToDays() => [.. _days.Select((day, place) =>
    {
        var figures = day.ToFigures();
        return new ResponseDay(period.First.PlusDays(place).ToDateOnly(), figures.P50, figures.P90, figures.Matured);
    })];
}
