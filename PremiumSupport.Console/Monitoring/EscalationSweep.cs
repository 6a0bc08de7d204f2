using PremiumSupport.Desk.Notifications;

namespace PremiumSupport.Monitoring;

/// <summary>Tells the leads of what assignees have not acknowledged in time. Like every sweep it may run at any time, twice or never: the rows say what was told.</summary>
public sealed class EscalationSweep(NotificationCommands commands, NotificationQueries queries, NotificationOptions options, TimeProvider clock)
{
    /// <summary>Escalates until nothing is left to escalate.</summary>
    public async Task RunAsync(CancellationToken cancellation = default)
    {
        // Looked up on a reader's connection: the one writer is only troubled when there is something to write.
        while (await queries.UnheardSinceAsync(cancellation) is { } since && since + options.EscalateAfter <= clock.GetUtcNow()
            && (await commands.EscalateAsync(cancellation)).Count > 0)
        {
        }
    }
}
