using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Api;

[Collection(SharedHost.Name)]
public sealed class SqliteLifeOfATicketTests(SupportHost host) : LifeOfATicketTests(host);

[Collection(SharedPostgresHost.Name)]
public sealed class PostgresLifeOfATicketTests(PostgresHost host) : LifeOfATicketTests(host.OrSkip());

/// <summary>What a ticket goes through, as the API tells it and as the ledger keeps it.</summary>
public abstract partial class LifeOfATicketTests(SupportHost host)
{
    private readonly ApiCaller _api = new(host.Api());

    [Fact]
    public async Task An_assignee_is_given_by_address_taken_away_by_null_and_left_by_absence()
    {
        var number = await _api.OpenAsync(ApiCaller.Plain());
        var given = (await _api.PatchAsync(number, new { assignee = "Second@Demo.example" })).Is(HttpStatusCode.OK);
        Assert.Equal("second@demo.example", given["assignee"].GetProperty("email").GetString());
        Assert.Equal("open", given["status"].GetString());

        var left = (await _api.PatchAsync(number, new { tags = new[] { "One", " one ", "two" } })).Is(HttpStatusCode.OK);
        Assert.Equal("second@demo.example", left["assignee"].GetProperty("email").GetString());
        Assert.Equal(["one", "two"], left["tags"].EnumerateArray().Select(tag => tag.GetString()));

        var taken = (await _api.SendAsync(HttpMethod.Patch, $"/api/v1/tickets/{number}", """{"assignee":null}""")).Is(HttpStatusCode.OK);
        Assert.Equal(JsonValueKind.Null, taken["assignee"].ValueKind);
    }

    [Fact]
    public async Task A_change_that_changes_nothing_makes_no_form_stale()
    {
        var number = await _api.OpenAsync(ApiCaller.Plain());
        var first = (await _api.PatchAsync(number, new { assignee = "second@demo.example", tags = new[] { "a" }, subject = "S" })).Is(HttpStatusCode.OK);
        var stored = await StoredRows.CountAsync(host);
        var again = (await _api.PatchAsync(number, new { assignee = "second@demo.example", tags = new[] { "a" }, subject = "S", status = "open", version = first["version"].GetInt64() })).Is(HttpStatusCode.OK);

        Assert.Equal(first["version"].GetInt64(), again["version"].GetInt64());
        Assert.Equal(stored, await StoredRows.CountAsync(host));
    }

    [Fact]
    public async Task A_declined_claim_is_promised_one_hour_from_its_creation_and_says_why()
    {
        var number = await _api.OpenAsync(ApiCaller.Critical());
        var declined = (await _api.PostAsync($"/api/v1/tickets/{number}/severity-decision", new { confirm = false, reason = "One user only." })).Is(HttpStatusCode.OK);

        Assert.Equal(("declined", "One user only.", "standard"), (declined["claim"].GetProperty("state").GetString(), declined["claim"].GetProperty("reason").GetString(), declined["severity"].GetString()));
        Assert.Equal(declined["createdAt"].GetDateTimeOffset().AddHours(1), declined["nextDueAt"].GetDateTimeOffset());
        Assert.Equal(3600, declined["obligations"][0].GetProperty("targetSeconds").GetDouble());
        (await _api.PostAsync($"/api/v1/tickets/{number}/severity-decision", new { confirm = true })).IsProblem(409, "no-pending-claim");
        Assert.Equal(["promised", "claimed", "declined", "retargeted"], await KindsAsync(number));
    }

    [Fact]
    public async Task A_confirmed_claim_keeps_its_thirty_minutes()
    {
        var number = await _api.OpenAsync(ApiCaller.Critical());
        var before = await _api.TicketAsync(number);
        var confirmed = (await _api.PostAsync($"/api/v1/tickets/{number}/severity-decision", new { confirm = true })).Is(HttpStatusCode.OK);

        Assert.Equal(before.GetProperty("nextDueAt").GetString(), confirmed["nextDueAt"].GetString());
        Assert.Equal(["promised", "claimed", "confirmed"], await KindsAsync(number));
    }

    [Fact]
    public async Task A_severity_raised_with_a_reason_brings_the_deadline_forward_and_lowered_leaves_it()
    {
        var number = await _api.OpenAsync(ApiCaller.Plain());
        var raised = (await _api.PatchAsync(number, new { severity = "businessCritical", reason = "All of them, by phone." })).Is(HttpStatusCode.OK);
        Assert.Equal("businessCritical", raised["severity"].GetString());
        Assert.Equal(raised["updatedAt"].GetDateTimeOffset().AddMinutes(30), raised["nextDueAt"].GetDateTimeOffset());

        var lowered = (await _api.PatchAsync(number, new { severity = "standard", reason = "Two of them." })).Is(HttpStatusCode.OK);
        Assert.Equal(raised["nextDueAt"].GetString(), lowered["nextDueAt"].GetString());
        Assert.Equal(["promised", "retargeted"], await KindsAsync(number));
    }

