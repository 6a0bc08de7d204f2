using System.Net;
using System.Text.Json;
using PremiumSupport.Desk.Ledger;
using PremiumSupport.Desk.Reports;
using PremiumSupport.Desk.Tickets.Calls;
using PremiumSupport.Monitoring;
using PremiumSupport.Tests.Channels.Email.Inbound;
using PremiumSupport.Tests.Channels.Files;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Channels.Phone;

public sealed class SqliteCallbackApiTests() : CallbackApiTests(new QuietHost());

public sealed class PostgresCallbackApiTests() : CallbackApiTests(new PostgresQuietHost().OrSkip());

/// <summary>A callback from asking to speaking, as customer and desk see it on a clock that the test moves; the ledger verifies throughout.</summary>
public abstract class CallbackApiTests(QuietHost host) : IAsyncLifetime
{
    private ApiCaller _api = default!;
    private HttpClient _sofia = default!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ApiCaller Sofia => new(_sofia);

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

    [Theory]
    [InlineData(299, "met")]
    [InlineData(301, "breached")]
    public async Task A_first_attempt_after_4_59_meets_and_after_5_01_is_a_breach(int seconds, string state)
    {
        var number = (await AskAsync()).Is(HttpStatusCode.Created)["number"].GetInt64();
        host.Clock.Advance(TimeSpan.FromSeconds(seconds));
        var called = (await _api.PostAsync($"/api/v1/tickets/{number}/calls", new { outcome = "noAnswer", notes = "Rang eight times.", durationSeconds = 40 })).Is(HttpStatusCode.OK);
        Assert.Equal(state, called["obligations"][0].GetProperty("state").GetString());
        var call = (await _api.GetAsync($"/api/v1/tickets/{number}/calls"))["items"][0];
        Assert.Equal(("noAnswer", 40.0, "api"), (call.GetProperty("outcome").GetString(), call.GetProperty("durationSeconds").GetDouble(), call.GetProperty("source").GetString()));

        host.Clock.Advance(TimeSpan.FromSeconds(60));
        var report = (await _api.GetAsync("/api/v1/reports/callbacks?from=2026-03-04T00:00:00Z&to=2026-03-05T00:00:00Z")).Is(HttpStatusCode.OK);
        Assert.Equal((1, 0, 1, 1), (report["kept"].GetProperty("matured").GetInt32(), report["reached"].GetInt32(), report["attempts"].GetInt32(), report["outcomes"].GetProperty("noAnswer").GetInt32()));

        // The list behind the figure says the same.
        var line = Assert.Single(await host.Get<CallbackQueries>().ListAsync(new(2026, 3, 4, 0, 0, 0, TimeSpan.Zero), new(2026, 3, 5, 0, 0, 0, TimeSpan.Zero), MailRoom.Lead, Cancel));
        Assert.Equal((number, state == "met", false, 1), (line.Number, line.IsKept, line.IsReached, line.Tries));

        // The next try is a promise to oneself: shown, and owed to nobody.
        var mine = await MineAsync(number);
        Assert.Equal(("due", 1), (mine.GetProperty("state").GetString(), mine.GetProperty("attempts").GetInt32()));
        Assert.Equal(host.Clock.GetUtcNow().AddMinutes(14), mine.GetProperty("nextCallAt").GetDateTimeOffset());
        Assert.Equal(JsonValueKind.Null, called["nextDueAt"].ValueKind);
        Assert.DoesNotContain("eight times", (await Sofia.GetAsync($"/widget/v1/tickets/{number}")).Text, StringComparison.Ordinal);
        await VerifiedAsync();
    }

