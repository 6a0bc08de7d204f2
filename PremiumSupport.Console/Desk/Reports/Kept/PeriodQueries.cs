using Microsoft.EntityFrameworkCore;
using NodaTime;
using PremiumSupport.Desk.Accounts;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Reports.Kept;

/// <summary>What groups of a report are: their words for an address, the name that people say, and the figures.</summary>
/// <param name="Word">For <see cref="PromiseFilter"/>: the key of an account, the address of a specialist, empty for nobody.</param>
/// <param name="Name">The name; empty for nobody.</param>
public sealed record KeptGroup(string Word, string Name, KeptPair Kept);

/// <summary>A period as it stood at one instant.</summary>
/// <param name="Period">The days and instants.</param>
/// <param name="ReadAt">The instant by which was judged.</param>
/// <param name="Figures">Promises.</param>
/// <param name="Flow">Arrivals and backlog, of the tickets that the filter's words about tickets let through.</param>
public sealed record PeriodReport(ReportPeriod Period, DateTimeOffset ReadAt, PeriodFigures Figures, FlowFigures Flow)
{
    /// <summary>What it was read from: as long as that is the same, no ticket has changed.</summary>
    internal PromiseBook? Book { get; init; }
}

/// <summary>Answers what leads ask of a period from the <see cref="PromiseBook"/>. Figures are worked out once for all who look at the same while nothing changes.</summary>
public sealed class PeriodQueries(PromiseBookQueries books, IDbContextFactory<SupportDb> factory, TimeProvider clock)
{
    // A second changes no figure that a lead could tell, but the age of what is owed.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);
    // What lies further back than the book is read from the database each time, and changes little.
    private static readonly TimeSpan FarRest = TimeSpan.FromMinutes(1);
    private const int MostKept = 16;

    private readonly Lock _gate = new();
    private readonly Dictionary<(PeriodChoice, PromiseFilter, string), (PromiseBook Book, PeriodReport Report)> _kept = [];

    /// <summary>Whether a look is quick; see <see cref="PromiseBookQueries.IsRead"/>.</summary>
    public bool IsReady => books.IsRead;

    /// <summary>From 0 to 1 how much of the first reading is done.</summary>
    public double Progress => books.Progress;

    /// <summary>The figures of a period, narrowed by a filter.</summary>
    public async Task<PeriodReport> ReadAsync(PeriodChoice choice, PromiseFilter filter, DateTimeZone zone, StaffCaller caller, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var asked = ReportPeriod.Of(choice, clock.GetUtcNow(), zone);
        var key = (choice, filter, zone.Id);
        if (books.IsBeyond(asked.BeforeFrom))
        {
            lock (_gate)
            {
                if (_kept.TryGetValue(key, out var far) && clock.GetUtcNow() - far.Report.ReadAt < FarRest)
                {
                    return far.Report;
                }
            }
        }

        var book = await books.ReadAsync(asked.BeforeFrom, cancellation);
        // Judged after the book was read, which may have taken a while.
        var now = ObligationClock.Whole(clock.GetUtcNow());
        lock (_gate)
        {
            if (_kept.TryGetValue(key, out var kept) && kept.Book == book && now - kept.Report.ReadAt < Rest && now >= kept.Report.ReadAt)
            {
                return kept.Report;
            }
        }

        var period = ReportPeriod.Of(choice, now, zone);
        var wall = new WallTime(zone, period.BeforeFrom, period.To);
        var sieve = await SieveAsync(filter, wall, now, cancellation);
        var tally = new PeriodTally(period, sieve, wall, now);
        book.Read(period.BeforeFrom, period.To, tally.Add);
        var flow = new FlowTally(period, wall, book.Older.Count(move => sieve.Passes(in move, isOfTicket: true)));
        if (sieve.PassesAllTickets)
        {
            flow.AddBefore(book.ReadMoves(period.From, period.To, flow.Add));
        }
        else
        {
            book.ReadMoves(period.To, (in move) =>
            {
                if (sieve.Passes(in move, isOfTicket: true))
                {
                    flow.Add(in move);
                }
            });
        }

        var report = new PeriodReport(period, now, tally.ToFigures(), flow.ToFigures()) { Book = book };
        lock (_gate)
        {
            if (_kept.Count >= MostKept)
            {
                _kept.Clear();
            }

            _kept[key] = (book, report);
        }

        return report;
    }

    /// <summary>First responses of a period day by day, narrowed by a filter, whatever metric that names.</summary>
    public async Task<IReadOnlyList<ResponseDay>> DaysAsync(PeriodChoice choice, PromiseFilter filter, DateTimeZone zone, StaffCaller caller, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var book = await books.ReadAsync(ReportPeriod.Of(choice, clock.GetUtcNow(), zone).From, cancellation);
        var now = ObligationClock.Whole(clock.GetUtcNow());
        var period = ReportPeriod.Of(choice, now, zone);
        var wall = new WallTime(zone, period.From, period.To);
        var tally = new DaysTally(period, await SieveAsync(filter with { Metric = Metric.FirstResponse }, wall, now, cancellation), wall, now);
        book.Read(period.From, period.To, tally.Add);
        return tally.ToDays();
    }

