using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using PremiumSupport.Tests.Hosting;
using PremiumSupport.Tests.Sla;

namespace PremiumSupport.Tests.Api;

public sealed class SqlitePolicyApiTests(SupportHost host) : PolicyApiTests(host), IClassFixture<SupportHost>;

public sealed class PostgresPolicyApiTests(PostgresHost host) : PolicyApiTests(host.OrSkip()), IClassFixture<PostgresHost>;

/// <summary>Rule 10 by REST: versions are read, tried and published, and everything that is wrong is named.</summary>
public abstract class PolicyApiTests(SupportHost host)
{
    private const string Address = "/api/v1/sla/policy";

    private ApiCaller Admin => new(host.Api());

    private ApiCaller Lead => new(host.Api(SupportHost.LeadApiKey));

    [Fact]
    public async Task The_policy_in_force_says_what_is_promised_and_who_published_it()
    {
        var policy = (await Lead.GetAsync(Address)).Is(HttpStatusCode.OK).Json;

        Assert.True(policy.GetProperty("version").GetInt32() >= 1);
        Assert.NotEqual("", policy.GetProperty("note").GetString());
        Assert.NotEqual("", policy.GetProperty("author").GetString());
        Assert.StartsWith("new", policy.GetProperty("applyTo").GetString(), StringComparison.Ordinal);
        Assert.Contains("TZDB", policy.GetProperty("tzdb").GetString(), StringComparison.Ordinal);
        var rule = policy.GetProperty("rules").EnumerateArray().First();
        Assert.Equal(("email", "superAdmin", "businessCritical", "firstResponse", "guaranteed", "24x7"), (Word(rule, "channel"), Word(rule, "role"), Word(rule, "severity"), Word(rule, "metric"), Word(rule, "commitment"), Word(rule, "calendar")));
        Assert.Equal(50, rule.GetProperty("warnings")[0].GetProperty("percent").GetInt32());
        Assert.Equal("09:00", policy.GetProperty("calendars")[0].GetProperty("week").GetProperty("mon")[0][0].GetString());
    }

    [Fact]
    public async Task What_was_read_can_be_changed_and_put_back_as_the_next_version()
    {
        var before = await CurrentAsync();
        var version = before["version"]!.GetValue<int>();
        var ticket = await Admin.OpenAsync(ApiCaller.Plain());
        before["rules"]![1]!["target"] = new JsonObject { ["duration"] = "00:45:00" };
        (before["note"], before["applyTo"]) = ("A quarter of an hour less for every Super Admin", "new");
        var published = (await PutAsync(before)).Is(HttpStatusCode.OK);

        Assert.Equal(version + 1, published["version"].GetInt32());
        Assert.Equal("A quarter of an hour less for every Super Admin", published["note"].GetString());
        Assert.Equal("Elif Aydın", published["author"].GetString());
        Assert.Equal("00:45:00", published["rules"][1].GetProperty("target").GetProperty("duration").GetString());
        Assert.Empty(published["moved"].EnumerateArray());

        var later = Promise(await Admin.TicketAsync(await Admin.OpenAsync(ApiCaller.Plain())));
        Assert.Equal((version + 1, 2700.0), (later.GetProperty("policyVersion").GetInt32(), later.GetProperty("targetSeconds").GetDouble()));
        var earlier = Promise(await Admin.TicketAsync(ticket));
        Assert.Equal((version, 3600.0), (earlier.GetProperty("policyVersion").GetInt32(), earlier.GetProperty("targetSeconds").GetDouble()));

        var history = (await Lead.GetAsync($"{Address}/versions")).Is(HttpStatusCode.OK)["items"].EnumerateArray().Select(item => item.GetProperty("version").GetInt32()).ToList();
        Assert.Equal(Enumerable.Range(1, version + 1).Reverse(), history);
        Assert.Equal("01:00:00", (await Lead.GetAsync($"{Address}/versions/{version}")).Is(HttpStatusCode.OK)["rules"][1].GetProperty("target").GetProperty("duration").GetString());
    }

