using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Channels.Help;

/// <summary>Whoever does too much is told when to come again, and everybody else goes on.</summary>
public sealed class WidgetLimitsTests(WidgetLimitsTests.StrictHost host) : IClassFixture<WidgetLimitsTests.StrictHost>
{
    /// <summary>A tenth of every allowance, on a clock that stands.</summary>
    public sealed class StrictHost() : SupportHost(
        new Dictionary<string, string?> { ["Limits:Scale"] = "0.1" },
        services => services.AddSingleton<TimeProvider>(new StandingClock(new(2026, 3, 4, 9, 0, 0, TimeSpan.Zero))));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DateTimeOffset Now => host.Services.GetRequiredService<TimeProvider>().GetUtcNow();

    [Fact]
    public async Task A_forger_has_few_tries_and_then_not_even_a_good_token_is_looked_at()
    {
        await using var alone = new StrictHost();
        var client = Client(alone, null);
        var now = alone.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        for (var attempt = 0; attempt < 3; attempt++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await BeginAsync(client, new VendorToken(now).Sign("a-guess-that-is-long-enough"))).StatusCode);
        }

        await IsTooManyAsync(await BeginAsync(client, new VendorToken(now).Sign(SupportHost.WidgetSecret)), 20);
    }

    [Fact]
    public async Task A_person_who_sends_many_requests_is_slowed_down_and_another_is_not()
    {
        var sofia = Client(host, await host.SessionAsync("sofia@acme.example"));
        var request = new { channel = "email", subject = "S", body = "B" };
        for (var sent = 0; sent < 3; sent++)
        {
            Assert.Equal(HttpStatusCode.Created, (await sofia.PostAsJsonAsync("/widget/v1/tickets", request, Cancel)).StatusCode);
        }

        await IsTooManyAsync(await sofia.PostAsJsonAsync("/widget/v1/tickets", request, Cancel), 60);
        Assert.Equal(HttpStatusCode.OK, (await sofia.GetAsync("/widget/v1/tickets", Cancel)).StatusCode);
        var greta = Client(host, await host.SessionAsync("greta@globex.example"));
        Assert.Equal(HttpStatusCode.Created, (await greta.PostAsJsonAsync("/widget/v1/tickets", request, Cancel)).StatusCode);
    }

    [Theory]
    [InlineData("GET", "/widget/v1/articles?q=sign", 30)]
    [InlineData("POST", "/widget/v1/articles/no-such-article/feedback", 3)]
    public async Task What_needs_no_session_is_limited_by_address(string method, string address, int burst)
    {
        var nobody = Client(host, null);
        async Task<HttpResponseMessage> AskAsync() => await nobody.SendAsync(new(new(method), address) { Content = method == "POST" ? JsonContent.Create(new { helpful = true }) : null }, Cancel);
        for (var asked = 0; asked < burst; asked++)
        {
            Assert.NotEqual(HttpStatusCode.TooManyRequests, (await AskAsync()).StatusCode);
        }

        await IsTooManyAsync(await AskAsync(), null);
    }

    [Fact]
    public async Task Sessions_are_limited_by_person_before_they_are_by_address()
    {
        var page = Client(host, null);
        var token = new VendorToken(Now).With("sub", "eager").Sign(SupportHost.WidgetSecret);
        for (var begun = 0; begun < 6; begun++)
        {
            Assert.Equal(HttpStatusCode.OK, (await BeginAsync(page, token)).StatusCode);
        }

        await IsTooManyAsync(await BeginAsync(page, token), 20);
        Assert.Equal(HttpStatusCode.OK, (await BeginAsync(page, new VendorToken(Now).With("sub", "calm").Sign(SupportHost.WidgetSecret))).StatusCode);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("many")]
    [InlineData("NaN")]
    public void A_scale_that_is_none_stops_the_start_and_is_named(string scale)
    {
        using var wrong = new SupportHost(new Dictionary<string, string?> { ["Limits:Scale"] = scale });
        Assert.Contains("Limits__Scale", Assert.ThrowsAny<Exception>(() => wrong.Address).ToString(), StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> BeginAsync(HttpClient client, string token) => client.PostAsJsonAsync("/widget/v1/session", new { identityToken = token }, Cancel);

    private static async Task IsTooManyAsync(HttpResponseMessage answer, int? seconds)
    {
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        var wait = answer.Headers.RetryAfter!.Delta!.Value;
        Assert.True(seconds is null ? wait >= TimeSpan.FromSeconds(1) : wait == TimeSpan.FromSeconds(seconds.Value), $"{wait}");
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("too-many-requests", problem.GetProperty("code").GetString());
        Assert.Contains("Try again in", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private static HttpClient Client(SupportHost of, string? token)
    {
        _ = of.Address;
        var client = of.CreateClient();
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return client;
    }
}
