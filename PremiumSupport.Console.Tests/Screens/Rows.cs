using System.Collections.Concurrent;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Sla;

namespace PremiumSupport.Tests.Screens;

/// <summary>Queue rows for tests.</summary>
internal static class Rows
{
    public static readonly DateTimeOffset Now = new(2026, 11, 24, 14, 28, 0, TimeSpan.Zero);

    /// <summary>The people of those rows by name.</summary>
    public static readonly ConcurrentDictionary<string, Guid> People = new();

    /// <summary>An open row due so many minutes from <see cref="Now"/>; null for one that owes nothing.</summary>
    public static QueueRow Row(long number, double? dueInMinutes = 60, string? assignee = null, string subject = "A subject", string account = "acme", RequesterRole role = RequesterRole.User)
    {
        DateTimeOffset? due = dueInMinutes is { } minutes ? Now.AddMinutes(minutes) : null;
        return new(
            number, subject, Channel.Email, TicketStatus.New, Severity.Standard, ClaimState.None, account, account.ToUpperInvariant(), "Sofia Marchetti", "sofia@acme.example", role,
            assignee is null ? null : People.GetOrAdd(assignee, _ => Guid.NewGuid()), assignee, "The first words", "Sofia Marchetti", true, Now.AddHours(-1), Now, due,
            due is null ? null : new(Metric.FirstResponse, Commitment.Guaranteed, Now.AddHours(-1), due.Value.AddMinutes(-15), due.Value, null, null, [], "24x7", [], null, null), 1);
    }
}
