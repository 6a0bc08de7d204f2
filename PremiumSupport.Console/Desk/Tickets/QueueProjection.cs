using System.Collections.Immutable;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Accounts.Teams;
using PremiumSupport.Desk.Tickets.Views;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Realtime;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets;

/// <summary>What a view shows at one instant, and how many tickets each view holds for that person.</summary>
public sealed record QueueSnapshot(IReadOnlyList<QueueRow> Rows, IReadOnlyDictionary<QueueView, int> Counts, DateTimeOffset ReadAt)
{
    /// <summary>The numbers of the rows; shared by all who read the same.</summary>
    public IReadOnlySet<long> Numbers { get; init; } = new HashSet<long>();

    /// <summary>How many open tickets that person carries, those that are put away included.</summary>
    public int Load { get; init; }
}

/// <summary>
/// The open tickets of this node, sorted, in memory and shared by all its circuits: a thousand open queues cost one read per change, not a thousand.
/// Kept fresh by the change bus; announces itself under <see cref="Topic"/> when rows changed or one of them turned at risk or breached.
/// </summary>
public sealed partial class QueueProjection(IDbContextFactory<SupportDb> factory, ChangeBus changes, TimeProvider clock, ILogger<QueueProjection> log) : BackgroundService
{
    /// <summary>The topic under which the change bus speaks of the queue; the id is not used.</summary>
    public const string Topic = "queue";

    // No ticket's number.
    private const long AllTickets = 0;

    private static readonly TimeSpan LongestNap = TimeSpan.FromMinutes(1);
    // Under load, one read serves all changes of a tenth of a second; a lone change is read at once.
    private static readonly TimeSpan ShortestGap = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestGap = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    // Of the time, reading takes a twentieth at most: a busy chat changes every row it has ten times a second, and its messages need the processor more.
    private const int RestPerRead = 19;

    private readonly Channel<long> _changed = System.Threading.Channels.Channel.CreateUnbounded<long>(new() { SingleReader = true });
    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile ImmutableSorted _sorted = new([]);
    private volatile QueueTally? _tally;
    private CareBook _care = CareBook.Empty;

    /// <summary>Ends when the first read is done.</summary>
    public Task Loaded => _loaded.Task;

    /// <summary>The rows of a view, soonest due first, and the counts beside all views.</summary>
    public QueueSnapshot Read(QueueView view, Guid viewer)
    {
        var now = clock.GetUtcNow();
        var tally = Tally(now);
        return new(tally.Of(view, viewer), tally.Counts(viewer), now) { Numbers = tally.Numbers(view, viewer), Load = tally.LoadOf(viewer) };
    }

    /// <summary>How many tickets of a view a filter lets through. A time from now in it is looked at anew with every change, and once a minute.</summary>
    public int Count(QueueView view, QueueFilter filter, Guid viewer) => Tally(clock.GetUtcNow()).Count(view, filter, viewer);

    /// <summary>All open tickets, soonest due first.</summary>
    public IReadOnlyList<QueueRow> Rows => _sorted.Rows;