    [Fact]
    public async Task Applied_to_open_tickets_it_answers_with_every_deadline_that_moved()
    {
        var ticket = await Admin.OpenAsync(ApiCaller.Critical());
        var policy = await CurrentAsync();
        policy["rules"]![0]!["target"] = new JsonObject { ["duration"] = "00:10:00" };
        (policy["note"], policy["applyTo"]) = ("Ten minutes for all", "newAndOpen");
        var promised = Promise(await Admin.TicketAsync(ticket));
        var preview = (await Admin.PostAsync($"{Address}/preview", policy.ToJsonString())).Is(HttpStatusCode.OK)["moves"].EnumerateArray().Single(move => move.GetProperty("ticket").GetInt64() == ticket);
        var moved = (await PutAsync(policy)).Is(HttpStatusCode.OK)["moved"].EnumerateArray().Single(move => move.GetProperty("ticket").GetInt64() == ticket);

        var due = promised.GetProperty("startedAt").GetDateTimeOffset().AddMinutes(10);
        Assert.Equal((Word(promised, "dueAt"), due), (Word(moved, "from"), moved.GetProperty("to").GetDateTimeOffset()));
        Assert.Equal(due, preview.GetProperty("to").GetDateTimeOffset());
        Assert.Equal(due, Promise(await Admin.TicketAsync(ticket)).GetProperty("dueAt").GetDateTimeOffset());
        Assert.NotNull((await CurrentAsync())["appliedAt"]);
    }

    [Fact]
    public async Task Who_publishes_on_top_of_what_they_have_not_seen_is_refused_and_publishes_nothing()
    {
        var policy = await CurrentAsync();
        policy["note"] = "First";
        (await PutAsync(policy)).Is(HttpStatusCode.OK);
        policy["note"] = "Second, on top of the same version";
        var stale = (await PutAsync(policy)).IsProblem(409, "stale-version");
        Assert.Contains("published meanwhile", stale["detail"].GetString(), StringComparison.Ordinal);
        Assert.Equal("First", (await CurrentAsync())["note"]!.GetValue<string>());

        policy["version"] = 999;
        (await PutAsync(policy)).IsProblem(409, "stale-version");
        policy["version"] = null;
        (await PutAsync(policy)).IsProblem(400, "invalid", "version");
    }