    [Fact]
    public async Task The_first_call_meets_a_callback_and_a_message_does_not()
    {
        var number = await _api.OpenAsync(new { channel = "phone", requester = new { email = "uwe@acme.example" }, account = "acme", subject = "Call me", body = "Please", phoneNumber = "+1 617 555 0192" });
        (await _api.SayAsync(number, "We will call")).Is(HttpStatusCode.Created);
        Assert.Equal("on-track", (await _api.TicketAsync(number)).GetProperty("obligations")[0].GetProperty("state").GetString());

        var called = (await _api.PostAsync($"/api/v1/tickets/{number}/calls", new { outcome = "noAnswer" })).Is(HttpStatusCode.OK);
        Assert.Equal(("callback", "met"), (called["obligations"][0].GetProperty("metric").GetString(), called["obligations"][0].GetProperty("state").GetString()));
        Assert.Equal("+16175550192", called["phoneNumber"].GetString());
        Assert.Equal(JsonValueKind.Null, called["nextDueAt"].ValueKind);
    }

    [Fact]
    public async Task Mail_to_the_mailbox_is_a_target_for_any_known_contact_even_of_an_account_without_premium_support()
    {
        var number = await _api.OpenAsync(new { channel = "mailbox", requester = new { email = "ben@basic.example" }, account = "basic", subject = "S", body = "B" });
        var obligation = (await _api.TicketAsync(number)).GetProperty("obligations")[0];
        Assert.Equal(("firstResponse", "target"), (obligation.GetProperty("metric").GetString(), obligation.GetProperty("commitment").GetString()));
    }

    [Fact]
    public async Task Closed_is_final_for_everybody()
    {
        var number = await _api.OpenAsync(ApiCaller.Critical());
        (await _api.PatchAsync(number, new { status = "solved" })).Is(HttpStatusCode.OK);
        (await _api.PatchAsync(number, new { status = "closed" })).Is(HttpStatusCode.OK);
        var ledger = await KindsAsync(number);

        (await _api.PatchAsync(number, new { status = "open" })).IsProblem(409, "illegal-status", "status");
        (await _api.PatchAsync(number, new { assignee = "second@demo.example" })).IsProblem(409, "closed");
        (await _api.SayAsync(number, "Late")).IsProblem(409, "closed");
        (await _api.PostAsync($"/api/v1/tickets/{number}/calls", new { outcome = "reached" })).IsProblem(409, "closed");
        (await _api.PostAsync($"/api/v1/tickets/{number}/severity-decision", new { confirm = false, reason = "No" })).IsProblem(409, "closed");
        Assert.Equal(ledger, await KindsAsync(number));
    }

    [Fact]
    public async Task The_same_client_id_is_the_same_message_with_the_same_answer()
    {
        var number = await _api.OpenAsync(ApiCaller.Plain());
        var first = (await _api.SayAsync(number, "Hello", id: "once")).Is(HttpStatusCode.Created);
        var stored = await StoredRows.CountAsync(host);
        Assert.Equal(first, await _api.SayAsync(number, "Hello", id: "once"));
        (await _api.SayAsync(number, "Hello again", id: "once")).IsProblem(409, "message-id-reused");
        Assert.Equal(stored, await StoredRows.CountAsync(host));
    }

    [Theory]
    [InlineData("👩‍👩‍👧‍👦 family, 🏴󠁧󠁢󠁷󠁬󠁳󠁿 flag")]
    [InlineData("مرحبا بالعالم ‮ reversed")]
    [InlineData("<script>alert(1)</script> & {{7*7}} ${x} %s")]
    [InlineData("line one\nline two\ttabbed")]
    public async Task A_text_comes_back_as_it_was_sent(string text)
    {
        var number = await _api.OpenAsync(new { channel = "email", requester = new { email = "sofia@acme.example" }, account = "acme", subject = "S", body = text });
        Assert.Equal(text, (await _api.GetAsync($"/api/v1/tickets/{number}/messages"))["items"][0].GetProperty("body").GetString());
    }

    [Fact]
    public async Task Control_characters_go_and_everything_else_stays()
    {
        var number = await _api.OpenAsync(new { channel = "email", requester = new { email = "sofia@acme.example" }, account = "acme", subject = "a\u0000b\nc\u001b[31m", body = "x\u0000\u0008y\r\nz" });
        Assert.Equal("ab c[31m", (await _api.TicketAsync(number)).GetProperty("subject").GetString());
        Assert.Equal("xy\nz", (await _api.GetAsync($"/api/v1/tickets/{number}/messages"))["items"][0].GetProperty("body").GetString());
    }

