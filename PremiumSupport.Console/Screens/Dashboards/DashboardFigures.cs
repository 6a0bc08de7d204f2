using PremiumSupport.Desk.Tickets;
using PremiumSupport.Sla;

namespace PremiumSupport.Screens.Dashboards;

/// <summary>The promises of one hour of the day that were missed.</summary>
public sealed record MissedHour(int Hour, int Guaranteed, int Other);

/// <summary>How long first responses took on one day; null where none matured.</summary>
public sealed record ResponseDay(DateOnly Day, TimeSpan? P50, TimeSpan? P90, int Matured);

/// <summary>What one person carries.</summary>
public sealed record Load(string Name, int Breached, int AtRisk, int OnTrack, int Answered)
{
    /// <summary>All of it.</summary>
    public int Open => Breached + AtRisk + OnTrack + Answered;
}

/// <summary>A line of the attainment table.</summary>
public sealed record KeptLine(string Name, AttainmentFigures Figures);

/// <summary>The figures of the dashboard, computed from what the desk read; knows no clock and no database.</summary>
public static class DashboardFigures
{
    /// <summary>First responses alone.</summary>
    public static AttainmentFigures FirstResponse(IEnumerable<ReportedPromise> matured, DateTimeOffset now) =>
        Attainment.Of(matured.Where(promise => promise.Metric == Metric.FirstResponse).Select(promise => promise.Promise), now);

    /// <summary>Attainment by the way the request came; only ways that had a promise mature.</summary>
    public static IReadOnlyList<KeptLine> ByChannel(IEnumerable<ReportedPromise> matured, DateTimeOffset now) =>
        [.. matured.GroupBy(promise => promise.Channel)
            .OrderBy(group => group.Key)
            .Select(group => new KeptLine(group.Key switch { Channel.Email => "Email form", Channel.Chat => "Chat", Channel.Phone => "Phone", _ => "Mailbox" }, Attainment.Of(group.Select(promise => promise.Promise), now)))];

    /// <summary>Missed promises by the hour of their deadline, all 24 hours; <paramref name="local"/> puts an instant on the viewer's wall.</summary>
    public static IReadOnlyList<MissedHour> MissedByHour(IEnumerable<ReportedPromise> matured, Func<DateTimeOffset, DateTimeOffset> local)
    {
        var missed = matured
            .Where(promise => promise.Promise.BreachedAt is not null || promise.Promise.AnsweredAt is null || promise.Promise.AnsweredAt > promise.Promise.DueAt)
            .ToLookup(promise => local(promise.Promise.DueAt).Hour);
        return [.. Enumerable.Range(0, 24).Select(hour => new MissedHour(
            hour, missed[hour].Count(promise => promise.Metric == Metric.FirstResponse), missed[hour].Count(promise => promise.Metric != Metric.FirstResponse)))];
    }

    /// <summary>First-response times by the day of their deadline, oldest first, one entry a day up to today.</summary>
    public static IReadOnlyList<ResponseDay> ByDay(IEnumerable<ReportedPromise> matured, int days, DateTimeOffset now, Func<DateTimeOffset, DateTimeOffset> local)
    {
        var byDay = matured.Where(promise => promise.Metric == Metric.FirstResponse).ToLookup(promise => DateOnly.FromDateTime(local(promise.Promise.DueAt).DateTime));
        var today = DateOnly.FromDateTime(local(now).DateTime);
        return [.. Enumerable.Range(0, days).Select(back => today.AddDays(back + 1 - days)).Select(day =>
        {
            var figures = Attainment.Of(byDay[day].Select(promise => promise.Promise), now);
            return new ResponseDay(day, figures.P50, figures.P90, figures.Matured);
        })];
    }

    /// <summary>Who carries what, the fullest first; tickets of nobody are left out.</summary>
    public static IReadOnlyList<Load> Loads(IEnumerable<QueueRow> open, DateTimeOffset now) =>
        [.. open.Where(row => row.AssigneeName is not null)
            .GroupBy(row => row.AssigneeName!)
            .Select(group => new Load(
                group.Key,
                group.Count(row => row.NextDueAt is not null && row.StateAt(now) == ObligationState.Breached),
                group.Count(row => row.NextDueAt is not null && row.StateAt(now) == ObligationState.AtRisk),
                group.Count(row => row.NextDueAt is not null && row.StateAt(now) == ObligationState.OnTrack),
                group.Count(row => row.NextDueAt is null)))
            .OrderByDescending(load => load.Open).ThenBy(load => load.Name, StringComparer.Ordinal)];
}
