using System.Collections.Concurrent;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Reports.Kept;

/// <summary>
/// Adds up the promises of a period and of the one before it as they come by; knows no clock and no database. What matters is whether the deadline lies in a period: a promise counts once in each at most.
/// </summary>
/// <param name="period">The days.</param>
/// <param name="sieve">Which promises are meant.</param>
/// <param name="wall">The wall by which hours and weekdays are told.</param>
/// <param name="now">The instant by which is judged.</param>
public sealed class PeriodTally(ReportPeriod period, PromiseSieve sieve, WallTime wall, DateTimeOffset now)
{
    private static readonly int Metrics = Enum.GetValues<Metric>().Length;

    private readonly long _now = ObligationClock.Whole(now).ToUnixTimeMilliseconds();
    private readonly long _from = period.From.ToUnixTimeMilliseconds();
    private readonly long _before = period.BeforeFrom.ToUnixTimeMilliseconds();
    private readonly long _beforeTo = period.BeforeTo.ToUnixTimeMilliseconds();
    private readonly AttainmentTally[] _byMetric = [.. Enumerable.Range(0, Metrics).Select(_ => new AttainmentTally(now))];
    private readonly AttainmentTally[] _byMetricBefore = [.. Enumerable.Range(0, Metrics).Select(_ => new AttainmentTally(now))];
    private readonly Counts _metrics = new();
    private readonly Counts _channels = new();
    private readonly Counts _severities = new();
    private readonly Counts _accounts = new();
    private readonly Counts _specialists = new();
    private readonly List<AnswerTime>[] _answers = [.. Enumerable.Range(0, Metrics).Select(_ => new List<AnswerTime>())];
    private readonly (int Guaranteed, int Target)[,] _missed = new (int, int)[7, 24];

    /// <summary>Takes a promise whose deadline lies somewhere in the two periods.</summary>
    public void Add(in KeptPromise promise)
    {
        if (!sieve.Passes(in promise))
        {
            return;
        }

        var isNow = promise.Due >= _from;
        if (!isNow && (promise.Due < _before || promise.Due >= _beforeTo))
        {
            return;
        }

        var metric = (int)promise.Metric;
        promise.AddTo((isNow ? _byMetric : _byMetricBefore)[metric], _now);
        _metrics.Add(metric, isNow, in promise);
        _channels.Add((int)promise.Channel, isNow, in promise);
        _severities.Add((int)promise.Severity, isNow, in promise);
        _accounts.Add(promise.Account, isNow, in promise);
        _specialists.Add(promise.Specialist, isNow, in promise);
        if (!isNow)
        {
            return;
        }

        _answers[metric].Add(new(promise.AgeAt(_now), promise.IsMet));
        if (!promise.IsMet)
        {
            ref var cell = ref _missed[wall.WeekdayOf(promise.Due), wall.HourOf(promise.Due)];
            cell = promise.Commitment == Commitment.Guaranteed ? cell with { Guaranteed = cell.Guaranteed + 1 } : cell with { Target = cell.Target + 1 };
        }
    }

    /// <summary>What was counted so far.</summary>
    public PeriodFigures ToFigures() => new(All(_byMetric), All(_byMetricBefore))
    {
        Times = [.. Enumerable.Range(0, Metrics).Select(metric => (_byMetric[metric].ToFigures(), _byMetricBefore[metric].ToFigures()))],
        Metrics = _metrics.ToPairs(),
        Channels = _channels.ToPairs(),
        Severities = _severities.ToPairs(),
        Accounts = _accounts.ToPairs(),
        Specialists = _specialists.ToPairs(),
        Answers = _answers,
        Missed = _missed,
    };

    private AttainmentFigures All(AttainmentTally[] byMetric)
    {
        var all = new AttainmentTally(now);
        foreach (var metric in byMetric)
        {
            all.Add(metric);
        }

        return all.ToFigures();
    }

    /// <summary>Counts by a small number; none is less than <see cref="KeptPromise.Nobody"/>.</summary>
    private sealed class Counts
    {
        private KeptCount[] _now = new KeptCount[8];
        private KeptCount[] _before = new KeptCount[8];