    [Fact]
    public async Task The_longest_subject_and_body_are_taken_whole()
    {
        var (subject, body) = (new string('s', 300), new string('ü', 100_000));
        var number = await _api.OpenAsync(new { channel = "email", requester = new { email = "sofia@acme.example" }, account = "acme", subject, body });
        Assert.Equal(subject, (await _api.TicketAsync(number)).GetProperty("subject").GetString());
        Assert.Equal(body, (await _api.GetAsync($"/api/v1/tickets/{number}/messages"))["items"][0].GetProperty("body").GetString());
    }

    [Fact]
    public async Task Instants_are_whole_milliseconds_and_the_same_text_in_ticket_and_ledger()
    {
        var number = await _api.OpenAsync(ApiCaller.Critical());
        (await _api.SayAsync(number, "We are on it")).Is(HttpStatusCode.Created);
        var ticket = await _api.TicketAsync(number);
        var obligation = ticket.GetProperty("obligations")[0];
        var ledger = (await LedgerAsync(number)).ToDictionary(row => row.GetProperty("kind").GetString()!);

        foreach (var text in new[] { ticket.GetProperty("createdAt"), ticket.GetProperty("updatedAt"), obligation.GetProperty("startedAt"), obligation.GetProperty("atRiskAt"), obligation.GetProperty("dueAt"), obligation.GetProperty("answeredAt") }
            .Select(instant => instant.GetString()!))
        {
            Assert.Matches(WholeMilliseconds, text);
        }

        Assert.Equal(ticket.GetProperty("createdAt").GetString(), ledger["promised"].GetProperty("at").GetString());
        Assert.Equal(obligation.GetProperty("dueAt").GetString(), ledger["promised"].GetProperty("data").GetProperty("dueAt").GetString());
        Assert.Equal(obligation.GetProperty("answeredAt").GetString(), ledger["met"].GetProperty("at").GetString());
        var message = (await _api.GetAsync($"/api/v1/tickets/{number}/messages"))["items"][1];
        Assert.Equal(obligation.GetProperty("answeredAt").GetString(), message.GetProperty("sentAt").GetString());
    }

    [Fact]
    public async Task Each_ledger_row_carries_the_hash_of_the_one_before_it_and_of_itself()
    {
        var number = await _api.OpenAsync(new { channel = "email", requester = new { email = "greta@globex.example" }, account = "globex", subject = "S", body = "B", businessCritical = true, criterion = "outage", impact = "All" });
        (await _api.PostAsync($"/api/v1/tickets/{number}/severity-decision", new { confirm = false, reason = "No: \"one\" <user> ü" })).Is(HttpStatusCode.OK);
        (await _api.SayAsync(number, "Hello")).Is(HttpStatusCode.Created);
        var rows = await LedgerAsync(number);
        Assert.Equal(["promised", "claimed", "declined", "retargeted", "met"], rows.Select(row => row.GetProperty("kind").GetString()));

        string? before = null;
        foreach (var row in rows)
        {
            var previous = row.GetProperty("previousHash").GetString()!;
            Assert.True(before is null || before == previous);
            before = row.GetProperty("hash").GetString();
            Assert.Equal(before, Recompute(row, number, previous, row.GetProperty("data").GetRawText()));
            Assert.NotEqual(before, Recompute(row, number + 1, previous, row.GetProperty("data").GetRawText()));
        }
    }

    [Fact]
    public async Task A_report_counts_what_matured_and_says_both_attainments()
    {
        var report = (await _api.GetAsync("/api/v1/reports/sla?groupBy=account")).Is(HttpStatusCode.OK);
        foreach (var field in new[] { "key", "matured", "met", "breached", "excluded", "attainmentGross", "attainmentNet", "p50Seconds", "p90Seconds", "p95Seconds" })
        {
            Assert.True(report["total"].TryGetProperty(field, out _), field);
        }

        Assert.Equal(JsonValueKind.Array, report["groups"].ValueKind);
    }

    private static string Recompute(JsonElement row, long ticket, string previous, string data) => LedgerChain.Hash(
        previous, "globex", row.GetProperty("sequence").GetInt64(), ticket, Enum.Parse<LedgerKind>(row.GetProperty("kind").GetString()!, ignoreCase: true), row.GetProperty("at").GetDateTimeOffset(),
        row.GetProperty("metric").GetString() is { } metric ? Enum.Parse<Metric>(metric, ignoreCase: true) : null, row.GetProperty("cycle").ValueKind == JsonValueKind.Null ? null : row.GetProperty("cycle").GetInt32(), data);

    private async Task<IReadOnlyList<JsonElement>> LedgerAsync(long number) => [.. (await _api.GetAsync($"/api/v1/tickets/{number}/ledger")).Is(HttpStatusCode.OK)["items"].EnumerateArray()];

    private async Task<IEnumerable<string?>> KindsAsync(long number) => (await LedgerAsync(number)).Select(row => row.GetProperty("kind").GetString()).ToList();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", RegexOptions.None, 1000)]
    private static partial Regex WholeMilliseconds { get; }
}
