using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Identity.Bearer;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Platform.Identity;

public sealed class SqliteAccessTests() : AccessTests(DatabaseProvider.Sqlite);

public sealed class PostgresAccessTests() : AccessTests(PostgresServer.OrSkip());

public abstract class AccessTests(DatabaseProvider provider) : IAsyncLifetime
{
    private IdentityHost _host = default!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await IdentityHost.StartAsync(provider);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Every_policy_opens_for_those_it_names_and_nobody_else()
    {
        var specialist = await _host.AddStaffAsync(Roles.Specialist, "s@desk.example");
        var lead = await _host.AddStaffAsync(Roles.TeamLead, "l@desk.example");
        var admin = await _host.AddStaffAsync(Roles.Admin, "a@desk.example");
        string[] all = [Scopes.Tickets, Scopes.Reports, Scopes.Admin];
        var callers = new Dictionary<string, string?>
        {
            ["nobody"] = null,
            ["junk"] = "psk_junk",
            ["session"] = await _host.AddSessionAsync(),
            ["specialist"] = (await _host.AddKeyAsync(specialist.Id, all)).Token,
            ["lead"] = (await _host.AddKeyAsync(lead.Id, all)).Token,
            ["admin"] = (await _host.AddKeyAsync(admin.Id, all)).Token,
            ["admin, tickets only"] = (await _host.AddKeyAsync(admin.Id, Scopes.Tickets)).Token,
            ["admin, reports only"] = (await _host.AddKeyAsync(admin.Id, Scopes.Reports)).Token,
        };
        var expected = new Dictionary<string, string[]>
        {
            [Access.Staff] = [],
            [Access.Lead] = [],
            [Access.Admin] = [],
            [Access.Api] = ["specialist", "lead", "admin", "admin, tickets only", "admin, reports only"],
            [Access.ApiTickets] = ["specialist", "lead", "admin", "admin, tickets only"],
            [Access.ApiReports] = ["lead", "admin", "admin, reports only"],
            [Access.ApiLead] = ["lead", "admin"],
            [Access.ApiAdmin] = ["admin"],
            [Access.Customer] = ["session"],
            [Access.Chat] = ["session", "specialist", "lead", "admin", "admin, tickets only"],
            [Access.Notes] = ["specialist", "lead", "admin", "admin, tickets only"],
        };
        foreach (var (policy, open) in expected)
        {
            foreach (var (name, token) in callers)
            {
                using var client = _host.Client(token);
                var status = (await client.GetAsync($"/api/test/{policy}", Cancel)).StatusCode;
                Assert.True((status == HttpStatusCode.OK) == open.Contains(name), $"{name} at {policy}: {status}");
                Assert.True(status is HttpStatusCode.OK or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden, $"{name} at {policy}: {status}");
            }
        }
    }

