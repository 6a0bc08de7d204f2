using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Data;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Figures;

/// <summary>What the first fifty of the queue cost among 100 and among 5,000 open tickets.</summary>
public sealed class QueueFigures
{
    private const int Few = 100;
    private const int Many = 5_000;
    private const string Top50 = "SELECT \"Number\", \"Subject\", \"NextDueAt\" FROM \"Tickets\" WHERE \"Status\" IN ('New', 'Open', 'Waiting') AND \"NextDueAt\" IS NOT NULL ORDER BY \"NextDueAt\", \"Number\" LIMIT 50";
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(1.5);

    [Fact(Explicit = true)]
    public async Task Queue()
    {
        await using var few = Measured.Host();
        await using var many = Measured.Host();
        await FillAsync(few, Few);
        await FillAsync(many, Many);
        using var fewApi = Measured.Client(few.Address, SupportHost.ApiKey);
        using var manyApi = Measured.Client(many.Address, SupportHost.ApiKey);
        using var fewRaw = Raw(few);
        using var manyRaw = Raw(many);

        var loads = await Load.MediansAsync(
            () => GetAsync(fewApi, "/api/v1/queue?limit=50"),
            () => GetAsync(manyApi, "/api/v1/queue?limit=50"),
            () => RawAsync(fewRaw),
            () => RawAsync(manyRaw));
        Sheet.Row($"GET /api/v1/queue?limit=50, p50, {Many:N0} open", loads[1].P50, "raw SQLite, the same 50 rows", loads[3].P50, "ms");
        Sheet.Row($"GET /api/v1/queue?limit=50, p50, {Many:N0} open", loads[1].P50, $"the same among {Few}", loads[0].P50, "ms");
        Sheet.Row("The same, processor", loads[1].Cpu, $"the same among {Few}", loads[0].Cpu, "ms");
        Sheet.Row($"Raw SQLite top 50, p50, {Many:N0} open", loads[3].P50, $"the same among {Few}", loads[2].P50, "ms");
        await PageAsync(few, many);
        await PlansAsync(many);
    }

    /// <summary>The console's page, where there is one.</summary>
    private static async Task PageAsync(SupportHost few, SupportHost many)
    {
        using var fewPage = await SignInAsync(few);
        using var manyPage = await SignInAsync(many);
        using var probe = await manyPage.GetAsync("/queue");
        if (!probe.IsSuccessStatusCode)
        {
            Sheet.Note($"GET /queue answered {(int)probe.StatusCode}; the page was not measured.");
            return;
        }

        var loads = await Load.MediansAsync(() => GetAsync(fewPage, "/queue"), () => GetAsync(manyPage, "/queue"));
        Sheet.Row($"GET /queue as HTML, p50, {Many:N0} open", loads[1].P50, $"the same among {Few}", loads[0].P50, "ms");
        Sheet.Row("The same, processor", loads[1].Cpu, $"the same among {Few}", loads[0].Cpu, "ms");
    }

    /// <summary>Shows that the hot queries walk the partial indexes: asks SQLite how it would run what the product has just run.</summary>
    private static async Task PlansAsync(SupportHost host)
    {
        var commands = new List<string>();
        using var listening = DiagnosticListener.AllListeners.Subscribe(new Listeners(commands));
        using var api = Measured.Client(host.Address, SupportHost.ApiKey);
        await api.GetStringAsync("/api/v1/queue?limit=50");
        await host.Services.GetRequiredService<TicketQueries>().NextFlagAtAsync();
        await Measured.CommandsAt(host, TimeProvider.System).FlagDueAsync();
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(host.Folder, "support.db")}");
        await connection.OpenAsync();
        string[] recorded;
        lock (commands)
        {
            recorded = [.. commands];
        }

        foreach (var (what, mark) in new[] { ("queue top 50", "ORDER BY \"t\".\"NextDueAt\""), ("sweep, next flag", "MIN("), ("sweep, due rows", "\"NextFlagAt\" <= ") })
        {
            var sql = recorded.FirstOrDefault(text => text.Contains(mark, StringComparison.Ordinal));
            Sheet.Note($"\nPlan of the {what}:\n\n```\n{sql}\n{(sql is null ? "was not run" : string.Join('\n', Explain(connection, sql)))}\n```");
        }
    }

    private static List<string> Explain(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + sql;
        foreach (var name in System.Text.RegularExpressions.Regex.Matches(sql, @"@\w+").Select(match => match.Value).Distinct())
        {
            command.Parameters.AddWithValue(name, 1);
        }

        using var reader = command.ExecuteReader();
        var steps = new List<string>();
        while (reader.Read())
        {
            steps.Add("  " + reader.GetString(3));
        }

        return steps;
    }

    private static async Task FillAsync(SupportHost host, int count)
    {
        _ = host.Address;
        await Measured.OpenAsync(Measured.CommandsAt(host, TimeProvider.System), await Measured.CustomerAsync(host, "sofia@acme.example"), count, Channel.Email);
    }

    private static Task<Load> GetAsync(HttpClient client, string address) => Load.RunAsync(1, Duration, async _ =>
    {
        using var response = await client.GetAsync(address);
        response.EnsureSuccessStatusCode();
        await response.Content.ReadAsByteArrayAsync();
    });

    private static SqliteConnection Raw(SupportHost host)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(host.Folder, "support.db")}");
        connection.Open();
        return connection;
    }

    private static Task<Load> RawAsync(SqliteConnection connection) => Load.RunAsync(1, Duration, _ =>
    {
        using var command = connection.CreateCommand();
        command.CommandText = Top50;
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            reader.GetString(1);
        }

        return Task.CompletedTask;
    });

    /// <summary>A client with the cookie that signing in would have given.</summary>
    private static async Task<HttpClient> SignInAsync(SupportHost host)
    {
        using var scope = host.Services.CreateScope();
        var services = scope.ServiceProvider;
        var users = services.GetRequiredService<UserManager<StaffUser>>();
        var principal = await services.GetRequiredService<IUserClaimsPrincipalFactory<StaffUser>>().CreateAsync((await users.FindByEmailAsync("specialist@demo.example"))!);
        var options = services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme);
        var properties = new AuthenticationProperties { IssuedUtc = TimeProvider.System.GetUtcNow(), ExpiresUtc = TimeProvider.System.GetUtcNow().AddHours(1) };
        var ticket = options.TicketDataFormat.Protect(new AuthenticationTicket(principal, properties, IdentityConstants.ApplicationScheme));
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = host.Address };
        client.DefaultRequestHeaders.Add("Cookie", $"{options.Cookie.Name}={ticket}");
        return client;
    }

    private sealed class Listeners(List<string> commands) : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
    {
        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == DbLoggerCategory.Name)
            {
                value.Subscribe(this);
            }
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value.Value is CommandEventData { Command.CommandText: var sql })
            {
                lock (commands)
                {
                    commands.Add(sql);
                }
            }
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}