    [Fact]
    public async Task A_call_wished_for_later_is_promised_then_put_off_anew_and_cancelled_without_a_trace_in_the_figures()
    {
        var asked = (await AskAsync(new { from = "2026-03-04T14:00", to = "2026-03-04T16:00", zone = "Europe/Berlin" })).Is(HttpStatusCode.Created);
        var number = asked["number"].GetInt64();
        Assert.Equal("2026-03-04T13:05:00.000Z", asked["promise"].GetProperty("dueAt").GetString());
        Assert.Equal(JsonValueKind.Null, asked["callback"].GetProperty("position").ValueKind);

        host.Clock.Advance(TimeSpan.FromMinutes(50));
        Assert.Equal(HttpStatusCode.OK, (await Sofia.SendAsync(HttpMethod.Put, $"/widget/v1/tickets/{number}/callback", new { callWindow = new { zone = "Europe/Berlin" } })).Status);
        var moved = (await _api.TicketAsync(number)).GetProperty("obligations");
        Assert.Equal(["excluded", "on-track"], moved.EnumerateArray().Select(owed => owed.GetProperty("state").GetString()));
        Assert.Equal(host.Clock.GetUtcNow().AddMinutes(5), moved[1].GetProperty("dueAt").GetDateTimeOffset());
        Assert.Equal(1, (await MineAsync(number)).GetProperty("position").GetInt32());

        var cancelled = (await Sofia.PostAsync($"/widget/v1/tickets/{number}/callback/cancel", null)).Is(HttpStatusCode.OK);
        Assert.Equal(("cancelled", JsonValueKind.Null), (cancelled["callback"].GetProperty("state").GetString(), cancelled["promise"].ValueKind));
        (await Sofia.PostAsync($"/widget/v1/tickets/{number}/callback/cancel", null)).Is(HttpStatusCode.OK);
        host.Clock.Advance(TimeSpan.FromHours(6));
        await host.Get<FlagSweep>().RunAsync(Cancel);
        Assert.Equal(["excluded", "excluded"], (await _api.TicketAsync(number)).GetProperty("obligations").EnumerateArray().Select(owed => owed.GetProperty("state").GetString()));
        Assert.Equal(0, (await _api.GetAsync("/api/v1/reports/sla?metric=callback&from=2026-03-04T00:00:00Z&to=2026-03-05T00:00:00Z")).Is(HttpStatusCode.OK)["total"].GetProperty("matured").GetInt32());
        await VerifiedAsync();
    }

    [Fact]
    public async Task Rule_4_a_call_that_was_missed_stays_missed_whatever_its_customer_wishes()
    {
        var number = (await AskAsync()).Is(HttpStatusCode.Created)["number"].GetInt64();
        host.Clock.Advance(TimeSpan.FromMinutes(7));
        (await Sofia.SendAsync(HttpMethod.Put, $"/widget/v1/tickets/{number}/callback", new { callWindow = new { from = "2026-03-04T18:00", to = "2026-03-04T19:00", zone = "Europe/Berlin" }, phoneNumber = ApiCaller.NewNumber() })).Is(HttpStatusCode.OK);
        Assert.Equal(["breached", "on-track"], (await _api.TicketAsync(number)).GetProperty("obligations").EnumerateArray().Select(owed => owed.GetProperty("state").GetString()));
        await VerifiedAsync();
    }

    [Fact]
    public async Task A_wrong_number_asks_its_owner_and_another_one_is_promised_anew()
    {
        var number = (await AskAsync()).Is(HttpStatusCode.Created)["number"].GetInt64();
        (await _api.PostAsync($"/api/v1/tickets/{number}/calls", new { outcome = "wrongNumber" })).Is(HttpStatusCode.OK);
        Assert.Equal("wrongNumber", (await MineAsync(number)).GetProperty("state").GetString());
        Assert.Equal("waiting", (await _api.TicketAsync(number)).GetProperty("status").GetString());
        var fresh = ApiCaller.NewNumber();
        (await Sofia.SendAsync(HttpMethod.Put, $"/widget/v1/tickets/{number}/callback", new { phoneNumber = fresh })).Is(HttpStatusCode.OK);
        var ticket = await _api.TicketAsync(number);
        Assert.Equal(("open", fresh, 2), (ticket.GetProperty("status").GetString(), ticket.GetProperty("phoneNumber").GetString(), ticket.GetProperty("obligations").GetArrayLength()));
        await VerifiedAsync();
    }

