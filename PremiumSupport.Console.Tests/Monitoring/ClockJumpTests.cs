using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Monitoring;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Ledger;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Time;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Hosting;
using PremiumSupport.Tests.Platform.Identity;

namespace PremiumSupport.Tests.Monitoring;

public sealed class SqliteClockJumpTests() : ClockJumpTests(DatabaseProvider.Sqlite);

public sealed class PostgresClockJumpTests() : ClockJumpTests(PostgresServer.OrSkip());

/// <summary>The product on a machine whose wall clock jumps: no false breach, none lost, and the sweep says what it saw. Deadlines here are one hour.</summary>
public abstract class ClockJumpTests(DatabaseProvider provider) : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 3, 4, 9, 0, 0, TimeSpan.Zero);

    private readonly JumpyClock _machine = new(Start);
    private readonly LogLines _log = new();
    private TestDatabase _database = default!;
    private SupportHost _host = default!;
    private long _number;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(provider);
        _host = new(new Dictionary<string, string?>(), services =>
        {
            services.AddSingleton(new SteadyClock(new(), _machine, () => null));
            services.AddSingleton<ILoggerProvider>(_log);
            foreach (var job in services.Where(service => service.ServiceType == typeof(IHostedService) && QuietHost.IsAlarm(service)).ToList())
            {
                services.Remove(job);
            }
        }, _database);
        _ = _host.Address;
        var opened = await _host.Services.GetRequiredService<TicketCommands>().OpenAsync(
            new() { Channel = Channel.Email, Requester = new("acme", "sofia@acme.example", null), Subject = "S", Body = "B", ClientMessageId = "jump" }, Caller.System, Cancel);
        _number = opened.Value!.Number;
        Assert.Equal(Start, opened.Value.SentAt);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task An_hour_forward_and_back_makes_no_flag_and_is_said()
    {
        await PassAsync(minutes: 5);
        _machine.Jump(TimeSpan.FromHours(1));
        await PassAsync(minutes: 4);
        Assert.Equal("", await FlagsAsync());
        Assert.Contains(_log.All, line => line.StartsWith("The wall clock jumped 1:00:00.0 forward.", StringComparison.Ordinal));
        Assert.Equal("Degraded", await ReadyAsync());

        _machine.Jump(TimeSpan.FromHours(-1));
        await PassAsync(minutes: 1);
        Assert.Equal("", await FlagsAsync());
        Assert.Contains(_log.All, line => line.Contains("came back after 0:04:00.0", StringComparison.Ordinal));
        Assert.Equal("Healthy", await ReadyAsync());

        await PassAsync(minutes: 50);
        Assert.Equal("50% 75% -00:05:00", await FlagsAsync());
        await PassAsync(minutes: 1);
        Assert.Equal("50% 75% -00:05:00 breached", await FlagsAsync());
        Assert.Equal((Start.AddHours(1), Start.AddHours(1).AddSeconds(5)), await BreachAsync());
    }

    [Fact]
    public async Task An_hour_back_delays_no_flag_and_turns_no_late_answer_into_one_in_time()
    {
        await PassAsync(minutes: 58);
        _machine.Jump(TimeSpan.FromHours(-1));
        await PassAsync(minutes: 3);

        Assert.Equal("50% 75% -00:05:00 breached", await FlagsAsync());
        Assert.Equal((Start.AddHours(1), Start.AddHours(1).AddSeconds(5)), await BreachAsync());
        Assert.Contains(_log.All, line => line.StartsWith("The wall clock jumped 1:00:00.0 back.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_hour_forward_that_holds_is_believed_and_what_fell_due_is_flagged()
    {
        await PassAsync(minutes: 5);
        _machine.Jump(TimeSpan.FromHours(1));
        await PassAsync(minutes: 5);
        Assert.Equal("", await FlagsAsync());
        await PassAsync(minutes: 1);

        Assert.Equal("50% 75% -00:05:00 breached", await FlagsAsync());
        Assert.Contains(_log.All, line => line.Contains("1:00:00.0 forward for 0:05:00.0 and is believed", StringComparison.Ordinal));
    }

    /// <summary>Time passes while the sweep runs, every five seconds.</summary>
    private async Task PassAsync(int minutes)
    {
        var sweep = _host.Services.GetRequiredService<FlagSweep>();
        for (var second = 0; second < minutes * 60; second += 5)
        {
            _machine.Advance(TimeSpan.FromSeconds(5));
            await sweep.RunAsync(Cancel);
        }
    }

    private async Task<string> ReadyAsync()
    {
        using var client = _host.CreateClient();
        return await client.GetStringAsync("/health/ready", Cancel);
    }

    private async Task<(DateTimeOffset? At, DateTimeOffset? Detected)> BreachAsync()
    {
        await using var db = await _host.Services.GetRequiredService<IDbContextFactory<SupportDb>>().CreateDbContextAsync(Cancel);
        var promise = await db.Set<Obligation>().AsNoTracking().SingleAsync(obligation => obligation.TicketNumber == _number, Cancel);
        return (promise.BreachedAt, promise.DetectedAt);
    }

    private async Task<string> FlagsAsync()
    {
        await using var db = await _host.Services.GetRequiredService<IDbContextFactory<SupportDb>>().CreateDbContextAsync(Cancel);
        var rows = await db.Set<LedgerEntry>().AsNoTracking().Where(entry => entry.TicketNumber == _number && (entry.Kind == LedgerKind.Warned || entry.Kind == LedgerKind.Breached)).OrderBy(entry => entry.Sequence).ToListAsync(Cancel);
        return string.Join(' ', rows.Select(entry => entry.Kind == LedgerKind.Warned ? System.Text.Json.JsonElement.Parse(entry.Data).GetProperty("step").GetString() : TicketRules.Word(entry.Kind)));
    }
}
