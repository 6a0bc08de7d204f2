using Microsoft.Extensions.Diagnostics.HealthChecks;
using PremiumSupport.Desk.Outbox;

namespace PremiumSupport.Channels.Email.Out;

/// <summary>Mails that cannot be delivered, or that have waited for long: degraded, because a person has to look, and everything else works.</summary>
internal sealed class MailHealth(OutboxQueries outbox, TimeProvider clock) : IHealthCheck
{
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(15);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var state = await outbox.StateAsync(cancellationToken);
        return state.Dead > 0 ? HealthCheckResult.Degraded($"{state.Dead} mails could not be delivered. See /admin/mail.")
            : state.OldestDue < clock.GetUtcNow() - Late ? HealthCheckResult.Degraded("Mails that are due do not go. See /admin/mail.")
            : HealthCheckResult.Healthy();
    }
}
