using Microsoft.Extensions.Diagnostics.HealthChecks;
using PremiumSupport.Desk.Intake;

namespace PremiumSupport.Channels.Email.Inbound.Reading;

/// <summary>What <c>/health/ready</c> says about mail: the desk works without it, so it is degraded and not unhealthy.</summary>
internal sealed class IntakeHealth(IntakeStatus status, IntakeQueries queries, TimeProvider clock) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (status.Broken is [var broken, ..])
        {
            return HealthCheckResult.Degraded($"The mailbox {broken.Mailbox} cannot be read since {broken.FailingSince:u}. {(broken.IsOurs ? broken.Failure : "")}".TrimEnd());
        }

        if (status.Obstacle is { } obstacle)
        {
            return HealthCheckResult.Degraded($"Mails are kept and cannot be looked into since {obstacle.Since:u}. {obstacle.Why}");
        }

        var counts = await queries.CountAsync(cancellationToken);
        return counts.OldestArrivedAt is { } oldest && clock.GetUtcNow() - oldest >= IntakeStatus.Behind
            ? HealthCheckResult.Degraded($"{counts.Waiting} mails wait to be looked into, the oldest since {oldest:u}.")
            : HealthCheckResult.Healthy();
    }
}
