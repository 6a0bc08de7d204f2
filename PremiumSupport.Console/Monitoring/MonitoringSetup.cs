using Hangfire;
using Hangfire.InMemory;
using PremiumSupport.Desk.Reports;
using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Monitoring;

/// <summary>Registers the jobs. Hangfire is an alarm clock, not a memory: losing all its rows loses nothing (trust rule 3).</summary>
public static class MonitoringSetup
{
    private const string EverySecond = "* * * * * *";
    private const string EveryQuarter = "*/15 * * * *";

    /// <summary>Adds the sweep, its timer and Hangfire with in-memory storage.</summary>
    public static IHostApplicationBuilder AddMonitoring(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<FlagSweep>();
        builder.Services.AddHostedService<FlagTimer>();
        builder.Services.AddHangfire(jobs => jobs
            .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings()
            .UseInMemoryStorage(new InMemoryStorageOptions { MaxExpirationTime = TimeSpan.FromMinutes(10) }));
        builder.Services.AddHangfireServer(server =>
        {
            server.SchedulePollingInterval = TimeSpan.FromSeconds(1);
            server.WorkerCount = 2;
        });
        return builder;
    }

    /// <summary>Maps Hangfire's dashboard for admins and registers the recurring jobs, which in-memory storage forgets at every stop.</summary>
    public static void MapMonitoring(this WebApplication app)
    {
        // The empty filter list matters: Hangfire's own default lets local requests in and remote admins out.
        app.MapHangfireDashboard("/jobs", new DashboardOptions { Authorization = [], AsyncAuthorization = [], DashboardTitle = "PremiumSupport jobs", AppPath = "/queue" })
            .RequireAuthorization(Access.Admin);
        app.Services.GetRequiredService<IRecurringJobManager>().AddOrUpdate<FlagSweep>("flag-sweep", sweep => sweep.RunAsync(CancellationToken.None), EverySecond);
        app.Services.GetRequiredService<IRecurringJobManager>().AddOrUpdate<ForecastCommands>("forecast", forecasts => forecasts.RecordAsync(CancellationToken.None), EveryQuarter);
    }
}
