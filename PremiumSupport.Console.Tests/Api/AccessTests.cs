using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Identity.Bearer;
using PremiumSupport.Tests.Hosting;
using PremiumSupport.Tests.Platform.Identity;

namespace PremiumSupport.Tests.Api;

[Collection(SharedHost.Name)]
public sealed class SqliteAccessTests(SupportHost host) : AccessTests(host);

[Collection(SharedPostgresHost.Name)]
public sealed class PostgresAccessTests(PostgresHost host) : AccessTests(host.OrSkip());

/// <summary>An API key opens the API, and only as far as it goes.</summary>
public abstract class AccessTests(SupportHost host)
{
    private static readonly (string Method, string Address)[] Addresses =
    [
        ("GET", "/api/v1/queue"), ("GET", "/api/v1/search?q=a"), ("GET", "/api/v1/tickets/1001"), ("GET", "/api/v1/tickets/1001/messages"), ("GET", "/api/v1/tickets/1001/ledger"),
        ("GET", "/api/v1/sla/policy"), ("PUT", "/api/v1/sla/policy"), ("GET", "/api/v1/sla/policy/versions"), ("POST", "/api/v1/sla/policy/preview"), ("GET", "/api/v1/reports/sla"), ("GET", "/api/v1/no-such-thing"), ("POST", "/api/v1/tickets"), ("POST", "/api/v1/tickets/1001/messages"),
        ("POST", "/api/v1/tickets/1001/severity-decision"), ("POST", "/api/v1/tickets/1001/calls"), ("PATCH", "/api/v1/tickets/1001"),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_key_nothing_answers()
    {
        _ = host.Address;
        using var client = host.CreateClient();
        await EachAsync(new(client), 401, "missing-token");
    }

    [Theory]
    [InlineData("psk_wrong")]
    [InlineData("' OR 1=1 --")]
    [InlineData("pss_wrong")]
    public async Task With_a_wrong_key_nothing_answers(string key) => await EachAsync(new(host.Api(key)), 401, "invalid-token");

    [Fact]
    public async Task A_customers_session_is_no_key() => await EachAsync(new(host.Api(await host.SessionAsync("sofia@acme.example"))), 401, "invalid-token");

    [Fact]
    public async Task The_staff_cookie_opens_the_console_and_not_the_api()
    {
        var handler = new CookieKeeper(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        var client = new HttpClient(handler) { BaseAddress = host.Address };
        using var browser = new AccountBrowser(client);
        await browser.SignInAsync("admin@demo.example", SupportHost.Password);

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/queue")).Status);
        await EachAsync(new(client), 401, "missing-token");
    }

    [Fact]
    public async Task A_key_goes_no_further_than_its_scopes_and_its_staff_member()
    {
        _ = host.Address;
        var staff = host.Services.GetRequiredService<StaffQueries>();
        var keys = host.Services.GetRequiredService<ApiKeyCommands>();
        async Task<ApiCaller> KeyAsync(string email, params string[] scopes)
        {
            var member = await staff.FindAsync(email, Cancel);
            return new(host.Api((await keys.CreateAsync(member!.Id, "scoped", scopes, null, StaffFakes.Admin, Cancel)).Value!.Token));
        }

        var reports = await KeyAsync("admin@demo.example", Scopes.Reports);
        (await reports.GetAsync("/api/v1/reports/sla")).Is(HttpStatusCode.OK);
        (await reports.GetAsync("/api/v1/queue")).IsProblem(403, "forbidden");
        (await reports.PostAsync("/api/v1/tickets", ApiCaller.Plain())).IsProblem(403, "forbidden");

        var tickets = await KeyAsync("admin@demo.example", Scopes.Tickets);
        (await tickets.GetAsync("/api/v1/queue")).Is(HttpStatusCode.OK);
        (await tickets.GetAsync("/api/v1/reports/sla")).IsProblem(403, "forbidden");

        var specialist = await KeyAsync("specialist@demo.example", [.. Scopes.All]);
        (await specialist.GetAsync("/api/v1/queue")).Is(HttpStatusCode.OK);
        (await specialist.GetAsync("/api/v1/reports/sla")).IsProblem(403, "forbidden");
    }

    private static async Task EachAsync(ApiCaller caller, int status, string code)
    {
        foreach (var (method, address) in Addresses)
        {
            (await caller.SendAsync(new(method), address, method == "GET" ? null : "{}")).IsProblem(status, code);
        }
    }
}
