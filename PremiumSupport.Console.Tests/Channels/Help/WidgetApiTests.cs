using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Channels.Help;

public sealed class SqliteWidgetApiTests(SupportHost host) : WidgetApiTests(host), IClassFixture<SupportHost>;

public sealed class PostgresWidgetApiTests(PostgresHost host) : WidgetApiTests(host.OrSkip()), IClassFixture<PostgresHost>;

public abstract class WidgetApiTests(SupportHost host)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_super_admin_is_offered_every_channel_with_its_promise()
    {
        var (_, session) = await BeginAsync("sofia@acme.example");
        Assert.Equal("superAdmin", session.GetProperty("contact").GetProperty("role").GetString());
        Assert.All(session.GetProperty("channels").EnumerateArray(), channel => Assert.True(channel.GetProperty("available").GetBoolean()));
        var email = session.GetProperty("channels").EnumerateArray().Single(channel => channel.GetProperty("kind").GetString() == "email");
        Assert.Equal(
            ["businessCritical guaranteed PT30M", "standard guaranteed PT1H"],
            email.GetProperty("promises").EnumerateArray().Select(promise => $"{promise.GetProperty("severity")} {promise.GetProperty("commitment")} {promise.GetProperty("target")}"));
        Assert.StartsWith("+", session.GetProperty("phoneNumber").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ben@basic.example", "", "not-entitled")]
    [InlineData("sofia@acme.example", "&platform=mobile-app", "mobile-app")]
    public async Task Who_is_offered_nothing_is_told_why(string email, string more, string reason)
    {
        var (_, session) = await BeginAsync(email, more);
        Assert.All(session.GetProperty("channels").EnumerateArray(), channel =>
        {
            Assert.False(channel.GetProperty("available").GetBoolean());
            Assert.Equal(reason, channel.GetProperty("reason").GetString());
        });
        Assert.Equal(JsonValueKind.Null, session.GetProperty("phoneNumber").ValueKind);
    }

    [Fact]
    public async Task Without_a_valid_token_there_is_nothing()
    {
        using var nobody = Client(null);
        var begin = await nobody.PostAsJsonAsync("/widget/v1/session", new { identityToken = "a.b.c" }, Stop);
        Assert.Equal(HttpStatusCode.Unauthorized, begin.StatusCode);
        Assert.Equal("invalid-token", (await begin.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("code").GetString());
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.GetAsync("/widget/v1/tickets", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.PostAsJsonAsync("/widget/v1/tickets", new { channel = "email", subject = "x", body = "y" }, Stop)).StatusCode);
    }

    [Fact]
    public async Task The_same_form_sent_twice_is_one_request_and_other_words_are_refused()
    {
        var (sofia, _) = await BeginAsync("sofia@acme.example");
        var body = new { channel = "email", subject = "Sign-in fails", body = "For everyone.", businessCritical = true, criterion = "signIn", impact = "All 412 users" };
        var first = await SendAsync(sofia, "key-1", body);
        var again = await SendAsync(sofia, "key-1", body);
        var other = await SendAsync(sofia, "key-1", body with { subject = "Another" });
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        var ticket = await first.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.Equal(ticket.GetProperty("number").GetInt64(), (await again.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("number").GetInt64());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);

        var promise = ticket.GetProperty("promise");
        Assert.Equal("on-track", promise.GetProperty("state").GetString());
        Assert.Equal(TimeSpan.FromMinutes(30), promise.GetProperty("dueAt").GetDateTimeOffset() - promise.GetProperty("startedAt").GetDateTimeOffset());
        Assert.Equal(["entitlement", "role", "channel", "claim", "decision", "policy", "clock", "due"], promise.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("kind").GetString()));
        Assert.Equal("pending", ticket.GetProperty("claim").GetProperty("state").GetString());
        Assert.Equal("For everyone.", ticket.GetProperty("messages")[0].GetProperty("body").GetString());
    }

    [Theory]
    [InlineData("email", "", "body", "subject")]
    [InlineData("email", "subject", "", "body")]
    [InlineData("phone", "subject", "body", "phoneNumber")]
    [InlineData("chat", "subject", "body", "channel")]
    public async Task What_is_wrong_is_said_by_field(string channel, string subject, string body, string field)
    {
        var (uwe, _) = await BeginAsync("uwe@acme.example");
        var answer = await SendAsync(uwe, null, new { channel, subject, body });
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.True((await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("errors").TryGetProperty(field, out _));
    }

    [Fact]
    public async Task A_request_of_somebody_else_is_not_there()
    {
        var (sofia, _) = await BeginAsync("sofia@acme.example");
        var (greta, _) = await BeginAsync("greta@globex.example");
        var (uwe, _) = await BeginAsync("uwe@acme.example");
        var number = (await (await SendAsync(sofia, null, new { channel = "email", subject = "Mine", body = "Only mine." })).Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("number").GetInt64();
        foreach (var stranger in new[] { greta, uwe })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/widget/v1/tickets/{number}", Stop)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostAsJsonAsync($"/widget/v1/tickets/{number}/messages", new { clientMessageId = "m", body = "x" }, Stop)).StatusCode);
            Assert.DoesNotContain((await stranger.GetFromJsonAsync<JsonElement>("/widget/v1/tickets", Stop)).GetProperty("items").EnumerateArray(), item => item.GetProperty("number").GetInt64() == number);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await sofia.GetAsync("/widget/v1/tickets/999999", Stop)).StatusCode);
        var posted = await sofia.PostAsJsonAsync($"/widget/v1/tickets/{number}/messages", new { clientMessageId = "m", body = "And this." }, Stop);
        Assert.Equal(2, (await posted.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("sequence").GetInt64());
    }

    [Fact]
    public async Task An_ended_session_opens_nothing()
    {
        var (sofia, _) = await BeginAsync("sofia@acme.example");
        Assert.Equal(HttpStatusCode.OK, (await sofia.GetAsync("/widget/v1/session", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await sofia.DeleteAsync("/widget/v1/session", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await sofia.GetAsync("/widget/v1/session", Stop)).StatusCode);
    }

    [Fact]
    public async Task The_role_stands_where_the_vendor_says_none()
    {
        using var nobody = Client(await host.SessionAsync("sofia@acme.example", ClientPlatform.Web));
        Assert.Equal("superAdmin", (await nobody.GetFromJsonAsync<JsonElement>("/widget/v1/session", Stop)).GetProperty("contact").GetProperty("role").GetString());
    }

    [Theory]
    [InlineData("/help?lang=fr", "fr", "frame-ancestors 'self'")]
    [InlineData("/chat", "en", "frame-ancestors 'self'")]
    [InlineData("/demo", "en", "frame-ancestors 'none'")]
    public async Task The_pages_run_nothing_inline_and_say_who_may_frame_them(string address, string language, string ancestors)
    {
        using var nobody = Client(null);
        var answer = await nobody.GetAsync(address, Stop);
        var html = await answer.Content.ReadAsStringAsync(Stop);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains(ancestors, policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Contains($"<html lang=\"{language}\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("blazor", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("style=", html, StringComparison.Ordinal);
    }

    private HttpClient Client(string? token)
    {
        _ = host.Address;
        var client = host.CreateClient();
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private async Task<(HttpClient Client, JsonElement Session)> BeginAsync(string email, string more = "")
    {
        using var page = Client(null);
        var identity = await page.GetFromJsonAsync<JsonElement>($"/demo/identity?email={email}{more}", Stop);
        var answer = await page.PostAsJsonAsync("/widget/v1/session", new { identityToken = identity.GetProperty("identityToken").GetString() }, Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var session = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        return (Client(session.GetProperty("sessionToken").GetString()), session);
    }

    private static async Task<HttpResponseMessage> SendAsync<T>(HttpClient client, string? key, T body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/widget/v1/tickets") { Content = JsonContent.Create(body) };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await client.SendAsync(request, Stop);
    }
}
