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

/// <summary>
/// What a dashboard says of a window, added up as the rows come by; knows no clock and no database. <paramref name="local"/> puts an instant on the viewer's wall.
/// </summary>
public sealed class WindowTally(DateTimeOffset now, Func<DateTimeOffset, DateTimeOffset> local)
{
    private readonly DateTimeOffset _now = now;
    private readonly AttainmentTally _all = new(now);
    private readonly AttainmentTally _first = new(now);
    private readonly SortedDictionary<Channel, AttainmentTally> _channels = [];
    private readonly (int Guaranteed, int Other)[] _missed = new (int, int)[24];

    /// <summary>Every promise.</summary>
    public AttainmentFigures Kept => _all.ToFigures();

    /// <summary>First responses alone.</summary>
    public AttainmentFigures FirstResponse => _first.ToFigures();

    /// <summary>Attainment by the way the request came; only ways that had a promise mature.</summary>
    public IReadOnlyList<KeptLine> ByChannel => [.. _channels
        .Select(channel => new KeptLine(channel.Key switch { Channel.Email => "Email form", Channel.Chat => "Chat", Channel.Phone => "Phone", _ => "Mailbox" }, channel.Value.ToFigures()))
        .Where(line => line.Figures.Matured > 0)];

    /// <summary>Missed promises by the hour of their deadline, all 24 hours.</summary>
    public IReadOnlyList<MissedHour> MissedByHour => [.. _missed.Select((missed, hour) => new MissedHour(hour, missed.Guaranteed, missed.Other))];

    /// <summary>Counts a promise.</summary>
    public void Add(in ReportedPromise reported)
    {
        var promise = reported.Promise;
        _all.Add(promise);
        if (reported.Metric == Metric.FirstResponse)
        {
            _first.Add(promise);
        }

        if (!_channels.TryGetValue(reported.Channel, out var channel))
        {
            _channels[reported.Channel] = channel = new(_now);
        }

        channel.Add(promise);
        if (!promise.IsMet && promise.IsMaturedAt(_now))
        {
            ref var missed = ref _missed[local(promise.DueAt).Hour];
            missed = reported.Commitment == Commitment.Guaranteed ? missed with { Guaranteed = missed.Guaranteed + 1 } : missed with { Other = missed.Other + 1 };
        }
    }
}

/// <summary>First-response times by the day of their deadline, likewise.</summary>
public sealed class DaysTally(DateTimeOffset now, Func<DateTimeOffset, DateTimeOffset> local)
{
    private readonly Dictionary<DateOnly, AttainmentTally> _days = [];

    /// <summary>Counts a promise, if it is a first response.</summary>
    public void Add(in ReportedPromise reported)
    {
        if (reported.Metric != Metric.FirstResponse)
        {
            return;
        }

        var day = DayOf(reported.Promise.DueAt);
        if (!_days.TryGetValue(day, out var tally))
        {
            _days[day] = tally = new(now);
        }

        tally.Add(reported.Promise);
    }

    /// <summary>Oldest first, one entry a day up to today.</summary>
    public IReadOnlyList<ResponseDay> Days(int days)
    {
        var today = DayOf(now);
        return [.. Enumerable.Range(0, days).Select(back => today.AddDays(back + 1 - days)).Select(day =>
        {
            var figures = _days.GetValueOrDefault(day)?.ToFigures() ?? AttainmentFigures.None;
            return new ResponseDay(day, figures.P50, figures.P90, figures.Matured);
        })];
    }

    private DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(local(at).DateTime);
}

/// <summary>The figures of the dashboard that come from the open queue.</summary>
public static class DashboardFigures
{
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
