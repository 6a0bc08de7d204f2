using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace PremiumSupport.Platform.Time;

/// <summary>Registers the clock.</summary>
public static class ClockSetup
{
    /// <summary>Adds the steady clock as the product's <see cref="TimeProvider"/>, and what <c>/health/ready</c> says about it.</summary>
    public static IHostApplicationBuilder AddSteadyClock(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(ClockOptions.Read(builder.Configuration));
        builder.Services.AddSingleton<SteadyClock>();
        builder.Services.AddSingleton<TimeProvider>(services => services.GetRequiredService<SteadyClock>());
        builder.Services.AddHealthChecks().AddCheck<ClockHealthCheck>("clock", tags: ["ready"]);
        return builder;
    }

    /// <summary>A doubted wall clock is worth a look, but the product keeps its promises all the same: degraded, not unhealthy.</summary>
    private sealed class ClockHealthCheck(SteadyClock clock) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            var health = clock.Health;
            return Task.FromResult(health.Doubted is null ? HealthCheckResult.Healthy(health.Last?.Sentence) : HealthCheckResult.Degraded(health.Last?.Sentence));
        }
    }
}
