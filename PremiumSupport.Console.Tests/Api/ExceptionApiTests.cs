using System.Net;
using System.Text.Json;
using PremiumSupport.Desk.Tickets.Exceptions;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Api;

public sealed class SqliteExceptionApiTests(SupportHost host) : ExceptionApiTests(host), IClassFixture<SupportHost>;

public sealed class PostgresExceptionApiTests(PostgresHost host) : ExceptionApiTests(host.OrSkip()), IClassFixture<PostgresHost>;

/// <summary>Exceptions by REST: declared by one person, approved by another, and then they move deadlines and are told to those whom they concern.</summary>
public abstract class ExceptionApiTests(SupportHost host)
{
    private const string Address = "/api/v1/sla/exceptions";

    private readonly ApiCaller _admin = new(host.Api());
    private readonly ApiCaller _lead = new(host.Api(SupportHost.LeadApiKey));

    public static TheoryData<string, string, string> Bad => new()
    {
        { "a start that is past", """{"from":"2020-01-01T00:00:00Z"}""", "from" },
        { "a start that is none", """{"from":"soon"}""", "from" },
        { "a start of a wrong kind", """{"from":5}""", "from" },
        { "no start", """{"from":null}""", "from" },
        { "an end before its start", """{"to":"2020-01-01T00:00:00Z"}""", "to" },
        { "no end", """{"to":null}""", "to" },
        { "a century", """{"to":"2126-01-01T00:00:00Z"}""", "to" },
        { "no scope", """{"scope":null}""", "scope.kind" },
        { "a scope that is none", """{"scope":{"kind":"planet"}}""", "scope.kind" },
        { "a scope by number", """{"scope":{"kind":"1"}}""", "scope.kind" },
        { "an account without a name", """{"scope":{"kind":"account"}}""", "scope.value" },
        { "an account that is none", """{"scope":{"kind":"account","value":"nobody' OR 1=1 --"}}""", "scope.value" },
        { "a channel that is none", """{"scope":{"kind":"channel","value":"fax"}}""", "scope.value" },
        { "a hub that is none", """{"scope":{"kind":"hub","value":"Coffee Hub"}}""", "scope.value" },
        { "everything with a name", """{"scope":{"kind":"everything","value":"acme"}}""", "scope.value" },
        { "a reason that is none", """{"reason":"weather"}""", "reason" },
        { "no notice", """{"note":" "}""", "note" },
    };

    [Theory, MemberData(nameof(Bad))]
    public async Task What_cannot_be_declared_is_said_by_field(string what, string changes, string field)
    {
        var body = JsonSerializer.SerializeToNode(Draft(Scope("everything")), JsonSerializerOptions.Web)!.AsObject();
        foreach (var (name, value) in JsonElement.Parse(changes).EnumerateObject().Select(change => (change.Name, change.Value)))
        {
            body[name] = value.ValueKind == JsonValueKind.Null ? null : System.Text.Json.Nodes.JsonNode.Parse(value.GetRawText());
        }

        Assert.NotNull((await _lead.PostAsync(Address, body.ToJsonString())).IsProblem(400, "invalid", field).Text ?? what);
    }

    [Fact]
    public async Task A_start_of_this_moment_counts_from_its_arrival_and_one_of_a_minute_ago_is_past()
    {
        var body = JsonSerializer.SerializeToNode(Draft(Scope("everything")), JsonSerializerOptions.Web)!.AsObject();
        var said = TimeProvider.System.GetUtcNow();
        body["from"] = said.ToString("O");
        var declared = (await _lead.PostAsync(Address, body.ToJsonString())).Is(HttpStatusCode.Created);
        Assert.True(declared["from"].GetDateTimeOffset() >= ObligationClock.Whole(said), declared.Text);

        body["from"] = said.AddMinutes(-1).ToString("O");
        (await _lead.PostAsync(Address, body.ToJsonString())).IsProblem(400, "invalid", "from");
    }

