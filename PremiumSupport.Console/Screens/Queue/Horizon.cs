using System.Globalization;
using System.Text;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Sla;

namespace PremiumSupport.Screens.Queue;

/// <summary>The deadlines of the next hour as the ruler in the browser reads them.</summary>
public static class Horizon
{
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(75);
    private static readonly TimeSpan Behind = TimeSpan.FromMinutes(15);
    private const int Most = 60;

    /// <summary>
    /// <c>number:due:risk:flags</c> separated by spaces, instants in whole seconds since 1970, flags g(uaranteed), t(arget), c(ritical); those overdue for
    /// longer than a quarter of an hour are counted in a leading <c>+n</c>. Terse, because every change in the hour sends it again.
    /// </summary>
    public static string Of(IEnumerable<QueueRow> soonestFirst, DateTimeOffset now)
    {
        var (first, end, earlier, shown) = (now - Behind, now + Ahead, 0, 0);
        var said = new StringBuilder();
        foreach (var row in soonestFirst)
        {
            if (row.Badge is not { AnsweredAt: null } badge || badge.DueAt >= end)
            {
                continue;
            }

            if (badge.DueAt < first)
            {
                earlier++;
            }
            else if (shown++ < Most)
            {
                said.Append(CultureInfo.InvariantCulture, $" {row.Number}:{badge.DueAt.ToUnixTimeSeconds()}:{badge.AtRiskAt.ToUnixTimeSeconds()}:{(badge.Commitment == Commitment.Guaranteed ? 'g' : 't')}{(row.Severity == Severity.BusinessCritical ? "c" : "")}");
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"+{earlier}{said}");
    }
}
