using System.Collections.Immutable;

namespace PremiumSupport.Desk.Reports.Kept;

/// <summary>
/// Promises and moves of tickets in memory, by pages of ticket numbers. Never changes: a new book shares the pages that stayed, so whoever adds up figures sees one instant of the desk and waits for nobody. Tickets of one page came at about the
/// same time, so a period passes over most pages by their first and last deadline.
/// </summary>
public sealed class PromiseBook
{
    private const int PageBits = 10;

    private readonly ImmutableDictionary<long, Page> _pages;
    private readonly ImmutableDictionary<long, TicketMove> _older;

    private PromiseBook(ImmutableDictionary<long, Page> pages, ImmutableDictionary<long, TicketMove> older, DateTimeOffset since) => (_pages, _older, Since) = (pages, older, since);

    /// <summary>The book holds every promise whose deadline is not before this instant.</summary>
    public DateTimeOffset Since { get; }

    /// <summary>The arrivals of open tickets that came in before it begins: few, and in the backlog all the time.</summary>
    public IEnumerable<TicketMove> Older => _older.Values;

    /// <summary>How many promises it holds.</summary>
    public int Count => _pages.Values.Sum(page => page.Promises.Length);

    /// <summary>A book of those promises and moves.</summary>
    public static PromiseBook Of(IReadOnlyCollection<KeptPromise> promises, IReadOnlyCollection<TicketMove> moves, DateTimeOffset since) =>
        new PromiseBook(ImmutableDictionary<long, Page>.Empty, ImmutableDictionary<long, TicketMove>.Empty, since).With(promises.Select(promise => promise.Number).Concat(moves.Select(move => move.Number)).ToHashSet(), promises, moves);

    /// <summary>The book with what is open and older than it.</summary>
    /// <param name="numbers">The tickets that were looked at; null for all.</param>
    /// <param name="older">Those among them that are so.</param>
    public PromiseBook WithOlder(IReadOnlyCollection<long>? numbers, IReadOnlyCollection<TicketMove> older)
    {
        var known = numbers is null ? ImmutableDictionary<long, TicketMove>.Empty : _older.RemoveRange(numbers);
        return ReferenceEquals(known, _older) && older.Count == 0 ? this : new(_pages, known.SetItems(older.Select(move => KeyValuePair.Create(move.Number, move))), Since);
    }

    /// <summary>The book with all that it knows of some tickets replaced by what is fresh; what is due before <see cref="Since"/> is left out.</summary>
    public PromiseBook With(IReadOnlySet<long> numbers, IEnumerable<KeptPromise> promises, IEnumerable<TicketMove> moves)
    {
        var since = Since.ToUnixTimeMilliseconds();
        var freshPromises = promises.Where(promise => promise.Due >= since).ToLookup(promise => promise.Number >> PageBits);
        var freshMoves = moves.ToLookup(move => move.Number >> PageBits);
        var pages = _pages.ToBuilder();
        foreach (var key in numbers.Select(number => number >> PageBits).Distinct())
        {
            var known = pages.GetValueOrDefault(key) ?? Page.Empty;
            var page = new Page(
                [.. known.Promises.Where(promise => !numbers.Contains(promise.Number)), .. freshPromises[key]],
                [.. known.Moves.Where(move => !numbers.Contains(move.Number)), .. freshMoves[key]]);
            if (page.Promises.Length + page.Moves.Length == 0)
            {
                pages.Remove(key);
            }
            else
            {
                pages[key] = page;
            }
        }

        return new(pages.ToImmutable(), _older, Since);
    }

    /// <summary>The book from an instant on, as reading it anew would make it: without tickets that came before, of which the open ones are to be read (<see cref="WithOlder"/>), and without pages on which nothing is left.</summary>
    public PromiseBook From(DateTimeOffset since)
    {
        var first = since.ToUnixTimeMilliseconds();
        var older = _pages.Values.SelectMany(page => page.Moves).Where(move => move.Kind == MoveKind.Arrived && move.At < first).Select(move => move.Number).ToHashSet();
        var pages = _pages.ToBuilder();
        foreach (var (key, page) in _pages)
        {
            TicketMove[] moves = [.. page.Moves.Where(move => !older.Contains(move.Number))];
            if (moves.Length == 0 && page.LastDue < first)
            {
                pages.Remove(key);
            }
            else if (moves.Length < page.Moves.Length)
            {
                pages[key] = new(page.Promises, moves);
            }
        }

        return new(pages.ToImmutable(), _older, since);
    }

    /// <summary>Calls <paramref name="take"/> with every promise whose deadline lies in [<paramref name="from"/>, <paramref name="to"/>), in no order.</summary>
    public void Read(DateTimeOffset from, DateTimeOffset to, PromiseTaker take)
    {
        var (first, end) = (from.ToUnixTimeMilliseconds(), End(to));
        foreach (var page in _pages.Values)
        {
            if (page.LastDue < first || page.FirstDue >= end)
            {
                continue;
            }

            foreach (ref readonly var promise in page.Promises.AsSpan())
            {
                if (promise.Due >= first && promise.Due < end)
                {
                    take(in promise);
                }
            }
        }
    }

    /// <summary>Calls <paramref name="take"/> with every move before <paramref name="to"/>; those of a ticket in their order.</summary>
    public void ReadMoves(DateTimeOffset to, MoveTaker take)
    {
        var end = End(to);
        foreach (var page in _pages.Values)
        {
            foreach (ref readonly var move in page.Moves.AsSpan())
            {
                if (move.At < end)
                {
                    take(in move);
                }
            }
        }
    }

    /// <summary>
    /// The same for all moves in [<paramref name="from"/>, <paramref name="to"/>), and by how many tickets those before have changed the backlog: pages of which all lies before are known by their sum, which is most of a book.
    /// </summary>
    public int ReadMoves(DateTimeOffset from, DateTimeOffset to, MoveTaker take)
    {
        var (first, end, before) = (from.ToUnixTimeMilliseconds(), End(to), 0);
        foreach (var page in _pages.Values)
        {
            if (page.LastMove < first)
            {
                before += page.Delta;
                continue;
            }

            foreach (ref readonly var move in page.Moves.AsSpan())
            {
                if (move.At < first)
                {
                    before += move.Delta;
                }
                else if (move.At < end)
                {
                    take(in move);
                }
            }
        }

        return before;
    }

    // Deadlines are whole milliseconds; the end of a window need not be one.
    private static long End(DateTimeOffset to) => to.ToUnixTimeMilliseconds() + (to.Ticks % TimeSpan.TicksPerMillisecond == 0 ? 0 : 1);

    private sealed record Page(KeptPromise[] Promises, TicketMove[] Moves)
    {
        public static readonly Page Empty = new([], []);

        public long FirstDue { get; } = Promises.Length == 0 ? long.MaxValue : Promises.Min(promise => promise.Due);

        public long LastDue { get; } = Promises.Length == 0 ? long.MinValue : Promises.Max(promise => promise.Due);

        public long LastMove => _moved.Last;

        public int Delta => _moved.Delta;

        private readonly (long Last, int Delta) _moved = Moves.Length == 0 ? (long.MinValue, 0) : (Moves.Max(move => move.At), Moves.Sum(move => move.Delta));
    }
}

/// <summary>Takes a promise as it comes by.</summary>
public delegate void PromiseTaker(in KeptPromise promise);
