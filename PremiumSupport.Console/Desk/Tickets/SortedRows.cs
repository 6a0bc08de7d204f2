using System.Collections.Immutable;

namespace PremiumSupport.Desk.Tickets;

/// <summary>Rows in the order of the queue.</summary>
internal static class SortedRows
{
    /// <summary>
    /// The rows without some and with others, in their order; what stays is copied in stretches, so that a change among a hundred thousand costs a copy and no comparison of each.
    /// </summary>
    /// <param name="rows">In the order of <see cref="QueueRow.SoonestDue"/>.</param>
    /// <param name="gone">As they stand there; those that do not are left aside.</param>
    /// <param name="come">In any order.</param>
    public static ImmutableArray<QueueRow> Replace(ImmutableArray<QueueRow> rows, IEnumerable<QueueRow> gone, IEnumerable<QueueRow> come)
    {
        var cuts = gone.Select(row => rows.BinarySearch(row, QueueRow.SoonestDue)).Where(place => place >= 0).ToHashSet();
        var news = come.Order(QueueRow.SoonestDue).Select(row => (Place: Place(rows, row), Row: row)).ToArray();
        if (cuts.Count == 0 && news.Length == 0)
        {
            return rows;
        }

        var result = ImmutableArray.CreateBuilder<QueueRow>(rows.Length - cuts.Count + news.Length);
        var (at, next) = (0, 0);
        foreach (var place in cuts.Concat(news.Select(row => row.Place)).Distinct().Order())
        {
            result.AddRange(rows.AsSpan()[at..place]);
            at = place;
            while (next < news.Length && news[next].Place == place)
            {
                result.Add(news[next++].Row);
            }

            at += cuts.Contains(place) ? 1 : 0;
        }

        result.AddRange(rows.AsSpan()[at..]);
        return result.MoveToImmutable();
    }

    private static int Place(ImmutableArray<QueueRow> rows, QueueRow row)
    {
        var place = rows.BinarySearch(row, QueueRow.SoonestDue);
        return place < 0 ? ~place : place;
    }
}
