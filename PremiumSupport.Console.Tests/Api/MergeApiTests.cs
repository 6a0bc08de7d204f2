using System.Net;
using System.Text.Json;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Api;

[Collection(SharedHost.Name)]
public sealed class SqliteMergeApiTests(SupportHost host) : MergeApiTests(host);

[Collection(SharedPostgresHost.Name)]
public sealed class PostgresMergeApiTests(PostgresHost host) : MergeApiTests(host.OrSkip());

/// <summary>Rule 9 by REST: what one ticket owed is owed by the other, and nothing is counted twice.</summary>
public abstract class MergeApiTests(SupportHost host)
{
    private readonly ApiCaller _api = new(host.Api());

    [Fact]
    public async Task The_survivor_owes_both_and_the_merged_one_says_where_it_went()
    {
        var (older, newer) = (await _api.OpenAsync(ApiCaller.Plain()), await _api.OpenAsync(ApiCaller.Plain()));
        var start = (await _api.TicketAsync(older)).GetProperty("createdAt").GetString();

        var survivor = (await _api.PostAsync($"/api/v1/tickets/{older}/merge", new { into = newer })).Is(HttpStatusCode.OK).Json;
        Assert.Equal(newer, survivor.GetProperty("number").GetInt64());
        Assert.Equal(["1 on-track", "2 on-track"], Obligations(survivor));
        Assert.Equal(start, survivor.GetProperty("obligations")[1].GetProperty("startedAt").GetString());

        var merged = await _api.TicketAsync(older);
        Assert.Equal(("closed", newer), (merged.GetProperty("status").GetString(), merged.GetProperty("mergedInto").GetInt64()));
        Assert.Equal(["1 merged"], Obligations(merged));
        Assert.Equal(JsonValueKind.Null, merged.GetProperty("nextDueAt").ValueKind);
        Assert.Equal(["promised", "merged"], await KindsAsync(older));
        Assert.Equal(["promised", "promised"], await KindsAsync(newer));

        await _api.SayAsync(newer, "Both at once.");
        Assert.Equal(["1 met", "2 met"], Obligations(await _api.TicketAsync(newer)));
        Assert.Equal(["1 merged"], Obligations(await _api.TicketAsync(older)));
    }

    [Fact]
    public async Task Rule_10_what_a_callback_carries_on_of_an_email_is_raised_as_that_email()
    {
        var email = await _api.OpenAsync(ApiCaller.Plain());
        var phone = await _api.OpenAsync(new { channel = "phone", requester = new { email = "sofia@acme.example" }, account = "acme", subject = "Call me", body = "Please", phoneNumber = "+1 617 555 0166" });
        (await _api.PostAsync($"/api/v1/tickets/{email}/merge", new { into = phone })).Is(HttpStatusCode.OK);

        var raised = (await _api.PatchAsync(phone, new { severity = "businessCritical", reason = "Nobody can sign in." })).Is(HttpStatusCode.OK).Json;

        Assert.Equal(
            ["callback 300", "firstResponse 1800"],
            raised.GetProperty("obligations").EnumerateArray().Select(owed => $"{owed.GetProperty("metric").GetString()} {owed.GetProperty("targetSeconds").GetInt64()}"));
        Assert.DoesNotContain((await _api.GetAsync("/api/v1/ledger/verify")).Is(HttpStatusCode.OK).Json.GetProperty("mismatches").EnumerateArray(), found => found.GetProperty("ticket").GetInt64() == phone);
    }

    [Fact]
    public async Task A_merge_that_cannot_be_is_refused_with_the_field_and_changes_nothing()
    {
        var (mine, theirs) = (await _api.OpenAsync(ApiCaller.Plain()), await _api.OpenAsync(Globex));

        (await _api.PostAsync($"/api/v1/tickets/{mine}/merge", new { into = mine })).IsProblem(400, "invalid", "into");
        (await _api.PostAsync($"/api/v1/tickets/{mine}/merge", new { into = theirs })).IsProblem(400, "invalid", "into");
        (await _api.PostAsync($"/api/v1/tickets/{mine}/merge", new { into = 999_999 })).IsProblem(400, "invalid", "into");
        (await _api.PostAsync($"/api/v1/tickets/{mine}/merge", new { })).IsProblem(400, "invalid", "into");
        (await _api.PostAsync("/api/v1/tickets/999999/merge", new { into = mine })).IsProblem(404, "not-found");
        Assert.Equal(["promised"], await KindsAsync(mine));
    }

