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
        var byNumber = fresh.ToDictionary(row => row.Number);
        var rows = new List<QueueRow>(shown.Count);
        var gone = new HashSet<long>();
        var moved = 0;
        foreach (var row in shown)
        {
            if (byNumber.Remove(row.Number, out var now))
            {
                rows.Add(now);
                moved += now.NextDueAt == row.NextDueAt ? 0 : 1;
            }
            else
            {
                rows.Add(row);
                gone.Add(row.Number);
            }
        }

        return new(rows, byNumber.Count + gone.Count + moved, gone);
    }
}
