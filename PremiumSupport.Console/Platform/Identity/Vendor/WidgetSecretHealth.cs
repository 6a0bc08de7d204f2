using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace PremiumSupport.Platform.Identity.Vendor;

/// <summary>Customers whom a server of the vendor's vouches for with a retired secret are nobody here: degraded, because it is the vendor who has to mend it.</summary>
internal sealed class WidgetSecretHealth(WidgetSecretQueries secrets) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var rows = await secrets.ListAsync(cancellationToken);
        return rows.Where(row => row.IsStillUsed).Select(row => row.KeyId).ToList() is { Count: > 0 } used
            ? HealthCheckResult.Degraded($"Identity tokens still come signed with a retired secret: {string.Join(", ", used)}. See /admin/widget.")
            : rows.Where(row => row is { IsActive: true, IsReadable: false }).Select(row => row.KeyId).ToList() is { Count: > 0 } lost
                ? HealthCheckResult.Degraded($"An active secret for identity tokens cannot be read with this node's key ring: {string.Join(", ", lost)}.")
                : HealthCheckResult.Healthy();
    }
}
