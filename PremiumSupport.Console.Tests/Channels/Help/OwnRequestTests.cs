using System.Net;
using System.Text.Json;
using PremiumSupport.Desk.Ledger;
using PremiumSupport.Monitoring;
using PremiumSupport.Tests.Channels.Files;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Channels.Help;

public sealed class SqliteOwnRequestTests() : OwnRequestTests(new QuietHost());

public sealed class PostgresOwnRequestTests() : OwnRequestTests(new PostgresQuietHost().OrSkip());

/// <summary>A customer closes, reopens and rates their own request; the desk sees it, nobody else can, and the ledger still verifies.</summary>
public abstract class OwnRequestTests(QuietHost host) : IAsyncLifetime
{
    private ApiCaller _api = default!;
    private HttpClient _sofia = default!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await host.InitializeAsync();
        _api = new(host.Host.Api());
        _sofia = await host.Host.CustomerAsync("sofia@acme.example");
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _sofia.Dispose();
        return host.DisposeAsync();
    }

    [Fact]
    public async Task Rule_5_a_request_that_its_customer_closes_unanswered_still_owes_its_promise()
    {
        var number = await AskAsync();
        host.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal("solved", (await DoAsync(number, "close")).Is(HttpStatusCode.OK)["status"].GetString());
        (await DoAsync(number, "close")).Is(HttpStatusCode.OK);
        Assert.Equal("on-track", await StateAsync(number));

        host.Clock.Advance(TimeSpan.FromMinutes(50) + TimeSpan.FromMilliseconds(1));
        await host.Get<FlagSweep>().RunAsync(Cancel);
        Assert.Equal("breached", await StateAsync(number));
        await VerifiedAsync();
    }

    [Fact]
    public async Task Closing_an_answered_request_and_reopening_it_is_on_the_ledger_and_owes_no_first_response()
    {
        var number = await AskAsync();
        (await _api.SayAsync(number, "Here you are.")).Is(HttpStatusCode.Created);
        (await DoAsync(number, "close")).Is(HttpStatusCode.OK);
        host.Clock.Advance(TimeSpan.FromHours(5));
        await SignInAgainAsync();
        Assert.Equal("open", (await DoAsync(number, "reopen")).Is(HttpStatusCode.OK)["status"].GetString());

        var ledger = (await _api.GetAsync($"/api/v1/tickets/{number}/ledger")).Json.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("kind").GetString()).ToList();
        Assert.Equal(["promised", "met", "reopened"], ledger);
        Assert.Equal(1, (await _api.TicketAsync(number)).GetProperty("obligations").GetArrayLength());
        await VerifiedAsync();
    }

    [Fact]
    public async Task A_rating_answers_nothing_shows_to_staff_and_may_be_changed_for_a_week()
    {
        var number = await AskAsync();
        (await RateAsync(number, "good")).IsProblem(409, "not-solved");
        (await DoAsync(number, "close")).Is(HttpStatusCode.OK);
        var before = await _api.TicketAsync(number);
        Assert.Equal(JsonValueKind.Null, before.GetProperty("rating").ValueKind);

        var rated = (await RateAsync(number, "okay", "It took\u0007 a while.")).Is(HttpStatusCode.OK);
        Assert.True(rated["mayRate"].GetBoolean());
        Assert.Equal(("okay", "It took a while."), Of(rated["rating"]));
        var after = await _api.TicketAsync(number);
        Assert.Equal(("okay", "It took a while."), Of(after.GetProperty("rating")));
        Assert.Equal(before.GetProperty("version").GetInt64(), after.GetProperty("version").GetInt64());
        Assert.Equal(before.GetProperty("obligations").GetRawText(), after.GetProperty("obligations").GetRawText());

        host.Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromMilliseconds(1));
        await SignInAgainAsync();
        Assert.Equal(("veryGood", ""), Of((await RateAsync(number, "veryGood")).Is(HttpStatusCode.OK)["rating"]));
        host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        (await RateAsync(number, "bad")).IsProblem(409, "rating-final");
        Assert.False((await new ApiCaller(_sofia).GetAsync($"/widget/v1/tickets/{number}"))["mayRate"].GetBoolean());
        await host.Get<FlagSweep>().RunAsync(Cancel);
        await VerifiedAsync();

        foreach (var (grouping, key) in new[] { ("account", "acme"), ("specialist", "") })
        {
            var report = (await _api.GetAsync($"/api/v1/reports/ratings?groupBy={grouping}")).Is(HttpStatusCode.OK);
            Assert.Equal((key, 1), (report["groups"][0].GetProperty("key").GetString(), report["groups"][0].GetProperty("veryGood").GetInt32()));
            Assert.Equal((1, 100.0), (report["total"].GetProperty("rated").GetInt32(), report["total"].GetProperty("goodRate").GetDouble()));
        }
    }

    [Fact]
    public async Task A_request_that_was_reopened_is_rated_anew()
    {
        var number = await AskAsync();
        await DoAsync(number, "close");
        (await RateAsync(number, "bad")).Is(HttpStatusCode.OK);
        host.Clock.Advance(TimeSpan.FromDays(8));
        await SignInAgainAsync();
        (await RateAsync(number, "good")).IsProblem(409, "rating-final");
        await DoAsync(number, "reopen");
        (await RateAsync(number, "good")).IsProblem(409, "not-solved");
        await DoAsync(number, "close");
        Assert.Equal(("good", ""), Of((await RateAsync(number, "good")).Is(HttpStatusCode.OK)["rating"]));
    }

    [Theory]
    [InlineData("{\"score\":\"splendid\"}", "score")]
    [InlineData("{\"score\":3}", "score")]
    [InlineData("{}", "score")]
    public async Task A_rating_is_one_of_five_words(string body, string field)
    {
        var number = await AskAsync();
        await DoAsync(number, "close");
        (await new ApiCaller(_sofia).SendAsync(HttpMethod.Put, $"/widget/v1/tickets/{number}/rating", body)).IsProblem(400, "invalid", field);
        (await RateAsync(number, "good", new string('x', 2001))).IsProblem(400, "invalid", "comment");
    }

    [Fact]
    public async Task Nobody_closes_reopens_or_rates_a_request_of_somebody_else()
    {
        var number = await AskAsync();
        await DoAsync(number, "close");
        using var uwe = await host.Host.CustomerAsync("uwe@acme.example");
        using var greta = await host.Host.CustomerAsync("greta@globex.example");
        foreach (var stranger in new[] { uwe, greta })
        {
            var caller = new ApiCaller(stranger);
            (await caller.PostAsync($"/widget/v1/tickets/{number}/close", null)).IsProblem(404, "not-found");
            (await caller.PostAsync($"/widget/v1/tickets/{number}/reopen", null)).IsProblem(404, "not-found");
            (await caller.SendAsync(HttpMethod.Put, $"/widget/v1/tickets/{number}/rating", new { score = "bad" })).IsProblem(404, "not-found");
        }

        (await _api.PostAsync($"/widget/v1/tickets/{number}/reopen", null)).IsProblem(401, "invalid-token");
    }

    private async Task<long> AskAsync() => (await _sofia.AskAsync("Please.")).GetProperty("number").GetInt64();

    private Task<ApiAnswer> DoAsync(long number, string verb) => new ApiCaller(_sofia).PostAsync($"/widget/v1/tickets/{number}/{verb}", null);

    private Task<ApiAnswer> RateAsync(long number, string score, string? comment = null) =>
        new ApiCaller(_sofia).SendAsync(HttpMethod.Put, $"/widget/v1/tickets/{number}/rating", new { score, comment });

    private async Task<string?> StateAsync(long number) => (await _api.TicketAsync(number)).GetProperty("obligations")[0].GetProperty("state").GetString();

    private async Task SignInAgainAsync()
    {
        _sofia.Dispose();
        _sofia = await host.Host.CustomerAsync("sofia@acme.example");
    }

    private static (string?, string?) Of(JsonElement rating) => (rating.GetProperty("score").GetString(), rating.GetProperty("comment").GetString());

    private async Task VerifiedAsync() => Assert.Empty((await host.Get<LedgerAudit>().VerifyAsync(cancellation: Cancel)).Mismatches);
}
