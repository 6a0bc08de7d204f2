using Hangfire;
using Hangfire.InMemory;
using Hangfire.PostgreSql;
using Hangfire.Storage;
using Npgsql;
using PremiumSupport.Channels.Email.Out;
using PremiumSupport.Desk.Files;
using PremiumSupport.Desk.Intake;
using PremiumSupport.Desk.Knowledge.Asked;
using PremiumSupport.Desk.Knowledge.Images;
using PremiumSupport.Desk.Reports;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Identity.Bearer;

namespace PremiumSupport.Monitoring;

/// <summary>Registers the jobs. Hangfire is an alarm clock, not a memory: losing all its rows loses nothing (trust rule 3).</summary>
public static class MonitoringSetup
{
    private const string EverySecond = "* * * * * *";
    private const string EverySecondSecond = "*/2 * * * * *";
    private const string EveryTenSeconds = "*/10 * * * * *";
    private const string EveryHour = "17 * * * *";
    private const string EveryQuarter = "*/15 * * * *";

    private static readonly TimeSpan KeepDoneJobs = TimeSpan.FromMinutes(10);

    // A node that is killed leaves its locks behind; ours are held for milliseconds, so that one of this age is nobody's.
    private static readonly TimeSpan LongestLock = TimeSpan.FromSeconds(10);

    /// <summary>Adds the sweep, its timer and Hangfire: in memory where there is one node, beside the tickets where nodes share a database.</summary>
    public static IHostApplicationBuilder AddMonitoring(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<FlagSweep>();
        builder.Services.AddHostedService<FlagTimer>();
        builder.Services.AddHostedService<SendTimer>();
        builder.Services.AddHostedService<TakeBackSweep>();
        builder.Services.AddSingleton<EscalationSweep>();
        builder.Services.AddHostedService<NotificationWatch>();
        builder.Services.AddHangfire((services, jobs) =>
        {
            jobs.SetDataCompatibilityLevel(CompatibilityLevel.Version_180).UseSimpleAssemblyNameTypeSerializer().UseRecommendedSerializerSettings();
            if (services.GetService<Postgres>() is { } postgres)
            {
                jobs.UsePostgreSqlStorage(storage => storage.UseConnectionFactory(new Connections(postgres)), new PostgreSqlStorageOptions { QueuePollInterval = TimeSpan.FromSeconds(1), DistributedLockTimeout = LongestLock })
                    .WithJobExpirationTimeout(KeepDoneJobs);
            }
            else
            {
                jobs.UseInMemoryStorage(new InMemoryStorageOptions { MaxExpirationTime = KeepDoneJobs });
            }
        });
        builder.Services.AddHangfireServer(server =>
        {
            server.SchedulePollingInterval = TimeSpan.FromSeconds(1);
            server.WorkerCount = 2;
        });
        return builder;
    }

    /// <summary>Registers the recurring jobs: in-memory storage forgets them at every stop, and in a shared one every node says the same. Makes the storage's tables.</summary>
    public static void LoadJobs(IServiceProvider services)
    {
        // What stands there already is left alone: changing it takes a lock, for which a start would have to wait where a node was killed holding it.
        using var storage = services.GetRequiredService<JobStorage>().GetConnection();
        var known = storage.GetRecurringJobs().ToDictionary(job => job.Id);
        var jobs = services.GetRequiredService<IRecurringJobManager>();
        void Load<T>(string id, System.Linq.Expressions.Expression<Func<T, Task>> job, string cron)
        {
            if (!known.TryGetValue(id, out var there) || there.Cron != cron || there.Job?.Type != typeof(T))
            {
                jobs.AddOrUpdate(id, job, cron);
            }
        }

        Load<FlagSweep>("flag-sweep", sweep => sweep.RunAsync(CancellationToken.None), EverySecond);
        Load<EscalationSweep>("escalation-sweep", sweep => sweep.RunAsync(CancellationToken.None), EverySecondSecond);
        Load<OutboxDrain>("outbox", drain => drain.RunAsync(CancellationToken.None), EveryTenSeconds);
        Load<UploadSweepCommands>("upload-sweep", sweep => sweep.RunAsync(CancellationToken.None), EveryQuarter);
        Load<ArticleImageCommands>("forget-images", images => images.ForgetAsync(CancellationToken.None), EveryHour);
        Load<AskedCommands>("forget-questions", asked => asked.ForgetAsync(CancellationToken.None), EveryHour);
        Load<MailPurgeCommands>("mail-purge", purge => purge.RunAsync(CancellationToken.None), EveryHour);
        Load<CustomerSessions>("session-sweep", sessions => sessions.RemoveExpiredAsync(CancellationToken.None), EveryHour);
        Load<WeeklyReportCommands>("weekly-report", report => report.WriteAsync(CancellationToken.None), EveryQuarter);
        Load<ForecastCommands>("forecast", forecasts => forecasts.RecordAsync(CancellationToken.None), EveryQuarter);
    }

    /// <summary>Maps Hangfire's dashboard for admins.</summary>
    public static void MapMonitoring(this WebApplication app) =>
        // The empty filter list matters: Hangfire's own default lets local requests in and remote admins out.
        app.MapHangfireDashboard("/jobs", new DashboardOptions { Authorization = [], AsyncAuthorization = [], DashboardTitle = "PremiumSupport jobs", AppPath = "/queue" })
            .RequireAuthorization(Access.Admin);

    private sealed class Connections(Postgres postgres) : IConnectionFactory
    {
        public NpgsqlConnection GetOrCreateConnection() => postgres.Connect();
    }
}