    [Fact]
    public async Task A_second_person_approves_and_open_deadlines_move_by_as_long_as_it_lasts()
    {
        var number = await _admin.OpenAsync(ApiCaller.Plain());
        var stranger = await _admin.OpenAsync(new { channel = "email", requester = new { email = "greta@globex.example" }, account = "globex", subject = "Another", body = "account's" });
        var (before, other) = (await DueAsync(number), await DueAsync(stranger));
        var from = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().AddMinutes(10).ToUnixTimeMilliseconds());

        var declared = (await _lead.PostAsync(Address, Draft(Scope("account", "ACME"), from, from.AddHours(2)))).Is(HttpStatusCode.Created);
        var id = declared["id"].GetString();
        Assert.Equal("proposed", declared["state"].GetString());
        Assert.Equal(("account", "acme"), (declared["scope"].GetProperty("kind").GetString(), declared["scope"].GetProperty("value").GetString()));
        Assert.Equal(ObligationClock.Text(from), declared["from"].GetString());
        Assert.Equal("Ana Ruiz", declared["author"].GetString());
        Assert.Equal(before, await DueAsync(number));

        (await _lead.PostAsync($"{Address}/{id}/approve", null)).IsProblem(403, "own-exception");
        var approved = (await _admin.PostAsync($"{Address}/{id}/approve", null)).Is(HttpStatusCode.OK);
        Assert.Equal(("approved", "Elif Aydın"), (approved["state"].GetString(), approved["approver"].GetString()));
        var moved = approved["moved"].EnumerateArray().Single(item => item.GetProperty("ticket").GetInt64() == number);
        Assert.Equal((before, before.AddHours(2)), (moved.GetProperty("from").GetDateTimeOffset(), moved.GetProperty("dueAt").GetDateTimeOffset()));
        Assert.Equal((before.AddHours(2), other), (await DueAsync(number), await DueAsync(stranger)));
        (await _admin.PostAsync($"{Address}/{id}/approve", null)).IsProblem(409, "not-proposed");
        (await _lead.PostAsync($"{Address}/{id}/withdraw", null)).IsProblem(409, "not-proposed");

        var ledger = (await _admin.GetAsync($"/api/v1/tickets/{number}/ledger"))["items"].EnumerateArray().ToList();
        var excluded = Assert.Single(ledger, entry => entry.GetProperty("kind").GetString() == "excluded");
        Assert.Equal(id, excluded.GetProperty("data").GetProperty("exception").GetString());
        var promise = (await _admin.TicketAsync(number)).GetProperty("obligations")[0];
        Assert.Equal((before, id), (promise.GetProperty("grossDueAt").GetDateTimeOffset(), Assert.Single(promise.GetProperty("stops").EnumerateArray()).GetProperty("exception").GetString()));
        Assert.Contains("Incident: the clock stands still", string.Join('\n', (await _admin.TicketAsync(number)).GetProperty("obligations")[0].GetProperty("explanation").EnumerateArray()), StringComparison.Ordinal);

