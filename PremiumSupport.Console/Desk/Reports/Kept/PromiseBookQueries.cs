using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Ledger;
using PremiumSupport.Platform.Realtime;

namespace PremiumSupport.Desk.Reports.Kept;

/// <summary>
/// Keeps this node's <see cref="PromiseBook"/>: read once when a lead first looks, after that only the tickets that the change bus named, so that a view of a quarter never scans the database. News that may have been lost is
/// made up for by the timeline and the ledger, of which every change of a promise, an assignee or a severity leaves a row. Nobody looking for long lets the book go.
/// </summary>
public sealed class PromiseBookQueries(IDbContextFactory<SupportDb> factory, ChangeBus changes, TimeProvider clock) : IDisposable
{
    /// <summary>How far back the book goes: ninety days, the ninety before, and some for what was moved.</summary>
    public static readonly TimeSpan Reach = TimeSpan.FromDays(200);

    // What was open when a period began, most likely came in by this much earlier.
    private static readonly TimeSpan Margin = TimeSpan.FromDays(110);

    // More than this cannot be cheaper one by one than by reading all again.
    private const int MostPending = 50_000;
    private const int Batch = 500;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Lock _news = new();
    private readonly HashSet<long> _pending = [];
    private bool _missedNews;
    private bool _missedAll;
    private IDisposable? _subscription;
    private volatile PromiseBook? _book;
    private (long Event, long Entry) _marks;
    private (int Done, int All) _reading;

    /// <summary>The ids behind the places in promises.</summary>
    public IdTable Ids { get; } = new();

    /// <summary>Whether the book was read; until then a look takes as long as reading half a year does.</summary>
    public bool IsRead => _book is not null;

    /// <summary>From 0 to 1 how much of the first reading is done.</summary>
    public double Progress => _reading is { All: > 0 } reading ? Math.Min(1, (double)reading.Done / reading.All) : 0;

    /// <summary>Whether an instant lies further back than the book in memory, so that each look at it reads the database.</summary>
    public bool IsBeyond(DateTimeOffset from) => from < clock.GetUtcNow() - Reach;

    /// <summary>A book that holds all with a deadline at or after <paramref name="from"/> and has heard what was published before the call. What lies further back than <see cref="Reach"/> is read for the call alone.</summary>
    public async Task<PromiseBook> ReadAsync(DateTimeOffset from, CancellationToken cancellation = default)
    {
        if (IsBeyond(from))
        {
            await using var db = await factory.CreateDbContextAsync(cancellation);
            var since = from - Margin;
            var rows = new PromiseRowQueries(db, Ids);
            return PromiseBook.Of(await rows.PromisesAsync(from, null, cancellation), await rows.MovesAsync(since, null, cancellation), since).WithOlder(null, await rows.OlderAsync(since, null, cancellation));
        }

        await _gate.WaitAsync(cancellation);
        try
        {
            return _book = await FreshAsync();
        }
        catch
        {
            // What was heard may not have been taken in.
            _missedAll = true;
            throw;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _subscription?.Dispose();
        _gate.Dispose();
    }

    private async Task<PromiseBook> FreshAsync()
    {
        var (numbers, missedNews, missedAll) = Heard();
        await using var db = await factory.CreateDbContextAsync();
        if (_book is not { } book || missedAll)
        {
            return await WholeAsync(db);
        }

        if (missedNews)
        {
            var since = _marks;
            _marks = await MarksAsync(db);
            numbers.UnionWith(await db.Set<TicketEvent>().AsNoTracking().Where(happening => happening.Id > since.Event).Select(happening => happening.TicketNumber).Distinct().ToListAsync());
            numbers.UnionWith(await db.Set<LedgerEntry>().AsNoTracking().Where(entry => entry.Id > since.Entry).Select(entry => entry.TicketNumber).Distinct().ToListAsync());
        }

        if (numbers.Count > MostPending)
        {
            return await WholeAsync(db);
        }

        var rows = new PromiseRowQueries(db, Ids);
        foreach (var batch in numbers.Chunk(Batch))
        {
            book = book.With(batch.ToHashSet(), await rows.PromisesAsync(book.Since, batch, CancellationToken.None), await rows.MovesAsync(book.Since, batch, CancellationToken.None))
                .WithOlder(batch, await rows.OlderAsync(book.Since, batch, CancellationToken.None));
        }

        // The book moves on with the days, or a node that runs for months would hold months more.
        var horizon = clock.GetUtcNow() - Reach;
        return horizon - book.Since > TimeSpan.FromDays(1) ? book.From(horizon).WithOlder(null, await rows.OlderAsync(horizon, null, CancellationToken.None)) : book;
    }

    private async Task<PromiseBook> WholeAsync(SupportDb db)
    {
        // Subscribe first, then read.
        _subscription ??= changes.Subscribe(Hear);
        var since = clock.GetUtcNow() - Reach;
        _marks = await MarksAsync(db);
        // Each ticket is read twice: as one that came, and for what moved it.
        _reading = (0, await db.Set<Obligation>().CountAsync(owed => owed.DueAt >= since) + (2 * await db.Set<Ticket>().CountAsync(ticket => ticket.CreatedAt >= since && ticket.ExternalReference == null)));
        var rows = new PromiseRowQueries(db, Ids);
        return PromiseBook.Of(await rows.PromisesAsync(since, null, CancellationToken.None, () => _reading.Done++), await rows.MovesAsync(since, null, CancellationToken.None, () => _reading.Done++), since)
            .WithOlder(null, await rows.OlderAsync(since, null, CancellationToken.None));
    }

    private static async Task<(long Event, long Entry)> MarksAsync(SupportDb db) => (
        await db.Set<TicketEvent>().MaxAsync(happening => (long?)happening.Id) ?? 0,
        await db.Set<LedgerEntry>().MaxAsync(entry => (long?)entry.Id) ?? 0);

    private void Hear(Change change)
    {
        if (!change.IsAbout(TicketCommands.Topic))
        {
            return;
        }

        lock (_news)
        {
            if (change == Change.Everything)
            {
                _missedNews = true;
            }
            else
            {
                _pending.Add(change.Id);
            }

            if (_pending.Count > MostPending)
            {
                // Nobody has looked for long: the next who does reads all.
                (_book, _missedAll) = (null, true);
                _pending.Clear();
            }
        }
    }

    private (HashSet<long> Numbers, bool MissedNews, bool MissedAll) Heard()
    {
        lock (_news)
        {
            var heard = (new HashSet<long>(_pending), _missedNews, _missedAll);
            (_missedNews, _missedAll) = (false, false);
            _pending.Clear();
            return heard;
        }
    }
}