    /// <summary>The promises that a figure counted, in no order, at one instant, with the period that they are of.</summary>
    public async Task<(ReportPeriod Period, DateTimeOffset ReadAt, List<KeptPromise> Promises)> SelectAsync(PeriodChoice choice, PromiseFilter filter, DateTimeZone zone, StaffCaller caller, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var book = await books.ReadAsync(ReportPeriod.Of(choice, clock.GetUtcNow(), zone).From, cancellation);
        var now = ObligationClock.Whole(clock.GetUtcNow());
        var period = ReportPeriod.Of(choice, now, zone);
        var wall = new WallTime(zone, period.From, period.To);
        var sieve = await SieveAsync(filter, wall, now, cancellation);
        var promises = new List<KeptPromise>();
        book.Read(period.From, period.To, (in promise) =>
        {
            if (sieve.Passes(in promise))
            {
                promises.Add(promise);
            }
        });
        return (period, now, promises);
    }

    /// <summary>Moves of a period that passed into or out of the backlog, or with <see cref="TicketList.Open"/> the arrivals of the tickets that were open at its end; in no order.</summary>
    internal async Task<(ReportPeriod Period, List<TicketMove> Moves)> SelectMovesAsync(PeriodChoice choice, PromiseFilter filter, TicketList list, DateTimeZone zone, StaffCaller caller, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var book = await books.ReadAsync(ReportPeriod.Of(choice, clock.GetUtcNow(), zone).From, cancellation);
        var now = ObligationClock.Whole(clock.GetUtcNow());
        var period = ReportPeriod.Of(choice, now, zone);
        var wall = new WallTime(zone, period.From, period.To);
        var (sieve, from) = (await SieveAsync(filter, wall, now, cancellation), period.From.ToUnixTimeMilliseconds());
        var moves = new List<TicketMove>();
        if (list == TicketList.Open)
        {
            var open = new Dictionary<long, (TicketMove Arrived, int Delta)>();
            book.ReadMoves(period.To, (in move) =>
            {
                if (sieve.Passes(in move, isOfTicket: true))
                {
                    var known = open.GetValueOrDefault(move.Number);
                    open[move.Number] = (move.Kind == MoveKind.Arrived ? move : known.Arrived, known.Delta + move.Delta);
                }
            });
            moves.AddRange(open.Values.Where(ticket => ticket.Delta > 0).Select(ticket => ticket.Arrived));
            moves.AddRange(book.Older.Where(move => sieve.Passes(in move, isOfTicket: true)));
        }
        else
        {
            var kind = list == TicketList.Left ? MoveKind.Left : MoveKind.Arrived;
            book.ReadMoves(period.To, (in move) =>
            {
                if (move.At >= from && move.Kind == kind && sieve.Passes(in move, isOfTicket: false))
                {
                    moves.Add(move);
                }
            });
        }

        return (period, moves);
    }

    /// <summary>Accounts of a report, those that missed most first; at most so many.</summary>
    public Task<IReadOnlyList<KeptGroup>> AccountsAsync(PeriodFigures figures, int skip, int most, CancellationToken cancellation = default) =>
        NamedAsync(figures.Accounts, skip, most, (db, ids) => db.Set<Account>().Where(account => ids.Contains(account.Id)).Select(account => new Named(account.Id, account.Key, account.Name)), cancellation);

    /// <summary>Specialists of a report, likewise.</summary>
    public Task<IReadOnlyList<KeptGroup>> SpecialistsAsync(PeriodFigures figures, int skip, int most, CancellationToken cancellation = default) =>
        NamedAsync(figures.Specialists, skip, most, (db, ids) => db.Users.Where(user => ids.Contains(user.Id)).Select(user => new Named(user.Id, user.Email ?? "", user.DisplayName)), cancellation);

    private async Task<IReadOnlyList<KeptGroup>> NamedAsync(
        IReadOnlyDictionary<int, KeptPair> groups, int skip, int most, Func<SupportDb, Guid[], IQueryable<Named>> names, CancellationToken cancellation)
    {
        var shown = groups.OrderByDescending(group => group.Value.Now.Missed).ThenByDescending(group => group.Value.Now.Matured).ThenBy(group => group.Key).Skip(skip).Take(most).ToList();
        Guid[] ids = [.. shown.Where(group => group.Key != KeptPromise.Nobody).Select(group => books.Ids[group.Key])];
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var known = await names(db, ids).AsNoTracking().ToDictionaryAsync(name => name.Id, cancellation);
        return [.. shown.Select(group => group.Key == KeptPromise.Nobody ? new KeptGroup("", "", group.Value)
            : known.TryGetValue(books.Ids[group.Key], out var name) ? new KeptGroup(name.Word, name.Name, group.Value)
            : new KeptGroup("", "", group.Value))];
    }

    private async Task<PromiseSieve> SieveAsync(PromiseFilter filter, WallTime wall, DateTimeOffset now, CancellationToken cancellation)
    {
        var (account, specialist) = (PromiseSieve.NoSuch, filter.Specialist is "" ? KeptPromise.Nobody : PromiseSieve.NoSuch);
        if (filter.Account is { } key || filter.Specialist is { Length: > 0 })
        {
            await using var db = await factory.CreateDbContextAsync(cancellation);
            if (filter.Account is not null && await db.Set<Account>().Where(one => one.Key == filter.Account).Select(one => (Guid?)one.Id).SingleOrDefaultAsync(cancellation) is { } accountId)
            {
                account = books.Ids.PlaceOf(accountId);
            }

            var normalized = filter.Specialist?.Trim().ToUpperInvariant();
            if (!string.IsNullOrEmpty(normalized) && await db.Users.Where(user => user.NormalizedEmail == normalized).Select(user => (Guid?)user.Id).SingleOrDefaultAsync(cancellation) is { } staffId)
            {
                specialist = books.Ids.PlaceOf(staffId);
            }
        }

        return new(filter, account, specialist, wall, now.ToUnixTimeMilliseconds());
    }

    private sealed record Named(Guid Id, string Word, string Name);
}
