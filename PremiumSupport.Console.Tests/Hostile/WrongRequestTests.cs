using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Hostile;

[Collection(SharedHost.Name)]
public sealed class SqliteWrongRequestTests(SupportHost host) : WrongRequestTests(host);

[Collection(SharedPostgresHost.Name)]
public sealed class PostgresWrongRequestTests(PostgresHost host) : WrongRequestTests(host.OrSkip());

/// <summary>Requests that are wrong in form, at the customers' doors: each is answered with its reason, in problem details.</summary>
public abstract class WrongRequestTests(SupportHost host)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", 400, "malformed")]
    [InlineData("{", 400, "malformed")]
    [InlineData("{\"channel\":\"email\",}", 400, "malformed")]
    [InlineData("{'channel':'email'}", 400, "malformed")]
    [InlineData("[]", 400, "malformed")]
    [InlineData("null", 400, "invalid")]
    [InlineData("{}", 400, "invalid")]
    [InlineData("{\"subject\":NaN}", 400, "invalid")]
    [InlineData("{\"subject\":1e999999}", 400, "invalid")]
    [InlineData("{\"subject\":[[[[]]]]}", 400, "invalid")]
    [InlineData("{\"businessCritical\":\"true\"}", 400, "invalid")]
    [InlineData("{\"businessCritical\":123456789012345678901234567890}", 400, "invalid")]
    [InlineData("<deep>", 400, "invalid")]
    [InlineData("{\"channel\":\"email\",\"subject\":\"S\",\"subject\":\"\",\"body\":\"B\"}", 400, "invalid")]
    public async Task A_body_that_cannot_be_read_is_refused_with_its_reason(string body, int status, string code)
    {
        var sent = body == "<deep>" ? "{\"subject\":" + new string('[', 100_000) : body;
        (await (await CustomerAsync()).PostAsync("/widget/v1/tickets", sent)).IsProblem(status, code);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data")]
    [InlineData("application/xml")]
    public async Task A_body_in_another_form_is_refused_with_the_form_that_is_wanted(string type)
    {
        using var content = new ByteArrayContent("{\"channel\":\"email\",\"subject\":\"S\",\"body\":\"B\"}"u8.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        (await (await CustomerAsync()).PostAsync("/widget/v1/tickets", content)).IsProblem(415, "unsupported-media-type");
    }

    [Theory]
    [InlineData("PUT", "/widget/v1/session")]
    [InlineData("PATCH", "/widget/v1/session")]
    [InlineData("DELETE", "/widget/v1/tickets")]
    [InlineData("PUT", "/widget/v1/tickets/1001")]
    [InlineData("POST", "/widget/v1/articles")]
    [InlineData("GET", "/widget/v1/no-such-thing")]
    [InlineData("BREW", "/widget/v1/tickets")]
    [InlineData("DELETE", "/api/v1/tickets")]
    [InlineData("BREW", "/api/v1/queue")]
    public async Task An_address_that_does_not_take_a_method_says_so(string method, string address)
    {
        var caller = address.StartsWith("/api", StringComparison.Ordinal) ? new(host.Api()) : await CustomerAsync();
        var answer = await caller.SendAsync(new(method), address, null);
        Assert.True(answer.Status is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed, $"{answer.Status}");
        answer.IsProblem((int)answer.Status, answer.Status == HttpStatusCode.NotFound ? "not-found" : "method-not-allowed");
    }

    [Theory]
    [InlineData("/help?lang=%00")]
    [InlineData("/help?lang=../../etc/passwd")]
    [InlineData("/help?lang=<script>")]
    [InlineData("/help?lang=de&lang=fr&embedded=1&embedded=x")]
    [InlineData("/help?embedded=%22%3E%3Cscript%3E__ran()%3C/script%3E")]
    [InlineData("/chat?number=-1")]
    [InlineData("/chat?number=1e99&lang=%E2%80%AE")]
    [InlineData("/chat?access_token=secret")]
    [InlineData("/help?lang=%ED%A0%80")]
    public async Task A_customers_page_is_a_page_whatever_its_address_says(string address)
    {
        _ = host.Address;
        using var client = host.CreateClient();
        var answer = await client.GetAsync(address, Cancel);
        var html = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotContain("__ran", html, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", html, StringComparison.Ordinal);
        Assert.Matches("<html lang=\"(en|es|it|fr|de|nb)\"", html);
    }

    [Theory]
    [InlineData("/help", "frame-ancestors 'self'")]
    [InlineData("/chat", "frame-ancestors 'self'")]
    [InlineData("/demo", "frame-ancestors 'none'")]
    [InlineData("/account/login", "frame-ancestors 'none'")]
    [InlineData("/no-such-page", "frame-ancestors 'none'")]
    [InlineData("/widget/v1/articles", "frame-ancestors 'none'")]
    [InlineData("/widget/v1/session", "frame-ancestors 'none'")]
    [InlineData("/widget/v1/no-such-thing", "frame-ancestors 'none'")]
    [InlineData("/api/v1/queue", "frame-ancestors 'none'")]
    public async Task Every_address_says_who_may_frame_it_and_that_its_kind_is_its_kind(string address, string ancestors)
    {
        _ = host.Address;
        using var client = host.CreateClient();
        foreach (var origin in new[] { null, "https://evil.example" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            if (origin is not null)
            {
                request.Headers.Add("Origin", origin);
                request.Headers.Referrer = new(origin);
            }

            var answer = await client.SendAsync(request, Cancel);
            Assert.Contains(ancestors, Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            // No page of another origin reads an answer.
            Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
        }
    }

    [Fact]
    public async Task The_conversation_of_everybody_else_goes_on_while_somebody_sends_rubbish()
    {
        var sofia = await CustomerAsync();
        var number = (await sofia.PostAsync("/widget/v1/tickets", new { channel = "email", subject = "S", body = "B" })).Is(HttpStatusCode.Created)["number"].GetInt64();
        _ = host.Address;
        using var rude = host.CreateClient();
        var rubbish = Enumerable.Range(0, 60).Select(index => rude.PostAsync(
            index % 2 == 0 ? "/widget/v1/session" : "/widget/v1/tickets",
            new StringContent(index % 3 == 0 ? new string('[', 100_000) : JsonSerializer.Serialize(new { identityToken = new string('x', 500_000) }), Encoding.UTF8, "application/json"), Cancel)).ToList();
        for (var index = 0; index < 20; index++)
        {
            (await sofia.PostAsync($"/widget/v1/tickets/{number}/messages", new { body = $"{index}", clientMessageId = $"{index}" })).Is(HttpStatusCode.Created);
        }

        Assert.All(await Task.WhenAll(rubbish), answer => Assert.InRange((int)answer.StatusCode, 400, 499));
        Assert.Equal(21, (await sofia.GetAsync($"/widget/v1/tickets/{number}"))["lastSequence"].GetInt64());
    }

    private async Task<ApiCaller> CustomerAsync()
    {
        var session = await host.SessionAsync("sofia@acme.example");
        var client = host.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", session);
        return new(client);
    }
}