        public void Add(int key, bool isNow, in KeptPromise promise)
        {
            ref var counts = ref isNow ? ref _now : ref _before;
            var place = key - KeptPromise.Nobody;
            if (counts.Length <= place)
            {
                Array.Resize(ref counts, Math.Max(place + 1, counts.Length * 2));
            }

            counts[place].Add(in promise);
        }

        public Dictionary<int, KeptPair> ToPairs() => Enumerable.Range(0, Math.Max(_now.Length, _before.Length))
            .Select(place => (Key: place + KeptPromise.Nobody, Pair: new KeptPair(_now.ElementAtOrDefault(place), _before.ElementAtOrDefault(place))))
            .Where(group => group.Pair.Now.Matured + group.Pair.Before.Matured > 0)
            .ToDictionary(group => group.Key, group => group.Pair);
    }
}

/// <summary>How long an answer took, or is owed, in milliseconds, and whether it came in time.</summary>
public readonly record struct AnswerTime(long Milliseconds, bool IsMet);

/// <summary>The figures of a period and of the one before it. Groups are by the number of the member, or by the place of an account or specialist; only groups of which something matured are there.</summary>
/// <param name="Now">All promises of the period.</param>
/// <param name="Before">All of the one before.</param>
public sealed record PeriodFigures(AttainmentFigures Now, AttainmentFigures Before)
{
    /// <summary>The figures of nothing at all.</summary>
    public static PeriodFigures None { get; } = new(AttainmentFigures.None, AttainmentFigures.None);

    private static readonly IReadOnlyDictionary<int, KeptPair> NoGroups = new Dictionary<int, KeptPair>();

    /// <summary>By metric, with percentiles, in the order of <see cref="Metric"/>.</summary>
    public IReadOnlyList<(AttainmentFigures Now, AttainmentFigures Before)> Times { get; init; } = [.. Enum.GetValues<Metric>().Select(_ => (AttainmentFigures.None, AttainmentFigures.None))];

    public IReadOnlyDictionary<int, KeptPair> Metrics { get; init; } = NoGroups;
    public IReadOnlyDictionary<int, KeptPair> Channels { get; init; } = NoGroups;
    public IReadOnlyDictionary<int, KeptPair> Severities { get; init; } = NoGroups;
    public IReadOnlyDictionary<int, KeptPair> Accounts { get; init; } = NoGroups;
    public IReadOnlyDictionary<int, KeptPair> Specialists { get; init; } = NoGroups;

    /// <summary>Every answer time of the period, by metric, in no order.</summary>
    internal IReadOnlyList<IReadOnlyList<AnswerTime>> Answers { get; init; } = [.. Enum.GetValues<Metric>().Select(_ => Array.Empty<AnswerTime>())];

    private readonly ConcurrentDictionary<(Metric, string), IReadOnlyList<AnswerBucket>> _histograms = new();

    /// <summary>See <see cref="AnswerHistogram.Of"/>; counted once for all who look.</summary>
    public IReadOnlyList<AnswerBucket> HistogramOf(Metric metric, IReadOnlyCollection<TimeSpan> promises) =>
        _histograms.GetOrAdd((metric, string.Join(' ', promises)), _ => AnswerHistogram.Of(Answers[(int)metric], promises));

    /// <summary>Missed promises by weekday, 0 for Monday, and hour of the deadline where the viewer is.</summary>
    public (int Guaranteed, int Target)[,] Missed { get; init; } = new (int, int)[7, 24];

    /// <summary>First responses alone.</summary>
    public AttainmentFigures FirstResponse => Times[(int)Metric.FirstResponse].Now;

    /// <summary>Missed promises by hour of the day.</summary>
    public IReadOnlyList<(int Guaranteed, int Target)> MissedByHour => [.. Enumerable.Range(0, 24).Select(hour => (
        Enumerable.Range(0, 7).Sum(day => Missed[day, hour].Guaranteed), Enumerable.Range(0, 7).Sum(day => Missed[day, hour].Target)))];
}
