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
        var owed = soonestFirst.Where(row => row.Badge is { AnsweredAt: null } badge && badge.DueAt < now + Ahead).ToList();
        var earlier = owed.Count(row => row.Badge!.DueAt < now - Behind);
        return string.Join(' ', owed.Skip(earlier).Take(Most).Select(Say).Prepend($"+{earlier}"));
    }

    private static string Say(QueueRow row) =>
        $"{row.Number}:{row.Badge!.DueAt.ToUnixTimeSeconds()}:{row.Badge.AtRiskAt.ToUnixTimeSeconds()}:"
        + (row.Badge.Commitment == Commitment.Guaranteed ? "g" : "t") + (row.Severity == Severity.BusinessCritical ? "c" : "");
}