    /// <summary>The open tickets among those numbers.</summary>
    public IReadOnlyDictionary<long, QueueRow> Find(IReadOnlySet<long> numbers) =>
        numbers.Count == 0 ? ImmutableDictionary<long, QueueRow>.Empty : _sorted.Rows.Where(row => numbers.Contains(row.Number)).ToDictionary(row => row.Number);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var subscription = changes.Subscribe(change =>
        {
            if (change.IsAbout(TeamCommands.Topic))
            {
                // Who looks after an account stands in every row of it.
                _changed.Writer.TryWrite(AllTickets);
            }
            else if (change.IsAbout(TicketCommands.Topic))
            {
                _changed.Writer.TryWrite(change == Change.Everything ? AllTickets : change.Id);
            }
        });

        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RefreshAsync(null);
                _loaded.TrySetResult();
                await FollowAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
            }
            catch (Exception failure)
            {
                // A locked database heals; a dead projection would leave every queue stale without a word. Read all again.
                LogFailed(log, failure);
                await Task.Delay(AfterFailure, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task FollowAsync(CancellationToken stopping)
    {
        var numbers = new HashSet<long>();
        var (refreshed, gap) = (TimeProvider.System.GetTimestamp(), ShortestGap);
        while (!stopping.IsCancellationRequested)
        {
            using var nap = new CancellationTokenSource(NextTransition(), clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(nap.Token, stopping);
            try
            {
                await _changed.Reader.WaitToReadAsync(either.Token);
            }
            catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
            {
                // Nothing changed but the time: a row has just turned at risk or breached.
                changes.PublishHere(new(Topic, 0));
                continue;
            }

            // By the machine's clock, whatever clock the product runs by: the gap is about load, not about promises.
            if (gap - TimeProvider.System.GetElapsedTime(refreshed) is { Ticks: > 0 } rest)
            {
                await Task.Delay(rest, TimeProvider.System, stopping);
            }

            var started = TimeProvider.System.GetTimestamp();
            numbers.Clear();
            while (_changed.Reader.TryRead(out var number))
            {
                numbers.Add(number);
            }

            await RefreshAsync(numbers.Contains(AllTickets) ? null : numbers);
            refreshed = TimeProvider.System.GetTimestamp();
            gap = RestPerRead * TimeProvider.System.GetElapsedTime(started, refreshed);
            gap = gap < ShortestGap ? ShortestGap : gap > LongestGap ? LongestGap : gap;
        }
    }

    private async Task RefreshAsync(HashSet<long>? numbers)
    {
        await using var db = await factory.CreateDbContextAsync();
        _care = numbers is null ? await TeamQueries.CareAsync(db) : _care;
        var fresh = await QueueRows.ReadAsync(db, numbers, _care);
        fresh.Sort(QueueRow.SoonestDue);
        _sorted = new(numbers is null ? [.. fresh] : Merge(_sorted.Rows, numbers, fresh));
        // Every node has a projection, and each tells its own circuits.
        changes.PublishHere(new(Topic, 0));
    }

    /// <summary>The sorted rows with some of them replaced by fresh ones, sorted likewise: one pass, where sorting all again would cost most under load.</summary>
    private static ImmutableArray<QueueRow> Merge(ImmutableArray<QueueRow> rows, HashSet<long> replaced, List<QueueRow> fresh)
    {
        var merged = ImmutableArray.CreateBuilder<QueueRow>(rows.Length + fresh.Count);
        var next = 0;
        foreach (var row in rows)
        {
            if (replaced.Contains(row.Number))
            {
                continue;
            }

            while (next < fresh.Count && QueueRow.SoonestDue.Compare(fresh[next], row) < 0)
            {
                merged.Add(fresh[next++]);
            }

            merged.Add(row);
        }

        merged.AddRange(fresh.Skip(next));
        return merged.DrainToImmutable();
    }

    // Two that come together may both work it out; the rows decide, so both are right.
    private QueueTally Tally(DateTimeOffset now)
    {
        var rows = _sorted.Rows;
        if (_tally is { } known && known.Holds(rows, now))
        {
            return known;
        }

        return _tally = new(rows, now, now + NextTransition(rows, now));
    }

    private TimeSpan NextTransition() => NextTransition(_sorted.Rows, clock.GetUtcNow());

    private static TimeSpan NextTransition(ImmutableArray<QueueRow> rows, DateTimeOffset now)
    {
        var next = now + LongestNap;
        foreach (var row in rows)
        {
            if (row.Badge is { AnsweredAt: null } badge)
            {
                if (badge.AtRiskAt > now && badge.AtRiskAt < next)
                {
                    next = badge.AtRiskAt;
                }

                if (badge.DueAt >= now && badge.DueAt < next)
                {
                    next = badge.DueAt.AddMilliseconds(1);
                }
            }
        }

        return next - now;
    }

    [LoggerMessage(LogLevel.Error, "The queue could not be read; trying again")]
    private static partial void LogFailed(ILogger logger, Exception failure);

    // A reference is swapped as a whole, so readers need no lock; an ImmutableArray itself cannot be volatile.
    private sealed record ImmutableSorted(ImmutableArray<QueueRow> Rows);
}
