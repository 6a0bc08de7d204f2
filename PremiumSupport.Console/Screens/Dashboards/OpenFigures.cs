using PremiumSupport.Desk.Tickets;
using PremiumSupport.Screens.Queue;

namespace PremiumSupport.Screens.Dashboards;

/// <summary>What the dashboard says of the tickets that stand open, counted in one walk over them: among a hundred thousand a walk for each figure is most of what a page costs.</summary>
/// <param name="DueSoon">How many fall due within half an hour.</param>
/// <param name="DueInHour">How many fall due within the hour.</param>
/// <param name="AloneInHour">How many of those nobody has.</param>
/// <param name="ArrivedLately">How many came in within the last hour.</param>
/// <param name="Longest">Whose promise is the oldest that nobody has answered; null where nobody waits.</param>
/// <param name="NextUnassigned">The most pressing that nobody has; null where everything has somebody.</param>
/// <param name="Pressing">Those that are overdue or fall due within the hour, the most pressing first.</param>
/// <param name="Ruler">See <see cref="Horizon"/>.</param>
/// <param name="Loads">See <see cref="DashboardFigures.Loads"/>.</param>
public sealed record OpenFigures(
    int DueSoon, int DueInHour, int AloneInHour, int ArrivedLately, QueueRow? Longest, QueueRow? NextUnassigned, IReadOnlyList<QueueRow> Pressing, string Ruler, IReadOnlyList<Load> Loads)
{
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>Counts them at an instant.</summary>
    public static OpenFigures Of(IReadOnlyList<QueueRow> soonestFirst, DateTimeOffset now)
    {
        var (soon, inHour, alone, lately) = (0, 0, 0, 0);
        QueueRow? longest = null, unassigned = null;
        var pressing = new List<QueueRow>();
        foreach (var row in soonestFirst)
        {
            if (row.NextDueAt is { } due && due <= now + Hour)
            {
                if (due >= now)
                {
                    soon += due <= now + Soon ? 1 : 0;
                    inHour++;
                    alone += row.AssigneeId is null ? 1 : 0;
                }

                pressing.Add(row);
            }

            lately += row.CreatedAt > now - Hour ? 1 : 0;
            unassigned ??= row.AssigneeId is null ? row : null;
            longest = row.Badge is { AnsweredAt: null } badge && (longest is null || badge.StartedAt < longest.Badge!.StartedAt) ? row : longest;
        }

        return new(soon, inHour, alone, lately, longest, unassigned, pressing, Horizon.Of(soonestFirst, now), DashboardFigures.Loads(soonestFirst, now));
    }
}