        var listed = (await _admin.GetAsync($"{Address}?state=approved"))["items"].EnumerateArray();
        Assert.Contains(listed, item => item.GetProperty("id").GetString() == id && !item.TryGetProperty("moved", out _));
    }

    [Fact]
    public async Task A_proposal_is_taken_back_by_its_author_or_an_admin()
    {
        var mine = (await _admin.PostAsync(Address, Draft(Scope("channel", "chat"))))["id"].GetString();
        (await _lead.PostAsync($"{Address}/{mine}/withdraw", null)).IsProblem(403, "not-yours");
        Assert.Equal("withdrawn", (await _admin.PostAsync($"{Address}/{mine}/withdraw", null)).Is(HttpStatusCode.OK)["state"].GetString());
        (await _lead.PostAsync($"{Address}/{mine}/approve", null)).IsProblem(409, "not-proposed");
        foreach (var act in new[] { "approve", "withdraw" })
        {
            (await _lead.PostAsync($"{Address}/{Guid.NewGuid()}/{act}", null)).IsProblem(404, "not-found");
            (await _lead.PostAsync($"{Address}/nonsense/{act}", null)).IsProblem(404, "not-found");
        }
    }

    [Fact]
    public async Task The_list_goes_on_by_cursor()
    {
        for (var index = 0; index < 3; index++)
        {
            (await _lead.PostAsync(Address, Draft(Scope("hub", "service hub")))).Is(HttpStatusCode.Created);
        }

        var first = await _lead.GetAsync($"{Address}?limit=2");
        Assert.Equal(2, first["items"].GetArrayLength());
        var second = await _lead.GetAsync($"{Address}?limit=2&cursor={first["nextCursor"].GetString()}");
        Assert.Empty(first["items"].EnumerateArray().Select(item => item.GetProperty("id").GetString()).Intersect(second["items"].EnumerateArray().Select(item => item.GetProperty("id").GetString())));
        (await _lead.GetAsync($"{Address}?cursor=nonsense")).IsProblem(400, "invalid", "cursor");
        (await _lead.GetAsync($"{Address}?state=maybe")).IsProblem(400, "invalid", "state");
        (await _lead.GetAsync($"{Address}?limit=many")).IsProblem(400, "invalid", "limit");
    }

    [Fact]
    public async Task The_same_key_declares_once()
    {
        var draft = Draft(Scope("channel", "phone"));
        var first = await _lead.PostAsync(Address, draft, "once");
        Assert.Equal(first["id"].GetString(), (await _lead.PostAsync(Address, draft, "once"))["id"].GetString());
    }

    [Fact]
    public async Task Customers_whom_it_concerns_read_it_before_they_ask_and_with_what_they_asked()
    {
        var now = TimeProvider.System.GetUtcNow();
        var id = (await _lead.PostAsync(Address, Draft(Scope("account", "globex"), now.AddSeconds(2), now.AddHours(3)))).Is(HttpStatusCode.Created)["id"].GetString();
        (await _admin.PostAsync($"{Address}/{id}/approve", null)).Is(HttpStatusCode.OK);
        var queries = (ExceptionQueries)host.Services.GetService(typeof(ExceptionQueries))!;
        Assert.DoesNotContain(await queries.InForceAsync(now, TestContext.Current.CancellationToken), window => window.Id.ToString() == id);
        Assert.Contains(await queries.InForceAsync(now.AddMinutes(1), TestContext.Current.CancellationToken), window => window.Id.ToString() == id);

        using var greta = host.CreateClient();
        greta.DefaultRequestHeaders.Authorization = new("Bearer", await host.SessionAsync("greta@globex.example"));
        var asked = (await new ApiCaller(greta).PostAsync("/widget/v1/tickets", new { channel = "email", subject = "Now?", body = "Please." })).Is(HttpStatusCode.Created);
        var promise = asked["promise"];
        var stop = Assert.Single(promise.GetProperty("stops").EnumerateArray());
        Assert.Equal(("exception", "incident", "We are moving house."), (stop.GetProperty("kind").GetString(), stop.GetProperty("reason").GetString(), stop.GetProperty("note").GetString()));
        Assert.True(promise.GetProperty("dueAt").GetDateTimeOffset() > promise.GetProperty("grossDueAt").GetDateTimeOffset());
        Assert.Equal(["entitlement", "role", "channel", "policy", "clock", "exception", "due"], promise.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("kind").GetString()));
    }

    private static object Scope(string kind, string? value = null) => new { kind, value };

    private static object Draft(object scope, DateTimeOffset? from = null, DateTimeOffset? to = null)
    {
        var start = from ?? TimeProvider.System.GetUtcNow().AddHours(30);
        return new { from = ObligationClock.Text(start), to = ObligationClock.Text(to ?? start.AddHours(1)), scope, reason = "incident", note = "We are moving house." };
    }

    private async Task<DateTimeOffset> DueAsync(long number) => (await _admin.TicketAsync(number)).GetProperty("nextDueAt").GetDateTimeOffset();
}
