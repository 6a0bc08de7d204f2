using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PremiumSupport.Desk.Accounts;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity.Bearer;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Hosting;
using PremiumSupport.Tests.Platform.Identity;

namespace PremiumSupport.Tests.Channels.Help;

public sealed class SqliteCustomerIdentityTests(SupportHost host) : CustomerIdentityTests(host), IClassFixture<SupportHost>;

public sealed class PostgresCustomerIdentityTests(PostgresHost host) : CustomerIdentityTests(host.OrSkip()), IClassFixture<PostgresHost>;

/// <summary>How the vendor's word becomes a session, at the real entrance (trust rules 17 and 18).</summary>
public abstract class CustomerIdentityTests(SupportHost host)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DateTimeOffset Now => host.Services.GetRequiredService<TimeProvider>().GetUtcNow();

    [Fact]
    public async Task A_token_that_works_once_begins_one_session_and_no_second()
    {
        var token = Once();
        Assert.NotNull(await BeganAsync(token));

        (await BeginAsync(token)).IsProblem(401, "replayed-token");
        (await BeginAsync(token, NewKey())).IsProblem(401, "replayed-token");
        // Without an id a token may be used until its end, as before.
        var often = Token().Sign(SupportHost.WidgetSecret);
        Assert.NotEqual(await BeganAsync(often), await BeganAsync(often));
    }

    [Fact]
    public async Task The_same_browser_is_given_its_session_again_by_its_key_or_by_the_token_it_holds()
    {
        var (token, key) = (Once(), NewKey());
        var session = await BeganAsync(token, key);

        Assert.Equal(session, await BeganAsync(token, key));
        Assert.Equal(session, await BeganAsync(token, held: session));
        (await BeginAsync(token, NewKey())).IsProblem(401, "replayed-token");
        (await BeginAsync(token, held: await BeganAsync(Once()))).IsProblem(401, "replayed-token");
        await using var db = await ReadAsync();
        Assert.DoesNotContain(await db.Set<CustomerSession>().ToListAsync(Cancel), kept => kept.Hash == session || kept.Salt == key || kept.BrowserHash == key);
    }

    [Fact]
    public async Task Tabs_that_bring_one_token_at_once_share_one_session_and_strangers_get_none()
    {
        var (token, key) = (Once(), NewKey());
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(index => BeginAsync(token, index % 3 == 0 ? NewKey() : key)));

        var given = answers.Where(answer => answer.Status == HttpStatusCode.OK).Select(answer => answer["sessionToken"].GetString()).ToList();
        Assert.Single(given.Distinct());
        Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.OK), answer => answer.IsProblem(401, "replayed-token"));
        Assert.True(given.Count is 1 or 8, $"{given.Count} were given it.");
    }

    [Fact]
    public async Task What_was_ended_stays_ended_for_the_browser_that_began_it_too()
    {
        var (token, key) = (Once(), NewKey());
        var session = await BeganAsync(token, key);
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(HttpMethod.Delete, "/widget/v1/session", null, session)).Status);

        (await BeginAsync(token, key)).IsProblem(401, "replayed-token");
        (await SendAsync(HttpMethod.Get, "/widget/v1/session", null, session)).IsProblem(401, "invalid-token");
        Assert.NotNull(await BeganAsync(Once(), key));
    }

    [Fact]
    public async Task A_log_out_ends_every_tab_of_the_browser_and_its_hub_connections_and_nobody_elses()
    {
        var key = NewKey();
        var (first, second, elsewhere) = (await BeganAsync(Once(), key), await BeganAsync(Token().Sign(SupportHost.WidgetSecret), key), await BeganAsync(Once(), NewKey()));
        var other = await BeganAsync(new VendorToken(Now).With("email", "uwe@acme.example").With("sub", "43").Sign(SupportHost.WidgetSecret), key);
        await using var tab = await host.ConnectAsync(second);
        await using var stays = await host.ConnectAsync(elsewhere);
        await using var person = await host.ConnectAsync(other);
        var closed = Closing(tab);

        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(HttpMethod.Delete, "/widget/v1/session", null, first)).Status);

        await closed.WaitAsync(Patience, Cancel);
        (await SendAsync(HttpMethod.Get, "/widget/v1/session", null, second)).IsProblem(401, "invalid-token");
        await stays.InvokeAsync<JsonElement>("StartConversation", new { clientMessageId = NewKey(), body = "Still here" }, Cancel);
        Assert.Equal(HubConnectionState.Connected, person.State);
    }

    [Fact]
    public async Task A_token_of_a_vendor_whose_clock_is_behind_begins_a_session_that_lives()
    {
        var session = await BeganAsync(Token().With("exp", Now.AddSeconds(-20).ToUnixTimeSeconds()).Sign(SupportHost.WidgetSecret));
        (await SendAsync(HttpMethod.Get, "/widget/v1/session", null, session)).Is(HttpStatusCode.OK);
        (await BeginAsync(Token().With("exp", Now.AddSeconds(-61).ToUnixTimeSeconds()).Sign(SupportHost.WidgetSecret))).IsProblem(401, "expired-token");
    }

    [Fact]
    public async Task What_must_not_be_taken_is_refused_at_the_door_in_words_and_changes_nobody()
    {
        // A host of its own: what is refused is counted against the address, and others are at the same one.
        await using var alone = new SupportHost(new Dictionary<string, string?> { ["Limits:Scale"] = "100" });
        _ = alone.Address;
        var before = (await StoredRows.CountAsync(alone), await ContactsAsync(alone));
        foreach (var (what, token) in VendorToken.Bad(alone.Services.GetRequiredService<TimeProvider>().GetUtcNow(), SupportHost.WidgetSecret))
        {
            using var client = alone.CreateClient();
            var answer = await new ApiCaller(client).PostAsync("/widget/v1/session", new { identityToken = token });
            Assert.True(answer.Status == HttpStatusCode.Unauthorized, $"{what}: {answer.Status} {answer.Text}");
            answer.IsProblem(401, answer["code"].GetString()!);
        }

        Assert.Equal(before, (await StoredRows.CountAsync(alone), await ContactsAsync(alone)));
    }

    [Fact]
    public async Task The_same_address_in_another_account_is_another_person()
    {
        var mine = await BeganAsync(Once());
        var number = (await OpenAsync(mine)).GetProperty("number").GetInt64();
        var theirs = await BeganAsync(Token().With("account", "globex").With("jti", NewKey()).Sign(SupportHost.WidgetSecret));

        (await SendAsync(HttpMethod.Get, $"/widget/v1/tickets/{number}", null, theirs)).IsProblem(404, "not-found");
        Assert.Equal("globex", (await SendAsync(HttpMethod.Get, "/widget/v1/session", null, theirs))["contact"].GetProperty("account").GetString());
        await using var db = await ReadAsync();
        Assert.Equal(2, await db.Set<Contact>().CountAsync(contact => contact.Email == "sofia@acme.example", Cancel));
    }

    [Fact]
    public async Task What_a_replayed_token_says_changes_nobody()
    {
        var token = Token().With("email", "haruka@acme.example").With("jti", NewKey()).With("name", "Haruka").Sign(SupportHost.WidgetSecret);
        await BeganAsync(token);
        await BeganAsync(Token().With("email", "haruka@acme.example").With("jti", NewKey()).With("name", "Haruka Ito").With("role", "user").Sign(SupportHost.WidgetSecret));

        (await BeginAsync(token)).IsProblem(401, "replayed-token");

        await using var db = await ReadAsync();
        var kept = await db.Set<Contact>().SingleAsync(contact => contact.Email == "haruka@acme.example", Cancel);
        Assert.Equal(("Haruka Ito", RequesterRole.User), (kept.Name, kept.Role));
    }

    [Fact]
    public async Task A_role_that_the_vendor_takes_away_and_an_account_that_stops_paying_count_at_once_for_open_sessions()
    {
        // A host of its own: it ends an account's purchase.
        await using var alone = new SupportHost(new Dictionary<string, string?>());
        _ = alone.Address;
        var caller = new ApiCaller(alone.CreateClient());
        var began = alone.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var session = (await caller.PostAsync("/widget/v1/session", new { identityToken = new VendorToken(began).Sign(SupportHost.WidgetSecret) }))["sessionToken"].GetString()!;
        var sofia = new ApiCaller(alone.Api(session));
        var claim = new { channel = "email", subject = "Nobody can sign in", body = "Since nine.", businessCritical = true, criterion = "signIn", impact = "All of us." };
        (await sofia.PostAsync("/widget/v1/tickets", claim)).Is(HttpStatusCode.Created);

        await caller.PostAsync("/widget/v1/session", new { identityToken = new VendorToken(began).With("role", "user").Sign(SupportHost.WidgetSecret) });
        (await sofia.PostAsync("/widget/v1/tickets", claim)).IsProblem(403, "not-super-admin");
        Assert.Equal("user", (await sofia.GetAsync("/widget/v1/session"))["contact"].GetProperty("role").GetString());

        await using (var db = await alone.Services.GetRequiredService<IDbContextFactory<SupportDb>>().CreateDbContextAsync(Cancel))
        {
            await db.Set<PremiumPurchase>().ExecuteUpdateAsync(set => set.SetProperty(purchase => purchase.To, began), Cancel);
        }

        (await sofia.PostAsync("/widget/v1/tickets", new { channel = "email", subject = "S", body = "B" })).IsProblem(403, "not-entitled");
        Assert.All((await sofia.GetAsync("/widget/v1/session"))["channels"].EnumerateArray(), channel => Assert.Equal("not-entitled", channel.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task A_hub_connection_closes_when_its_session_is_over()
    {
        // The hub's own look at the clock, once a second, is the wall's.
        await using var brief = await host.ConnectAsync(await LivingAsync(TimeSpan.FromSeconds(3)));
        await Closing(brief).WaitAsync(Patience, Cancel);
    }

    [Fact]
    public async Task No_token_reaches_a_log_not_even_by_the_one_url_that_carries_one()
    {
        var lines = new LogLines();
        await using var talkative = new SupportHost(
            new Dictionary<string, string?> { ["Logging:LogLevel:Default"] = "Trace", ["Logging:LogLevel:Microsoft.AspNetCore"] = "Trace", ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "Information" },
            services => services.AddLogging(logging => logging.ClearProviders().AddProvider(lines)));
        _ = talkative.Address;
        var caller = new ApiCaller(talkative.CreateClient());
        var (identity, key) = (new VendorToken(talkative.Services.GetRequiredService<TimeProvider>().GetUtcNow()).Sign(SupportHost.WidgetSecret), NewKey());
        var session = (await caller.PostAsync("/widget/v1/session", new { identityToken = identity, browserKey = key }))["sessionToken"].GetString()!;
        var sofia = new ApiCaller(talkative.Api(session));
        (await sofia.GetAsync("/widget/v1/session")).Is(HttpStatusCode.OK);
        await caller.PostAsync("/widget/v1/session", new { identityToken = identity + "x" });
        // As a browser does it: the token in the upgrade's address, because no header is allowed there.
        await using (var hub = new HubConnectionBuilder().WithUrl(new Uri(talkative.Address, $"/hubs/chat?access_token={session}"), http =>
        {
            http.SkipNegotiation = true;
            http.Transports = Microsoft.AspNetCore.Http.Connections.HttpTransportType.WebSockets;
        }).Build())
        {
            await hub.StartAsync(Cancel);
            await hub.InvokeAsync<JsonElement>("StartConversation", new { clientMessageId = NewKey(), body = "The words of a customer" }, Cancel);
        }

        (await sofia.SendAsync(HttpMethod.Delete, "/widget/v1/session", null)).Is(HttpStatusCode.NoContent);
        Assert.Contains(lines.All, line => line.Contains("/hubs/chat", StringComparison.Ordinal));
        foreach (var secret in new[] { session, identity, identity[..60], key, SupportHost.WidgetSecret, "The words of a customer" })
        {
            Assert.DoesNotContain(lines.All, line => line.Contains(secret, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("short")]
    [InlineData("with spaces in it, which no base64url has")]
    public async Task A_browsers_key_that_could_be_guessed_is_refused_by_name(string key) => (await BeginAsync(Once(), key)).IsProblem(400, "invalid", "browserKey");

    private static Task Closing(HubConnection connection)
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        connection.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        return closed.Task;
    }

    private static string NewKey() => Guid.NewGuid().ToString("N");

    private VendorToken Token() => new(Now);

    private string Once() => Token().With("jti", NewKey()).Sign(SupportHost.WidgetSecret);

    private async Task<string> LivingAsync(TimeSpan life)
    {
        await using var db = await ReadAsync();
        var contact = await db.Set<Contact>().FirstAsync(contact => contact.Email == "uwe@acme.example", Cancel);
        return (await host.Services.GetRequiredService<CustomerSessions>().CreateAsync(contact.Id, ClientPlatform.Web, TimeProvider.System.GetUtcNow() + life, Cancel)).Token;
    }

    private Task<SupportDb> ReadAsync() => host.Services.GetRequiredService<IDbContextFactory<SupportDb>>().CreateDbContextAsync(Cancel);

    private static async Task<string> ContactsAsync(SupportHost of)
    {
        await using var db = await of.Services.GetRequiredService<IDbContextFactory<SupportDb>>().CreateDbContextAsync(Cancel);
        return JsonSerializer.Serialize(await db.Set<Contact>().AsNoTracking().OrderBy(contact => contact.Id).ToListAsync(Cancel));
    }

    private async Task<string> BeganAsync(string token, string? browserKey = null, string? held = null) =>
        (await BeginAsync(token, browserKey, held)).Is(HttpStatusCode.OK)["sessionToken"].GetString()!;

    private Task<ApiAnswer> BeginAsync(string token, string? browserKey = null, string? held = null) =>
        SendAsync(HttpMethod.Post, "/widget/v1/session", new { identityToken = token, browserKey }, held);

    private async Task<JsonElement> OpenAsync(string session) =>
        (await SendAsync(HttpMethod.Post, "/widget/v1/tickets", new { channel = "email", subject = "Mine", body = "Only mine." }, session)).Is(HttpStatusCode.Created).Json;

    private async Task<ApiAnswer> SendAsync(HttpMethod method, string address, object? body, string? bearer)
    {
        _ = host.Address;
        using var client = host.CreateClient();
        client.DefaultRequestHeaders.Authorization = bearer is null ? null : new AuthenticationHeaderValue("Bearer", bearer);
        return await new ApiCaller(client).SendAsync(method, address, body);
    }
}
