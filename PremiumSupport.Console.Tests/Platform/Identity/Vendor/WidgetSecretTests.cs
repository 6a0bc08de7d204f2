using System.Net;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Identity.Vendor;
using PremiumSupport.Tests.Channels.Help;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Platform.Identity.Vendor;

public sealed class SqliteWidgetSecretTests() : WidgetSecretTests(DatabaseProvider.Sqlite);

public sealed class PostgresWidgetSecretTests() : WidgetSecretTests(PostgresServer.OrSkip());

/// <summary>The workspace's secrets: what the start makes of them, and how one takes over from another (trust rule 18).</summary>
public abstract class WidgetSecretTests(DatabaseProvider provider) : IAsyncLifetime
{
    private const string Other = "another-secret-of-the-tests-0123456789";

    private readonly string _storage = Directory.CreateTempSubdirectory("premium-support-keys-").FullName;
    private TestDatabase _database = default!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static StaffCaller Admin { get; } = new(Guid.NewGuid(), "Elif Aydın", "admin@demo.example", IsLead: true, IsAdmin: true);

    public async ValueTask InitializeAsync() => _database = await TestDatabase.CreateAsync(provider);

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        Directory.Delete(_storage, recursive: true);
    }

    [Fact]
    public async Task A_second_secret_takes_over_from_the_first()
    {
        await using var host = Start();
        var first = Assert.Single(await RowsAsync(host));
        Assert.Equal((SecretOrigin.Configured, SigningSecret.KeyIdOf(SupportHost.WidgetSecret), true), (first.Origin, first.KeyId, first.IsActive));
        var second = (await Commands(host).AddAsync(Admin, Cancel)).Value!;

        Assert.Equal(HttpStatusCode.OK, await BeginAsync(host, SupportHost.WidgetSecret));
        Assert.Equal(HttpStatusCode.OK, await BeginAsync(host, second.Text));
        Assert.Equal(second.KeyId, (await host.Services.GetRequiredService<WidgetSecrets>().CurrentAsync(Cancel)).KeyId);
        Assert.Equal("Two secrets are active already. Retire one of them first.", (await Commands(host).AddAsync(Admin, Cancel)).Problem);

        Assert.True((await Commands(host).RetireAsync(first.KeyId, endSessions: false, Admin, Cancel)).IsDone);
        Assert.Equal(HttpStatusCode.Unauthorized, await BeginAsync(host, SupportHost.WidgetSecret));
        Assert.Equal(HttpStatusCode.OK, await BeginAsync(host, second.Text));
        Assert.StartsWith("It is the only active secret", (await Commands(host).RetireAsync(second.KeyId, endSessions: false, Admin, Cancel)).Problem, StringComparison.Ordinal);
        Assert.Equal("This secret is not active any more.", (await Commands(host).RetireAsync(first.KeyId, endSessions: false, Admin, Cancel)).Problem);

        var rows = await RowsAsync(host);
        Assert.Equal([second.KeyId, first.KeyId], rows.Select(row => row.KeyId));
        Assert.Equal(("Elif Aydın", null, 2), (rows[0].CreatedBy, rows[0].RetiredBy, rows[0].OpenSessions));
        Assert.Equal(("Elif Aydın", true, (int?)null, 1), (rows[1].RetiredBy, rows[1].IsStillUsed, rows[1].EndedSessions, rows[1].OpenSessions));
        Assert.All(rows, row => Assert.NotNull(row.LastUsedAt));
        Assert.Equal("Degraded", await HealthAsync(host));
    }

    [Fact]
    public async Task Retiring_a_secret_that_leaked_ends_what_it_signed_and_nothing_else()
    {
        await using var host = Start();
        var second = (await Commands(host).AddAsync(Admin, Cancel)).Value!;
        var (leaked, good) = (await SessionAsync(host, SupportHost.WidgetSecret), await SessionAsync(host, second.Text));
        await using var open = await host.ConnectAsync(leaked);
        await using var stays = await host.ConnectAsync(good);
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        open.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };

        Assert.Equal(1, (await Commands(host).RetireAsync(SigningSecret.KeyIdOf(SupportHost.WidgetSecret), endSessions: true, Admin, Cancel)).Value);

        await closed.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        (await new ApiCaller(host.Api(leaked)).GetAsync("/widget/v1/session")).IsProblem(401, "invalid-token");
        (await new ApiCaller(host.Api(good)).GetAsync("/widget/v1/session")).Is(HttpStatusCode.OK);
        Assert.Equal(HubConnectionState.Connected, stays.State);
        Assert.Equal("Healthy", await HealthAsync(host));
    }

    [Fact]
    public async Task Only_an_admin_adds_and_retires()
    {
        await using var host = Start();
        var lead = Admin with { IsAdmin = false };
        Assert.Equal("Only an admin may change the secrets.", (await Commands(host).AddAsync(lead, Cancel)).Problem);
        Assert.Equal("Only an admin may change the secrets.", (await Commands(host).RetireAsync(SigningSecret.KeyIdOf(SupportHost.WidgetSecret), endSessions: true, lead, Cancel)).Problem);
        Assert.Single(await RowsAsync(host));
    }

    [Fact]
    public async Task What_the_configuration_says_takes_the_place_of_what_it_said_before_and_of_what_was_generated()
    {
        await using (var host = Start(""))
        {
            Assert.Equal(SecretOrigin.Generated, Assert.Single(await RowsAsync(host)).Origin);
        }

        await using (var host = Start(Other))
        {
            Assert.Equal(HttpStatusCode.OK, await BeginAsync(host, Other));
            Assert.Equal([(SecretOrigin.Configured, true), (SecretOrigin.Generated, false)], (await RowsAsync(host)).Select(row => (row.Origin, row.IsActive)));
        }

        await using (var host = Start())
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await BeginAsync(host, Other));
            Assert.Equal(HttpStatusCode.OK, await BeginAsync(host, SupportHost.WidgetSecret));
        }

        // What was said once stays when nothing is said any more, and comes back when it is said again.
        await using (var host = Start(""))
        {
            Assert.Equal(HttpStatusCode.OK, await BeginAsync(host, SupportHost.WidgetSecret));
        }

        await using (var host = Start(Other))
        {
            Assert.Equal(HttpStatusCode.OK, await BeginAsync(host, Other));
            Assert.Equal(1, (await RowsAsync(host)).Count(row => row.IsActive));
        }
    }

    [Fact]
    public async Task What_an_admin_retired_stays_retired_whatever_the_configuration_says()
    {
        await using (var host = Start())
        {
            await Commands(host).AddAsync(Admin, Cancel);
            await Commands(host).RetireAsync(SigningSecret.KeyIdOf(SupportHost.WidgetSecret), endSessions: false, Admin, Cancel);
        }

        await using var again = Start();
        Assert.Equal(HttpStatusCode.Unauthorized, await BeginAsync(again, SupportHost.WidgetSecret));
    }

    [Fact]
    public async Task A_third_secret_and_one_that_is_too_short_stop_the_start_and_name_the_key()
    {
        await using (var host = Start())
        {
            await Commands(host).AddAsync(Admin, Cancel);
            Assert.True((await Commands(host).RetireAsync(SigningSecret.KeyIdOf(SupportHost.WidgetSecret), endSessions: false, Admin, Cancel)).IsDone);
            await Commands(host).AddAsync(Admin, Cancel);
        }

        foreach (var (secret, sentence) in new[] { (Other, "third secret"), ("short", "fewer than 16 characters") })
        {
            await using var host = Start(secret);
            var failure = Assert.ThrowsAny<Exception>(() => host.Address).ToString();
            Assert.Contains(sentence, failure, StringComparison.Ordinal);
            Assert.Contains("Widget__Secret", failure, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_generated_secret_that_an_earlier_version_kept_in_the_clear_is_taken_over_and_no_longer_kept_so()
    {
        await using (var host = Start())
        {
            await using var db = await ReadAsync(host);
            await db.Set<WidgetSecret>().ExecuteDeleteAsync(Cancel);
            db.Add(new Setting { Key = "Widget:Secret", Value = Other });
            await db.SaveChangesAsync(Cancel);
        }

        await using var again = Start("");
        Assert.Equal(HttpStatusCode.OK, await BeginAsync(again, Other));
        await using var kept = await ReadAsync(again);
        Assert.Null(await kept.Set<Setting>().FindAsync(["Widget:Secret"], Cancel));
        Assert.DoesNotContain(Other, Assert.Single(await kept.Set<WidgetSecret>().ToListAsync(Cancel)).Protected, StringComparison.Ordinal);
    }

    // One folder of keys for all starts, as an installation has.
    private SupportHost Start(string secret = SupportHost.WidgetSecret) => new(new Dictionary<string, string?> { ["Widget:Secret"] = secret, ["Storage:Path"] = _storage }, database: _database);

    private static WidgetSecretCommands Commands(SupportHost host)
    {
        _ = host.Address;
        return host.Services.GetRequiredService<WidgetSecretCommands>();
    }

    private static Task<IReadOnlyList<WidgetSecretRow>> RowsAsync(SupportHost host)
    {
        _ = host.Address;
        return host.Services.GetRequiredService<WidgetSecretQueries>().ListAsync(Cancel);
    }

    private static Task<SupportDb> ReadAsync(SupportHost host)
    {
        _ = host.Address;
        return host.Services.GetRequiredService<IDbContextFactory<SupportDb>>().CreateDbContextAsync(Cancel);
    }

    private static async Task<ApiAnswer> AskAsync(SupportHost host, string secret)
    {
        _ = host.Address;
        return await new ApiCaller(host.CreateClient()).PostAsync("/widget/v1/session", new { identityToken = new VendorToken(host.Services.GetRequiredService<TimeProvider>().GetUtcNow()).Sign(secret) });
    }

    private static async Task<HttpStatusCode> BeginAsync(SupportHost host, string secret) => (await AskAsync(host, secret)).Status;

    private static async Task<string> SessionAsync(SupportHost host, string secret) => (await AskAsync(host, secret)).Is(HttpStatusCode.OK)["sessionToken"].GetString()!;

    private static async Task<string> HealthAsync(SupportHost host) => await host.CreateClient().GetStringAsync("/health/ready", Cancel);
}