    [Fact]
    public async Task Rule_10_another_requester_keeps_the_promise_and_another_account_carries_it_on()
    {
        var number = await _api.OpenAsync(ApiCaller.Plain());
        var due = (await _api.TicketAsync(number)).GetProperty("nextDueAt").GetString();

        var colleague = (await _api.PatchAsync(number, new { requester = new { email = "uwe@acme.example" } })).Is(HttpStatusCode.OK).Json;
        Assert.Equal(("uwe@acme.example", due), (colleague.GetProperty("requester").GetProperty("email").GetString(), colleague.GetProperty("nextDueAt").GetString()));
        Assert.Equal(["1 on-track"], Obligations(colleague));

        var other = (await _api.PatchAsync(number, new { requester = new { email = "greta@globex.example" }, account = "globex" })).Is(HttpStatusCode.OK).Json;
        Assert.Equal(("globex", due), (other.GetProperty("account").GetProperty("key").GetString(), other.GetProperty("nextDueAt").GetString()));
        Assert.Equal(["1 merged", "2 on-track"], Obligations(other));
    }

    [Fact]
    public async Task A_requester_who_is_not_known_or_comes_with_other_changes_is_refused()
    {
        var number = await _api.OpenAsync(ApiCaller.Plain());

        (await _api.PatchAsync(number, new { requester = new { email = "nobody@acme.example" } })).IsProblem(400, "invalid", "requester.email");
        (await _api.PatchAsync(number, new { requester = new { email = "greta@globex.example" }, account = "nowhere" })).IsProblem(400, "invalid", "account");
        (await _api.PatchAsync(number, new { account = "globex" })).IsProblem(400, "invalid", "requester.email");
        (await _api.PatchAsync(number, new { requester = new { email = "uwe@acme.example" }, status = "solved" })).IsProblem(400, "invalid", "requester");
    }

    [Fact]
    public async Task A_message_of_the_customer_can_go_on_as_a_ticket_of_its_own()
    {
        var number = await _api.OpenAsync(ApiCaller.Plain());
        var due = (await _api.TicketAsync(number)).GetProperty("nextDueAt").GetString();

        var split = (await _api.PostAsync($"/api/v1/tickets/{number}/split", new { fromSequence = 1, subject = "The other question" })).Is(HttpStatusCode.Created).Json;
        Assert.Equal(("The other question", due), (split.GetProperty("subject").GetString(), split.GetProperty("nextDueAt").GetString()));
        var again = (await _api.PostAsync($"/api/v1/tickets/{number}/split", new { fromSequence = 1, subject = "The other question" })).Is(HttpStatusCode.Created).Json;
        Assert.Equal(split.GetProperty("number").GetInt64(), again.GetProperty("number").GetInt64());

        (await _api.PostAsync($"/api/v1/tickets/{number}/split", new { fromSequence = 7, subject = "?" })).IsProblem(400, "invalid", "fromSequence");
        (await _api.PostAsync($"/api/v1/tickets/{number}/split", new { subject = "?" })).IsProblem(400, "invalid", "fromSequence");
        (await _api.PostAsync($"/api/v1/tickets/{number}/split", new { fromSequence = 1 })).IsProblem(400, "invalid", "subject");
        (await _api.PostAsync("/api/v1/tickets/999999/split", new { fromSequence = 1, subject = "?" })).IsProblem(404, "not-found");
    }

    private static object Globex => new { channel = "email", requester = new { email = "greta@globex.example" }, account = "globex", subject = "Ours", body = "How?" };

    private static IEnumerable<string> Obligations(JsonElement ticket) =>
        ticket.GetProperty("obligations").EnumerateArray().Select(owed => $"{owed.GetProperty("cycle").GetInt32()} {owed.GetProperty("state").GetString()}");

    private async Task<IEnumerable<string?>> KindsAsync(long number) =>
        (await _api.GetAsync($"/api/v1/tickets/{number}/ledger")).Is(HttpStatusCode.OK)["items"].EnumerateArray().Select(row => row.GetProperty("kind").GetString());
}
