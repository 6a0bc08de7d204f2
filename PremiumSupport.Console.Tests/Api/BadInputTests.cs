using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Api;

[Collection(SharedHost.Name)]
public sealed class SqliteBadInputTests(SupportHost host) : BadInputTests(host);

[Collection(SharedPostgresHost.Name)]
public sealed class PostgresBadInputTests(PostgresHost host) : BadInputTests(host.OrSkip());

/// <summary>What cannot be taken is answered with a code, a sentence and the field's name, and leaves nothing behind.</summary>
public abstract class BadInputTests(SupportHost host)
{
    private readonly ApiCaller _api = new(host.Api());

    /// <summary>A good claim with some fields set to other JSON; an empty text takes the field away.</summary>
    private static readonly (string Name, string Changes, int Status, string Code, string? Field)[] Tickets =
    [
        ("no channel", """{"channel":""}""", 400, "invalid", "channel"),
        ("channel unknown", """{"channel":"\"fax\""}""", 400, "invalid", "channel"),
        ("channel a number in words", """{"channel":"\"1\""}""", 400, "invalid", "channel"),
        ("two channels", """{"channel":"\"email,chat\""}""", 400, "invalid", "channel"),
        ("channel of a wrong kind", """{"channel":"5"}""", 400, "invalid", "channel"),
        ("criterion unknown", """{"criterion":"\"fire\""}""", 400, "invalid", "criterion"),
        ("no subject", """{"subject":""}""", 400, "invalid", "subject"),
        ("subject null", """{"subject":"null"}""", 400, "invalid", "subject"),
        ("subject blank", """{"subject":"\" \\t \\n \""}""", 400, "invalid", "subject"),
        ("subject of a wrong kind", """{"subject":"{}"}""", 400, "invalid", "subject"),
        ("subject of 301", """{"subject":"\"<301>\""}""", 400, "invalid", "subject"),
        ("subject with half a character", """{"subject":"\"\\ud800\""}""", 400, "invalid", "subject"),
        ("no body", """{"body":""}""", 400, "invalid", "body"),
        ("body of control characters", """{"body":"\"\\u0000\\u0007\""}""", 400, "invalid", "body"),
        ("body that nobody sees", """{"body":"\"\\u200b\\u2060\\ufeff \""}""", 400, "invalid", "body"),
        ("body of 100001", """{"body":"\"<100001>\""}""", 400, "invalid", "body"),
        ("no account", """{"account":""}""", 400, "invalid", "account"),
        ("account unknown", """{"account":"\"nobody\""}""", 400, "invalid", "account"),
        ("account with a quote", """{"account":"\"acme' OR 1=1 --\""}""", 400, "invalid", "account"),
        ("no requester", """{"requester":""}""", 400, "invalid", "requester.email"),
        ("requester of a wrong kind", """{"requester":"\"sofia\""}""", 400, "invalid", "requester"),
        ("requester's address of a wrong kind", """{"requester":"{\"email\":5}"}""", 400, "invalid", "requester.email"),
        ("no address", """{"requester":"{\"email\":\"\"}"}""", 400, "invalid", "requester.email"),
        ("no such address", """{"requester":"{\"email\":\"sofia\"}"}""", 400, "invalid", "requester.email"),
        ("address with a name in it", """{"requester":"{\"email\":\"Sofia <sofia@acme.example>\"}"}""", 400, "invalid", "requester.email"),
        ("address with a line end", """{"requester":"{\"email\":\"a@b.example\\r\\nBcc: c@d.example\"}"}""", 400, "invalid", "requester.email"),
        ("name of 201", """{"requester":"{\"email\":\"new@acme.example\",\"name\":\"<201>\"}"}""", 400, "invalid", "requester.name"),
        ("claim of a wrong kind", """{"businessCritical":"\"yes\""}""", 400, "invalid", "businessCritical"),
        ("claim without criterion", """{"criterion":""}""", 400, "invalid", "criterion"),
        ("claim without impact", """{"impact":"\"  \""}""", 400, "invalid", "impact"),
        ("impact of 2001", """{"impact":"\"<2001>\""}""", 400, "invalid", "impact"),
        ("claim in a chat", """{"channel":"\"chat\""}""", 400, "invalid", "businessCritical"),
        ("claim by phone", """{"channel":"\"phone\"","phoneNumber":"\"+1 617 555 0177\""}""", 400, "invalid", "businessCritical"),
        ("claim of an ordinary user", """{"requester":"{\"email\":\"uwe@acme.example\"}"}""", 403, "not-super-admin", null),
        ("claim of an ordinary user without criterion", """{"requester":"{\"email\":\"uwe@acme.example\"}","criterion":"","impact":""}""", 403, "not-super-admin", null),
        ("claim of a stranger", """{"requester":"{\"email\":\"stranger@acme.example\"}"}""", 403, "not-super-admin", null),
        ("account without premium support", """{"account":"\"basic\"","requester":"{\"email\":\"ben@basic.example\"}","businessCritical":"false"}""", 403, "not-entitled", null),
        ("stranger of an account without premium support", """{"account":"\"basic\"","requester":"{\"email\":\"new@basic.example\"}","businessCritical":"false"}""", 403, "not-entitled", null),
        ("callback without number", """{"channel":"\"phone\"","businessCritical":"false"}""", 400, "invalid", "phoneNumber"),
        ("callback to words", """{"channel":"\"phone\"","businessCritical":"false","phoneNumber":"\"call me\""}""", 400, "invalid", "phoneNumber"),
        ("callback to half a number", """{"channel":"\"phone\"","businessCritical":"false","phoneNumber":"\"+1 555\""}""", 400, "invalid", "phoneNumber"),
        ("callback without country", """{"channel":"\"phone\"","businessCritical":"false","phoneNumber":"\"0617 555 0177\""}""", 400, "invalid", "phoneNumber"),
        ("callback to an attack", """{"channel":"\"phone\"","businessCritical":"false","phoneNumber":"\"+1 617 555 0177'; DROP TABLE Tickets;--\""}""", 400, "invalid", "phoneNumber"),
        ("message id of 101", """{"clientMessageId":"\"<101>\""}""", 400, "invalid", "clientMessageId"),
    ];

