using System.Collections.Immutable;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets;

/// <summary>
/// The instants at which open tickets turn at risk or breached, in their order: of a hundred thousand one turns with every hundredth of a second, and looking at all of them for it each time would cost more than the queue itself.
/// Rows that came later stand beside the sorted ones until they are many, and rows that are no longer so are passed over by <paramref name="isSo"/>.
/// </summary>
/// <param name="sorted">Instants in ticks with their rows, soonest first.</param>
/// <param name="late">Rows that came since.</param>
/// <param name="isSo">Whether a row is still what its ticket is.</param>
internal sealed class TurningRows(ImmutableArray<(long At, QueueRow Row)> sorted, ImmutableArray<QueueRow> late, Func<QueueRow, bool> isSo)
{
    private const int MostLate = 2_000;

    /// <summary>Those of rows in any order.</summary>
    public static TurningRows Of(IReadOnlyCollection<QueueRow> rows, Func<QueueRow, bool> isSo)
    {
        var instants = new List<(long At, QueueRow Row)>(rows.Count * 2);
        foreach (var row in rows)
        {
            if (row.Badge is { AnsweredAt: null } badge)
            {
                instants.Add((badge.AtRiskAt.UtcTicks, row));
                instants.Add((badge.DueAt.UtcTicks, row));
            }

            if (row.NextDueAt is { } next && !(row.Badge is { AnsweredAt: null } same && same.DueAt == next))
            {
                instants.Add((next.UtcTicks, row));
            }
        }

        instants.Sort((left, right) => left.At.CompareTo(right.At));
        return new([.. instants], [], isSo);
    }

    /// <summary>The same with rows that were read since; null where they have become so many that sorting all is due.</summary>
    public TurningRows? With(IReadOnlyCollection<QueueRow> fresh, Func<QueueRow, bool> isStillSo) =>
        late.Length + fresh.Count > MostLate ? null : new(sorted, late.AddRange(fresh), isStillSo);

    /// <summary>Those of which an instant between the two has made something else.</summary>
    public IReadOnlyCollection<QueueRow> Between(DateTimeOffset then, DateTimeOffset now)
    {
        var (first, last) = (ObligationClock.Whole(then), ObligationClock.Whole(now));
        bool HasTurned(QueueRow row) => isSo(row) && (
            (row.NextDueAt is { } next && next >= first && next < last)
            || (row.Badge is { AnsweredAt: null } badge && ((badge.AtRiskAt > then && badge.AtRiskAt <= now) || (badge.DueAt >= first && badge.DueAt < last))));
        var turned = new HashSet<QueueRow>(late.Where(HasTurned), ReferenceEqualityComparer.Instance);
        for (var place = PlaceOf(first); place < sorted.Length && sorted[place].At <= now.UtcTicks; place++)
        {
            if (HasTurned(sorted[place].Row))
            {
                turned.Add(sorted[place].Row);
            }
        }

        return turned;
    }

    /// <summary>The first instant after one at which any of them turns, or <paramref name="latest"/>.</summary>
    public DateTimeOffset NextAfter(DateTimeOffset at, DateTimeOffset latest)
    {
        var next = latest;
        foreach (var row in late)
        {
            next = Sooner(row, at, next);
        }

        for (var place = PlaceOf(ObligationClock.Whole(at)); place < sorted.Length && sorted[place].At <= next.UtcTicks; place++)
        {
            next = Sooner(sorted[place].Row, at, next);
        }

        return next;
    }

    private DateTimeOffset Sooner(QueueRow row, DateTimeOffset at, DateTimeOffset next)
    {
        if (row.Badge is not { AnsweredAt: null } badge || !isSo(row))
        {
            return next;
        }

        // It is in time for all of the millisecond in which it is due.
        next = badge.AtRiskAt > at && badge.AtRiskAt < next ? badge.AtRiskAt : next;
        return badge.DueAt >= at && badge.DueAt < next ? badge.DueAt.AddMilliseconds(1) : next;
    }

    private int PlaceOf(DateTimeOffset at)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = sorted[middle].At < at.UtcTicks ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
