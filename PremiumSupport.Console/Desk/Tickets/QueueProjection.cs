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
    /// <summary>Whether the view held a ticket at that instant, for telling later what came to it.</summary>
    public Func<long, bool> Holds { get; init; } = _ => false;

    /// <summary>Keeps what was worked out of these rows under a word.</summary>
    internal Func<string, Func<object>, object> Keep { get; init; } = (_, make) => make();

    /// <summary>Works something out of these rows once for all pages of the node that show the same; the word says what.</summary>
    public T Once<T>(string what, Func<T> make)
        where T : notnull => (T)Keep(what, () => make());

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

    // Of so many it is quicker to read all, and SQLite takes no more than 32,766 numbers in one question.
    private const int MostByNumber = 5_000;

    // Under load, one read serves all changes of 150 ms; a lone change is read at once. Pages follow without a longer gap of their own (CircuitPulse), so most of the age of what they show is this.
    private static readonly TimeSpan ShortestGap = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan LongestGap = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    // A busy chat changes every row it has ten times a second, and its messages need the processor more: a row costs about 0.15 ms of one to read, so with this rest reading takes a twentieth of it at most.
    // By rows and not by the time a reading took: on a busy machine that is mostly waiting for others, and to rest for that would make what is shown old for nothing.
    private static readonly TimeSpan RestPerRow = TimeSpan.FromMilliseconds(3);

    private readonly Channel<long> _changed = System.Threading.Channels.Channel.CreateUnbounded<long>(new() { SingleReader = true });
    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private volatile QueueTally _tally = QueueTally.Of([], DateTimeOffset.MinValue);
    private CareBook _care = CareBook.Empty;

    /// <summary>Ends when the first read is done.</summary>
    public Task Loaded => _loaded.Task;

    /// <summary>The rows of a view, soonest due first, and the counts beside all views.</summary>
    public QueueSnapshot Read(QueueView view, Guid viewer)
    {
        var now = clock.GetUtcNow();
        var tally = Tally(now);
        return new(tally.Of(view, viewer), tally.Counts(viewer), now) { Load = tally.LoadOf(viewer), Holds = number => tally.Holds(number, view, viewer), Keep = (what, make) => tally.Once(what, view, viewer, make) };
    }

    /// <summary>How many tickets of a view a filter lets through. A time from now in it is looked at anew with every change, and once a minute.</summary>
    public int Count(QueueView view, QueueFilter filter, Guid viewer) => Tally(clock.GetUtcNow()).Count(view, filter, viewer);

    /// <summary>All open tickets, soonest due first.</summary>
    public IReadOnlyList<QueueRow> Rows => _tally.Rows;

    /// <summary>Those that nobody has and that are not put away, soonest due first: what Next chooses from.</summary>
    public IReadOnlyList<QueueRow> Unassigned => _tally.Of(QueueView.Unassigned, Guid.Empty);

    /// <summary>The open tickets among those numbers.</summary>
    public IReadOnlyDictionary<long, QueueRow> Find(IReadOnlySet<long> numbers)
    {
        var tally = _tally;
        return numbers.Select(tally.Find).OfType<QueueRow>().ToDictionary(row => row.Number);
    }

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
            using var nap = new CancellationTokenSource(UntilTransition(), clock);
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

            refreshed = TimeProvider.System.GetTimestamp();
            numbers.Clear();
            while (_changed.Reader.TryRead(out var number))
            {
                numbers.Add(number);
            }

            var read = await RefreshAsync(numbers.Contains(AllTickets) || numbers.Count > MostByNumber ? null : numbers);
            gap = RestPerRow * read;
            gap = gap < ShortestGap ? ShortestGap : gap > LongestGap ? LongestGap : gap;
            // Counted from the reading's beginning, but never more than half of the time: all rows of a large desk take seconds.
            var half = 2 * TimeProvider.System.GetElapsedTime(refreshed);
            gap = gap < half ? half : gap;
        }
    }

    // How many rows it read.
    private async Task<int> RefreshAsync(HashSet<long>? numbers)
    {
        await using var db = await factory.CreateDbContextAsync();
        _care = numbers is null ? await TeamQueries.CareAsync(db) : _care;
        var fresh = await QueueRows.ReadAsync(db, numbers, _care);
        lock (_gate)
        {
            _tally = numbers is null ? QueueTally.Of(fresh, clock.GetUtcNow()) : _tally.With(numbers, fresh, clock.GetUtcNow());
        }

        // Every node has a projection, and each tells its own circuits.
        changes.PublishHere(new(Topic, 0));
        return fresh.Count;
    }

    // Behind the gate, so that of a thousand circuits that come at once one works it out and the others wait for that.
    private QueueTally Tally(DateTimeOffset now)
    {
        if (_tally is { } known && known.Holds(now))
        {
            return known;
        }

        lock (_gate)
        {
            // The clock is read again: whoever held the gate may have gone on to a later instant, and going back would sort everything anew.
            var at = clock.GetUtcNow();
            return _tally.Holds(at) ? _tally : _tally = _tally.With([], [], at);
        }
    }

    private TimeSpan UntilTransition()
    {
        var now = clock.GetUtcNow();
        return Tally(now).Until - now;
    }

    [LoggerMessage(LogLevel.Error, "The queue could not be read; trying again")]
    private static partial void LogFailed(ILogger logger, Exception failure);
}
