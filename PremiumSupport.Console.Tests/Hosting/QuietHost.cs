using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using PremiumSupport.Channels.Webhooks;
using PremiumSupport.Monitoring;
using PremiumSupport.Platform.Data;
using PremiumSupport.Sla;

namespace PremiumSupport.Tests.Hosting;

/// <summary>A clock that stands until a test moves it, and that says when somebody set an alarm on it.</summary>
public class StandingClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    private readonly ConcurrentDictionary<DateTimeOffset, TaskCompletionSource> _alarms = new();

    /// <summary>Ends as soon as an alarm was set for exactly that instant.</summary>
    public Task AlarmSetFor(DateTimeOffset at) => Alarm(at).Task;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime >= TimeSpan.Zero)
        {
            Alarm(ObligationClock.Whole(GetUtcNow() + dueTime)).TrySetResult();
        }

        return timer;
    }

    private TaskCompletionSource Alarm(DateTimeOffset at) => _alarms.GetOrAdd(at, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}

/// <summary>The product on a standing clock; whatever would flag by itself is left out unless asked for.</summary>
public class QuietHost : IAsyncLifetime
{
    private readonly DatabaseProvider _provider;
    private TestDatabase? _database;

    /// <summary>For class fixtures: on SQLite.</summary>
    public QuietHost()
        : this(DatabaseProvider.Sqlite)
    {
    }

    protected QuietHost(DatabaseProvider provider) => _provider = provider;

    public StandingClock Clock { get; private init; } = new(new(2026, 3, 4, 9, 0, 0, TimeSpan.Zero));

    public SupportHost Host { get; private set; } = default!;

    /// <summary>A host on a database that outlives it.</summary>
    public static QuietHost Start(TestDatabase database, StandingClock clock, bool withTimer, Dictionary<string, string?>? settings = null)
    {
        var host = new QuietHost { Clock = clock };
        host.Start(settings ?? [], database, withTimer);
        return host;
    }

    /// <summary>Another database of the same kind.</summary>
    public Task<TestDatabase> NewDatabaseAsync() => TestDatabase.CreateAsync(_provider);

    public virtual async ValueTask InitializeAsync()
    {
        _database = await NewDatabaseAsync();
        Start(new() { ["Sla:Defaults:ChatTarget"] = "00:00:20" }, _database, withTimer: false);
    }

    public async ValueTask DisposeAsync()
    {
        if (Host is not null)
        {
            await Host.DisposeAsync();
        }

        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }

    public T Get<T>()
        where T : notnull => Host.Services.GetRequiredService<T>();

    private void Start(Dictionary<string, string?> settings, TestDatabase database, bool withTimer)
    {
        Host = new(settings, services =>
        {
            services.AddSingleton<TimeProvider>(Clock);
            foreach (var job in services.Where(service => service.ServiceType == typeof(IHostedService) && (withTimer ? IsHangfire(service) : IsAlarm(service))).ToList())
            {
                services.Remove(job);
            }
        }, database);
        _ = Host.Address;
    }

    /// <summary>Whether a hosted service would sweep by itself.</summary>
    internal static bool IsAlarm(ServiceDescriptor service) => IsHangfire(service) || service.ImplementationType == typeof(FlagTimer) || service.ImplementationType == typeof(SendTimer) || service.ImplementationType == typeof(WebhookSender);

    private static bool IsHangfire(ServiceDescriptor service) =>
        (service.ImplementationType ?? service.ImplementationFactory?.GetType().GenericTypeArguments[1])?.Namespace?.StartsWith("Hangfire", StringComparison.Ordinal) == true;
}