    [Fact]
    public async Task Of_many_who_ask_for_one_number_at_once_one_is_called_and_the_rest_are_pointed_to_it()
    {
        var phone = ApiCaller.NewNumber();
        using var greta = await host.Host.CustomerAsync("greta@globex.example");
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(index => new ApiCaller(index % 2 == 0 ? _sofia : greta).PostAsync("/widget/v1/tickets", new { channel = "phone", subject = $"Call {index}", body = "Please", phoneNumber = phone })));
        var taken = Assert.Single(answers, answer => answer.Status == HttpStatusCode.Created)["number"].GetInt64();
        Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.Created), answer => answer.IsProblem(409, "callback-open"));

        // One's own is named, somebody else's is not.
        var named = answers.Where(answer => answer.Status != HttpStatusCode.Created)
            .Select(answer => answer.IsProblem(409, "callback-open")["detail"].GetString()!.Contains(taken.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)).ToList();
        Assert.Contains(true, named);
        Assert.Contains(false, named);
        using var haruka = await host.Host.CustomerAsync("haruka@acme.example");
        Assert.DoesNotContain(taken.ToString(System.Globalization.CultureInfo.InvariantCulture), (await new ApiCaller(haruka).PostAsync("/widget/v1/tickets", new { channel = "phone", subject = "S", body = "B", phoneNumber = phone })).IsProblem(409, "callback-open")["detail"].GetString(), StringComparison.Ordinal);

        // Staff knows when two people share a switchboard.
        var second = (await _api.PostAsync("/api/v1/tickets", new { channel = "phone", requester = new { email = "ben@acme.example" }, account = "acme", subject = "S", body = "B", phoneNumber = phone })).Is(HttpStatusCode.Created)["number"].GetInt64();
        (await _api.PostAsync($"/api/v1/tickets/{second}/calls", new { outcome = "reached" })).Is(HttpStatusCode.OK);

        (await _api.PostAsync($"/api/v1/tickets/{taken}/calls", new { outcome = "reached" })).Is(HttpStatusCode.OK);
        (await Sofia.PostAsync("/widget/v1/tickets", new { channel = "phone", subject = "Again", body = "Please", phoneNumber = phone })).Is(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Refused_numbers_and_times_are_told_by_field_and_open_nothing()
    {
        (await AskAsync(phone: "+1 900 555 0123")).IsProblem(400, "number-refused", "phoneNumber");
        (await AskAsync(new { from = "2026-03-04T07:00", to = "2026-03-04T08:00", zone = "Europe/Berlin" })).IsProblem(400, "invalid", "callWindow");
        (await AskAsync(new { zone = "Nowhere" })).IsProblem(400, "invalid", "callWindow");
        Assert.Null(await host.Get<PhoneRuleCommands>().SaveAsync(new() { Countries = ["de"], BlockedPrefixes = ["+4930"] }, StaffFakes.Admin, Cancel));
        (await AskAsync()).IsProblem(400, "number-refused", "phoneNumber");
        (await AskAsync(phone: "+49 30 901820")).IsProblem(400, "number-refused", "phoneNumber");
        var number = (await AskAsync(phone: "+49 89 2180 0")).Is(HttpStatusCode.Created)["number"].GetInt64();
        (await Sofia.SendAsync(HttpMethod.Put, $"/widget/v1/tickets/{number}/callback", new { phoneNumber = "12" })).IsProblem(400, "invalid", "phoneNumber");
        var email = (await Sofia.PostAsync("/widget/v1/tickets", new { channel = "email", subject = "S", body = "B" })).Is(HttpStatusCode.Created)["number"].GetInt64();
        (await Sofia.PostAsync($"/widget/v1/tickets/{email}/callback/cancel", null)).IsProblem(409, "no-callback");
        using var greta = await host.Host.CustomerAsync("greta@globex.example");
        (await new ApiCaller(greta).PostAsync($"/widget/v1/tickets/{number}/callback/cancel", null)).IsProblem(404, "not-found");
    }

    private Task<ApiAnswer> AskAsync(object? callWindow = null, string? phone = null) =>
        Sofia.PostAsync("/widget/v1/tickets", new { channel = "phone", subject = "Call me", body = "Please", phoneNumber = phone ?? ApiCaller.NewNumber(), callWindow });

    private async Task<JsonElement> MineAsync(long number) => (await Sofia.GetAsync($"/widget/v1/tickets/{number}")).Is(HttpStatusCode.OK)["callback"];

    private async Task VerifiedAsync() => Assert.Empty((await host.Get<LedgerAudit>().VerifyAsync(cancellation: Cancel)).Mismatches);
}
