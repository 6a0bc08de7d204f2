using PremiumSupport.Desk.Entitlements;
using PremiumSupport.Desk.Notifications;

namespace PremiumSupport.Monitoring;

/// <summary>
/// Tells the leads of what assignees have not acknowledged in time, and those whom the policy in force names of what the leads have not. Like every sweep it may run at any time, twice or
/// never: the rows say what was told.
/// </summary>
public sealed class EscalationSweep(NotificationCommands commands, NotificationQueries queries, Policies policies, NotificationOptions options, TimeProvider clock)
{
    /// <summary>Escalates until nothing is left to escalate.</summary>
    public async Task RunAsync(CancellationToken cancellation = default)
    {
        // Looked up on a reader's connection: the one writer is only troubled when there is something to write.
        while (await queries.UnheardSinceAsync(cancellation) is { } since && IsOver(since) && (await commands.EscalateAsync(cancellation)).Count > 0)
        {
        }

        if (policies.Current.EscalateTo is not { Count: > 0 } named)
        {
            return;
        }

        while (await queries.UnheardByLeadsSinceAsync(clock.GetUtcNow() - options.EscalateAfter - NotificationCommands.Newest, cancellation) is { } told && IsOver(told)
            && (await commands.PassOnAsync(named, cancellation)).Count > 0)
        {
        }
    }

    private bool IsOver(DateTimeOffset since) => since + options.EscalateAfter <= clock.GetUtcNow();
}