    [Theory]
    [InlineData(null, "missing-token")]
    [InlineData("psk_junk", "invalid-token")]
    [InlineData("pss_junk", "invalid-token")]
    public async Task A_program_without_a_good_token_gets_problem_details(string? token, string code)
    {
        using var client = _host.Client(token);
        var response = await client.GetAsync("/api/test/api", Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().Scheme);
        Assert.Equal(code, (await response.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_key_or_session_ends_at_exactly_its_end()
    {
        var staff = await _host.AddStaffAsync(Roles.Admin, "a@desk.example");
        var end = _host.Clock.GetUtcNow() + TimeSpan.FromHours(1);
        var key = (await _host.Services.GetRequiredService<ApiKeyCommands>().CreateAsync(staff.Id, "k", [Scopes.Tickets], end, StaffFakes.Admin, Cancel)).Value!;
        var session = await _host.AddSessionAsync();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("api", key.Token));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("customer", session));
        _host.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("api", key.Token));
        using var client = _host.Client(session);
        var answer = await (await client.GetAsync("/api/test/customer", Cancel)).Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal("expired-token", answer.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Revoking_ending_and_disabling_have_effect_on_the_next_request()
    {
        var staff = await _host.AddStaffAsync(Roles.Admin, "a@desk.example");
        var revoked = await _host.AddKeyAsync(staff.Id, Scopes.Tickets);
        var kept = await _host.AddKeyAsync(staff.Id, Scopes.Tickets);
        var session = await _host.AddSessionAsync();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("api", revoked.Token));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("customer", session));

        Assert.True(await _host.Services.GetRequiredService<ApiKeyCommands>().RevokeAsync(revoked.Id, StaffFakes.Admin, Cancel));
        Assert.True(await _host.Services.GetRequiredService<CustomerSessions>().EndAsync(session, Cancel));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("api", revoked.Token));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("customer", session));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("api", kept.Token));

        await _host.ChangeAsync(staff.Id, user => user.LockoutEnd = StaffCard.DisabledUntil);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("api", kept.Token));
    }

    [Fact]
    public async Task Wrong_passwords_do_not_stop_the_keys_that_act_for_the_person()
    {
        var staff = await _host.AddStaffAsync(Roles.Admin, "a@desk.example");
        var key = await _host.AddKeyAsync(staff.Id, Scopes.Tickets);
        await _host.ChangeAsync(staff.Id, user => user.LockoutEnd = _host.Clock.GetUtcNow() + TimeSpan.FromMinutes(5));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("api", key.Token));
    }

    [Fact]
    public async Task A_configured_key_may_be_any_text_and_is_made_once()
    {
        var staff = await _host.AddStaffAsync(Roles.Admin, "a@desk.example");
        var commands = _host.Services.GetRequiredService<ApiKeyCommands>();
        var first = await commands.EnsureAsync("demo admin key", staff.Id, "Demo", Scopes.All, Cancel);
        Assert.Equal(first, await commands.EnsureAsync("demo admin key", staff.Id, "Demo", Scopes.All, Cancel));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("api-admin", "demo admin key"));
        var row = Assert.Single(await _host.Services.GetRequiredService<ApiKeyQueries>().ListAsync(Cancel));
        Assert.DoesNotContain("demo admin key", row.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_url_carries_a_token_only_at_the_chat_hubs_web_socket_and_no_log_shows_it()
    {
        var session = await _host.AddSessionAsync();
        Assert.Equal(HttpStatusCode.OK, await UpgradeAsync(BearerPaths.Hub, session, upgrade: true));
        Assert.Equal(HttpStatusCode.Unauthorized, await UpgradeAsync(BearerPaths.Hub, session, upgrade: false));
        Assert.Equal(HttpStatusCode.Unauthorized, await UpgradeAsync("/hubs/other", session, upgrade: true));
        Assert.Equal(HttpStatusCode.Unauthorized, await UpgradeAsync("/api/test/customer", session, upgrade: true));
        Assert.DoesNotContain(_host.Logs.All, line => line.Contains(session, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pages_without_a_policy_are_for_staff_and_send_others_to_sign_in()
    {
        using var client = _host.Client();
        var response = await client.GetAsync("/unnamed?tab=1", Cancel);
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("/account/login?returnUrl=%2Funnamed%3Ftab%3D1", response.Headers.Location!.PathAndQuery);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/_blazor", Cancel)).StatusCode);
    }

    private async Task<HttpStatusCode> StatusAsync(string policy, string token)
    {
        using var client = _host.Client(token);
        return (await client.GetAsync($"/api/test/{policy}", Cancel)).StatusCode;
    }

    private async Task<HttpStatusCode> UpgradeAsync(string path, string token, bool upgrade)
    {
        using var client = _host.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{path}?access_token={token}");
        if (upgrade)
        {
            request.Headers.TryAddWithoutValidation("Connection", "Upgrade");
            request.Headers.TryAddWithoutValidation("Upgrade", "websocket");
        }

        return (await client.SendAsync(request, Cancel)).StatusCode;
    }
}