    public static TheoryData<string> TicketNames => [.. Tickets.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(TicketNames))]
    public async Task A_ticket_is_refused_in_words_and_leaves_nothing(string name)
    {
        var (_, changes, status, code, field) = Tickets.Single(row => row.Name == name);
        var before = await StoredRows.CountAsync(host);

        (await _api.PostAsync("/api/v1/tickets", Changed(changes))).IsProblem(status, code, field);

        Assert.Equal(before, await StoredRows.CountAsync(host));
    }

    [Theory]
    [InlineData("", "malformed")]
    [InlineData("{", "malformed")]
    [InlineData("[]", "malformed")]
    [InlineData("\"text\"", "malformed")]
    [InlineData("channel=email", "malformed")]
    [InlineData("null", "invalid")]
    [InlineData("{}", "invalid")]
    public async Task A_body_that_is_no_object_is_refused_at_every_address(string body, string code)
    {
        var number = await _api.OpenAsync(ApiCaller.Critical());
        var before = await StoredRows.CountAsync(host);
        foreach (var address in new[] { "/api/v1/tickets", $"/api/v1/tickets/{number}/messages", $"/api/v1/tickets/{number}/severity-decision", $"/api/v1/tickets/{number}/calls" })
        {
            (await _api.PostAsync(address, body)).IsProblem(400, code);
        }

        if (body != "{}")
        {
            (await _api.SendAsync(HttpMethod.Patch, $"/api/v1/tickets/{number}", body)).IsProblem(400, code);
        }

        Assert.Equal(before, await StoredRows.CountAsync(host));
    }

    [Theory]
    [InlineData("messages", """{"body":"","clientMessageId":"a"}""", "body")]
    [InlineData("messages", """{"body":"Hello","clientMessageId":"a","visibility":"secret"}""", "visibility")]
    [InlineData("messages", """{"body":"Hello","clientMessageId":"a","visibility":1}""", "visibility")]
    [InlineData("messages", """{"body":"Hello","clientMessageId":" "}""", "clientMessageId")]
    [InlineData("messages", """{"body":"Hello","clientMessageId":"a","automated":"yes"}""", "automated")]
    [InlineData("messages", """{"body":["Hello"],"clientMessageId":"a"}""", "body")]
    [InlineData("severity-decision", """{"reason":"No"}""", "confirm")]
    [InlineData("severity-decision", """{"confirm":"no","reason":"No"}""", "confirm")]
    [InlineData("severity-decision", """{"confirm":false}""", "reason")]
    [InlineData("severity-decision", """{"confirm":false,"reason":"  "}""", "reason")]
    [InlineData("calls", """{"outcome":"shouted"}""", "outcome")]
    [InlineData("calls", """{"outcome":1}""", "outcome")]
    public async Task A_verb_names_the_field_that_it_cannot_take(string verb, string body, string field)
    {
        var number = await _api.OpenAsync(ApiCaller.Critical());
        var before = await StoredRows.CountAsync(host);

        (await _api.PostAsync($"/api/v1/tickets/{number}/{verb}", body)).IsProblem(400, "invalid", field);

        Assert.Equal(before, await StoredRows.CountAsync(host));
    }

    [Theory]
    [InlineData("""{"status":"gone"}""", 400, "invalid", "status")]
    [InlineData("""{"status":4}""", 400, "invalid", "status")]
    [InlineData("""{"status":"closed"}""", 409, "illegal-status", "status")]
    [InlineData("""{"status":"closed","subject":"Also this","tags":["x"],"assignee":"second@demo.example"}""", 409, "illegal-status", "status")]
    [InlineData("""{"assignee":"sofia@acme.example"}""", 400, "invalid", "assignee")]
    [InlineData("""{"assignee":5}""", 400, "invalid", "assignee")]
    [InlineData("""{"assignee":""}""", 400, "invalid", "assignee")]
    [InlineData("""{"subject":" "}""", 400, "invalid", "subject")]
    [InlineData("""{"subject":"<301>"}""", 400, "invalid", "subject")]
    [InlineData("""{"tags":"one"}""", 400, "invalid", "tags")]
    [InlineData("""{"tags":[null]}""", 400, "invalid", "tags")]
    [InlineData("""{"tags":["<41>"]}""", 400, "invalid", "tags")]
    [InlineData("""{"severity":"grave","reason":"All of them"}""", 400, "invalid", "severity")]
    [InlineData("""{"severity":"businessCritical"}""", 400, "invalid", "reason")]
    [InlineData("""{"severity":"businessCritical","reason":"<2001>"}""", 400, "invalid", "reason")]
    [InlineData("""{"version":7,"subject":"From an old form"}""", 409, "stale-version", null)]
    public async Task A_change_that_cannot_be_made_changes_nothing_else_either(string body, int status, string code, string? field)
    {
        var number = await _api.OpenAsync(ApiCaller.Plain());
        var before = (await StoredRows.CountAsync(host), (await _api.GetAsync($"/api/v1/tickets/{number}")).Text);

        (await _api.SendAsync(HttpMethod.Patch, $"/api/v1/tickets/{number}", Filled(body))).IsProblem(status, code, field);

        Assert.Equal(before, (await StoredRows.CountAsync(host), (await _api.GetAsync($"/api/v1/tickets/{number}")).Text));
    }

    [Theory]
    [InlineData("/api/v1/queue?limit=many", "limit")]
    [InlineData("/api/v1/queue?limit=99999999999999999999", "limit")]
    [InlineData("/api/v1/queue?view=everything", "view")]
    [InlineData("/api/v1/queue?view=1", "view")]
    [InlineData("/api/v1/queue?cursor=***", "cursor")]
    [InlineData("/api/v1/queue?cursor=bm90IG91cnM", "cursor")]
    [InlineData("/api/v1/tickets/{0}/messages?afterSequence=last", "afterSequence")]
    [InlineData("/api/v1/tickets/{0}/messages?limit=1.5", "limit")]
    [InlineData("/api/v1/tickets/{0}/messages?cursor=1", "cursor")]
    [InlineData("/api/v1/reports/sla?from=yesterday", "from")]
    [InlineData("/api/v1/reports/sla?to=2026-13-01", "to")]
    [InlineData("/api/v1/reports/sla?groupBy=mood", "groupBy")]
    [InlineData("/api/v1/reports/sla?from=2026-02-02T00:00:00Z&to=2026-02-01T00:00:00Z", "from")]
    public async Task A_parameter_that_makes_no_sense_is_named(string address, string field)
    {
        var number = address.Contains("{0}", StringComparison.Ordinal) ? await _api.OpenAsync(ApiCaller.Plain()) : 0;
        (await _api.GetAsync(address.Replace("{0}", $"{number}", StringComparison.Ordinal))).IsProblem(400, "invalid", field);
    }

    [Theory]
    [InlineData("GET", "/api/v1/tickets/999999")]
    [InlineData("GET", "/api/v1/tickets/999999/messages")]
    [InlineData("GET", "/api/v1/tickets/999999/ledger")]
    [InlineData("PATCH", "/api/v1/tickets/999999")]
    [InlineData("POST", "/api/v1/tickets/999999/messages")]
    [InlineData("POST", "/api/v1/tickets/999999/severity-decision")]
    [InlineData("POST", "/api/v1/tickets/999999/calls")]
    [InlineData("GET", "/api/v1/tickets/-1")]
    [InlineData("GET", "/api/v1/tickets/99999999999999999999999999")]
    [InlineData("GET", "/api/v1/tickets/abc")]
    [InlineData("GET", "/api/v1/tickets/1%20or%201=1")]
    [InlineData("GET", "/api/v1/no-such-thing")]
    [InlineData("GET", "/api/v2/tickets")]
    [InlineData("GET", "/api")]
    public async Task What_is_not_there_is_not_found(string method, string address)
    {
        var body = method == "GET" ? null : """{"body":"Hello","confirm":true,"outcome":"reached","subject":"S","clientMessageId":"not-there"}""";
        (await _api.SendAsync(new(method), address, body)).IsProblem(404, "not-found");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_beyond_a_mebibyte_is_too_large_whether_it_says_its_length_or_not(bool isKeyed)
    {
        var large = Encoding.UTF8.GetBytes($$"""{"body":"{{new string('a', 1_200_000)}}"}""");
        var before = await StoredRows.CountAsync(host);

        (await _api.PostAsync("/api/v1/tickets", new ByteArrayContent(large), isKeyed ? "large" : null)).IsProblem(413, "too-large");
        using var stream = new NoLength(large);
        (await _api.PostAsync("/api/v1/tickets", new StreamContent(stream), isKeyed ? "large" : null)).IsProblem(413, "too-large");

        Assert.Equal(before, await StoredRows.CountAsync(host));
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_refused()
    {
        using var broken = new ByteArrayContent([.. "{\"subject\":\""u8, 0xC3, 0x28, .. "\"}"u8]);
        (await _api.PostAsync("/api/v1/tickets", broken)).IsProblem(400, "invalid", "subject");
        (await _api.PostAsync("/api/v1/tickets", new StringContent("a=b", Encoding.UTF8, "application/x-www-form-urlencoded"))).IsProblem(415, "unsupported-media-type");
        var deep = string.Concat(Enumerable.Repeat("[", 5000));
        (await _api.PostAsync("/api/v1/tickets", $$"""{"subject":{{deep}}""")).IsProblem(400, "invalid", "subject");
    }

    [Fact]
    public async Task What_the_refusals_above_start_from_is_taken()
    {
        Assert.Equal(HttpStatusCode.Created, (await _api.PostAsync("/api/v1/tickets", Changed("{}"))).Status);
        Assert.Equal(HttpStatusCode.Created, (await _api.PostAsync("/api/v1/tickets", Changed("""{"channel":"\"phone\"","businessCritical":"false","phoneNumber":"\"+1 (617) 555-0177\""}"""))).Status);
    }

    private static string Changed(string changes)
    {
        var ticket = JsonNode.Parse("""
            {"channel":"email","requester":{"email":"sofia@acme.example"},"account":"acme","subject":"S","body":"B","businessCritical":true,"criterion":"signIn","impact":"All"}
            """)!.AsObject();
        var text = new StringBuilder();
        foreach (var (field, value) in JsonNode.Parse(changes)!.AsObject())
        {
            ticket.Remove(field);
            if (value!.GetValue<string>() is { Length: > 0 } json)
            {
                // As it stands: a half character would not survive being parsed here.
                text.Append(System.Globalization.CultureInfo.InvariantCulture, $",\"{field}\":{Filled(json)}");
            }
        }

        return ticket.ToJsonString()[..^1] + text + "}";
    }

    private static string Filled(string text) => System.Text.RegularExpressions.Regex.Replace(
        text, "<([0-9]+)>", match => new string('a', int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)), System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));

    /// <summary>A stream that cannot say how long it is, so that it goes out in chunks.</summary>
    private sealed class NoLength(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
