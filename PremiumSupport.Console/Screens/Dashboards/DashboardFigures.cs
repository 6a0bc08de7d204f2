using NodaTime;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Sla;

namespace PremiumSupport.Screens.Dashboards;

/// <summary>How long first responses took on one day; null where none matured.</summary>
public sealed record ResponseDay(DateOnly Day, TimeSpan? P50, TimeSpan? P90, int Matured);

/// <summary>What one person carries.</summary>
public sealed record Load(Guid StaffId, string Name, int Breached, int AtRisk, int OnTrack, int Answered)
{
    /// <summary>All of it.</summary>
    public int Open => Breached + AtRisk + OnTrack + Answered;
}

/// <summary>First-response times by the day of their deadline, added up as they come by; knows no clock and no database. <paramref name="local"/> puts an instant on the viewer's wall.</summary>
public sealed class DaysTally(DateTimeOffset now, Func<DateTimeOffset, DateTimeOffset> local)
{
    private readonly Dictionary<DateOnly, AttainmentTally> _days = [];

    /// <summary>Counts a promise.</summary>
    public void Add(in MaturedPromise promise)
    {
        var day = DayOf(promise.DueAt);
        if (!_days.TryGetValue(day, out var tally))
        {
            _days[day] = tally = new(now);
        }

        tally.Add(promise);
    }

    /// <summary>One entry a day, oldest first; both days are included.</summary>
    public IReadOnlyList<ResponseDay> Days(LocalDate first, LocalDate last) => [.. Enumerable.Range(0, NodaTime.Period.DaysBetween(first, last) + 1).Select(day => first.PlusDays(day).ToDateOnly()).Select(day =>
    {
        var figures = _days.GetValueOrDefault(day)?.ToFigures() ?? AttainmentFigures.None;
        return new ResponseDay(day, figures.P50, figures.P90, figures.Matured);
    })];

    private DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(local(at).DateTime);
}

/// <summary>The figures of the dashboard that come from the open queue.</summary>
public static class DashboardFigures
{
    /// <summary>Who carries what, the fullest first; tickets of nobody are left out.</summary>
    public static IReadOnlyList<Load> Loads(IEnumerable<QueueRow> open, DateTimeOffset now) =>
        [.. open.Where(row => row.AssigneeId is not null)
            .GroupBy(row => row.AssigneeId!.Value)
            .Select(group => new Load(
                group.Key,
                group.First().AssigneeName ?? "",
                group.Count(row => row.NextDueAt is not null && row.StateAt(now) == ObligationState.Breached),
                group.Count(row => row.NextDueAt is not null && row.StateAt(now) == ObligationState.AtRisk),
                group.Count(row => row.NextDueAt is not null && row.StateAt(now) == ObligationState.OnTrack),
                group.Count(row => row.NextDueAt is null)))
            .OrderByDescending(load => load.Open).ThenBy(load => load.Name, StringComparer.Ordinal)];
}