    [Fact]
    public async Task Of_many_that_publish_together_one_does()
    {
        var policy = await CurrentAsync();
        policy["note"] = "At once";
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PutAsync(policy)));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.OK), answer => answer.IsProblem(409, "stale-version"));
        Assert.Equal(policy["version"]!.GetValue<int>() + 1, (await CurrentAsync())["version"]!.GetValue<int>());
    }

    /// <summary>A place, a value there, the field that is named.</summary>
    public static TheoryData<string, string, string> Wrong => new()
    {
        { "note", "\"\"", "note" },
        { "note", "null", "note" },
        { "note", "\"   \"", "note" },
        { "note", $"\"{new string('n', 501)}\"", "note" },
        { "applyTo", "\"everything\"", "applyTo" },
        { "rules", "[]", "rules" },
        { "rules", "7", "rules" },
        { "rules[0]", "7", "rules[0]" },
        { "rules[0].target", """{"duration":"-00:30:00"}""", "rules[0].target" },
        { "rules[0].target", """{"duration":"00:00:00"}""", "rules[0].target" },
        { "rules[0].target", """{"businessDays":"many"}""", "rules[0].target.businessDays" },
        { "rules[0].target", """{"businessDays":99999999999}""", "rules[0].target.businessDays" },
        { "rules[0].channel", "\"pigeon\"", "rules[0].channel" },
        { "rules[0].calendar", "\"nowhere\"", "rules[0].calendar" },
        { "rules[5].channel", "\"email\"", "rules" },
        { "calendars[0].zone", "\"Mars/Base\"", "calendars[0].zone" },
        { "calendars[0].week.mon", """[["09:00","12:00"],["11:00","13:00"]]""", "calendars[0].week.mon" },
        { "calendars[0].week", "[]", "calendars[0].week" },
        { "calendars[0].holidays", """[{"date":"tomorrow"}]""", "calendars[0].holidays[0].date" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Bad_input_is_refused_with_the_field_and_nothing_is_published(string place, string value, string field)
    {
        var policy = await CurrentAsync();
        policy["note"] = "Wrong";
        var body = Json.With(policy.ToJsonString(), place, value);
        (await Admin.SendAsync(HttpMethod.Put, Address, body)).IsProblem(400, "invalid", field);
        Assert.Equal(policy["version"]!.GetValue<int>(), (await CurrentAsync())["version"]!.GetValue<int>());
        if (!place.StartsWith("note", StringComparison.Ordinal) && place != "applyTo")
        {
            (await Admin.PostAsync($"{Address}/preview", body)).IsProblem(400, "invalid", field);
        }
    }

    [Theory]
    [InlineData("{", "malformed")]
    [InlineData("[]", "malformed")]
    [InlineData("null", "invalid")]
    [InlineData("\"policy\"", "malformed")]
    public async Task What_is_no_object_is_refused_in_words(string body, string code) => (await Admin.SendAsync(HttpMethod.Put, Address, body)).IsProblem(400, code);

    [Fact]
    public async Task All_that_is_wrong_is_told_at_once()
    {
        var policy = await CurrentAsync();
        (policy["note"], policy["rules"]![0]!["target"], policy["calendars"]![0]!["zone"]) = ("", new JsonObject(), "Mars/Base");
        var answer = (await PutAsync(policy)).IsProblem(400, "invalid", "note");

        Assert.Equal(3, answer["errors"].EnumerateObject().Count());
    }

    [Fact]
    public async Task A_preview_says_what_would_change_and_changes_nothing()
    {
        var policy = await CurrentAsync();
        policy["rules"]![5]!["target"] = new JsonObject { ["duration"] = "00:01:00" };
        var preview = (await Admin.PostAsync($"{Address}/preview", policy.ToJsonString())).Is(HttpStatusCode.OK);

        var change = Assert.Single(preview["changes"].EnumerateArray());
        Assert.Equal(("changed", "1 minute instead of 2 minutes"), (Word(change, "kind"), Word(change, "words")));
        Assert.Equal(policy["version"]!.GetValue<int>(), (await CurrentAsync())["version"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_lead_reads_and_only_an_admin_publishes()
    {
        var policy = await CurrentAsync();
        (await Lead.GetAsync($"{Address}/versions")).Is(HttpStatusCode.OK);
        (await Lead.SendAsync(HttpMethod.Put, Address, policy.ToJsonString())).IsProblem(403, "forbidden");
        (await Lead.PostAsync($"{Address}/preview", policy.ToJsonString())).IsProblem(403, "forbidden");
    }

    [Theory]
    [InlineData("/versions/999", 404, "not-found")]
    [InlineData("/versions/0", 404, "not-found")]
    [InlineData("/versions/-1", 404, "not-found")]
    [InlineData("/versions/2147483647", 404, "not-found")]
    [InlineData("/versions/two", 404, "not-found")]
    [InlineData("/versions?limit=0", 400, "invalid")]
    [InlineData("/versions?limit=many", 400, "invalid")]
    [InlineData("/versions?cursor=-4", 400, "invalid")]
    public async Task A_version_that_is_not_there_is_not_found(string path, int status, string code) => (await Admin.GetAsync(Address + path)).IsProblem(status, code);

    [Fact]
    public async Task The_history_comes_in_pages()
    {
        var policy = await CurrentAsync();
        policy["note"] = "One more";
        (await PutAsync(policy)).Is(HttpStatusCode.OK);
        var first = (await Lead.GetAsync($"{Address}/versions?limit=1")).Is(HttpStatusCode.OK);
        var second = (await Lead.GetAsync($"{Address}/versions?limit=1&cursor={first["nextCursor"].GetString()}")).Is(HttpStatusCode.OK);

        Assert.Equal(first["items"][0].GetProperty("version").GetInt32() - 1, second["items"][0].GetProperty("version").GetInt32());
    }

    private async Task<JsonObject> CurrentAsync() => JsonNode.Parse((await Admin.GetAsync(Address)).Is(HttpStatusCode.OK).Text)!.AsObject();

    private Task<ApiAnswer> PutAsync(JsonObject policy) => Admin.SendAsync(HttpMethod.Put, Address, policy.ToJsonString());

    private static JsonElement Promise(JsonElement ticket) => ticket.GetProperty("obligations").EnumerateArray().Single(promise => promise.GetProperty("metric").GetString() == "firstResponse");

    private static string? Word(JsonElement element, string name) => element.GetProperty(name).GetString();
}
