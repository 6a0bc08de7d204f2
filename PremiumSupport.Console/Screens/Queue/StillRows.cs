using PremiumSupport.Desk.Tickets;

namespace PremiumSupport.Screens.Queue;

/// <summary>What a list shows and how many changes wait behind it.</summary>
/// <param name="Rows">The rows in the order in which they stand.</param>
/// <param name="Waiting">How many rows came, went or would move.</param>
/// <param name="Gone">Rows that are shown but no longer belong to the view.</param>
public sealed record Stillness(IReadOnlyList<QueueRow> Rows, int Waiting, IReadOnlySet<long> Gone);

/// <summary>Keeps rows where they are while somebody points at them: contents stay true, places do not change.</summary>
public static class StillRows
{
    /// <summary>
    /// The shown rows with fresh contents in their old places. A row that left the view stays, as it was, until the list may move;
    /// one that came, left, or has another deadline counts as waiting.
    /// </summary>
    public static Stillness Hold(IReadOnlyList<QueueRow> shown, IReadOnlyList<QueueRow> fresh)
    {
        var rows = shown.ToArray();
        var (places, others) = Differences(shown, fresh);
        var gone = new HashSet<long>();
        var moved = 0;
        foreach (var place in places)
        {
            if (others.Remove(rows[place].Number, out var now))
            {
                moved += now.NextDueAt == rows[place].NextDueAt ? 0 : 1;
                rows[place] = now;
            }
            else
            {
                gone.Add(rows[place].Number);
            }
        }

        return new(rows, others.Count + gone.Count + moved, gone);
    }

    /// <summary>The same for a list that shows only the first of its rows: what waits is that others stand there now, or in another order; what happens below them is nobody's business.</summary>
    /// <param name="shown">The rows as they stand.</param>
    /// <param name="fresh">All rows as they are now.</param>
    /// <param name="most">How many are shown.</param>
    public static Stillness HoldFirst(IReadOnlyList<QueueRow> shown, IReadOnlyList<QueueRow> fresh, int most)
    {
        var still = Hold(shown, fresh);
        var first = fresh.Take(most).Select(row => row.Number).ToList();
        var places = Enumerable.Range(0, Math.Max(first.Count, shown.Count));
        return still with { Waiting = places.Count(place => first.ElementAtOrDefault(place) != still.Rows.ElementAtOrDefault(place)?.Number) };
    }

    // Both lists side by side: what nothing has touched is the same object in both, and most is; only the rest is looked up.
    private static (List<int> Places, Dictionary<long, QueueRow> Others) Differences(IReadOnlyList<QueueRow> shown, IReadOnlyList<QueueRow> fresh)
    {
        var (places, others) = (new List<int>(), new Dictionary<long, QueueRow>());
        for (int old = 0, now = 0; old < shown.Count || now < fresh.Count;)
        {
            if (old < shown.Count && now < fresh.Count && ReferenceEquals(shown[old], fresh[now]))
            {
                old++;
                now++;
            }
            else if (now == fresh.Count || (old < shown.Count && QueueRow.SoonestDue.Compare(shown[old], fresh[now]) <= 0))
            {
                places.Add(old++);
            }
            else
            {
                others[fresh[now].Number] = fresh[now];
                now++;
            }
        }

        return (places, others);
    }
}
