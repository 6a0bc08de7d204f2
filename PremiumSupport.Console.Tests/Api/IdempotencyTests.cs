using System.Net;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Api;

[Collection(SharedHost.Name)]
public sealed class SqliteIdempotencyTests(SupportHost host) : IdempotencyTests(host);

[Collection(SharedPostgresHost.Name)]
public sealed class PostgresIdempotencyTests(PostgresHost host) : IdempotencyTests(host.OrSkip());

/// <summary>The same key and body give the same answer and no second effect.</summary>
public abstract class IdempotencyTests(SupportHost host)
{
    private readonly ApiCaller _api = new(host.Api());
    private readonly string _key = Guid.NewGuid().ToString();

    [Fact]
    public async Task A_ticket_posted_twice_under_one_key_is_one_ticket()
    {
        var first = (await _api.PostAsync("/api/v1/tickets", ApiCaller.Plain(), _key)).Is(HttpStatusCode.Created);
        var stored = await StoredRows.CountAsync(host);
        var second = await _api.PostAsync("/api/v1/tickets", ApiCaller.Plain(), _key);

        Assert.Equal((first.Status, first.Type, first.Text), (second.Status, second.Type, second.Text));
        Assert.Equal(stored, await StoredRows.CountAsync(host));
    }

    [Fact]
    public async Task The_first_answer_stands_even_when_the_ticket_has_moved_on()
    {
        var first = (await _api.PostAsync("/api/v1/tickets", ApiCaller.Plain(), _key)).Is(HttpStatusCode.Created);
        (await _api.PatchAsync(first["number"].GetInt64(), new { status = "solved" })).Is(HttpStatusCode.OK);

        Assert.Equal(first.Text, (await _api.PostAsync("/api/v1/tickets", ApiCaller.Plain(), _key)).Text);
    }

    [Fact]
    public async Task Another_body_or_another_address_under_the_same_key_is_a_mistake()
    {
        var number = (await _api.PostAsync("/api/v1/tickets", ApiCaller.Plain(), _key)).Is(HttpStatusCode.Created)["number"].GetInt64();
        var stored = await StoredRows.CountAsync(host);

        (await _api.PostAsync("/api/v1/tickets", ApiCaller.Plain("Another"), _key)).IsProblem(422, "idempotency-key-reused");
        (await _api.PostAsync($"/api/v1/tickets/{number}/messages", ApiCaller.Plain(), _key)).IsProblem(422, "idempotency-key-reused");

        Assert.Equal(stored, await StoredRows.CountAsync(host));
    }

    [Fact]
    public async Task Another_staff_members_key_of_the_same_text_is_another_key()
    {
        var lead = new ApiCaller(host.Api(SupportHost.LeadApiKey));
        var mine = (await _api.PostAsync("/api/v1/tickets", ApiCaller.Plain(), _key)).Is(HttpStatusCode.Created)["number"].GetInt64();
        var theirs = (await lead.PostAsync("/api/v1/tickets", ApiCaller.Plain(), _key)).Is(HttpStatusCode.Created)["number"].GetInt64();

        Assert.NotEqual(mine, theirs);
    }

    [Fact]
    public async Task Duplicates_that_race_have_one_effect_and_one_answer()
    {
        var stored = await StoredRows.CountAsync(host);
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => _api.PostAsync("/api/v1/tickets", ApiCaller.Plain(), _key)));

        Assert.Single(answers.Select(answer => (answer.Status, answer.Text)).Distinct());
        Assert.Equal(HttpStatusCode.Created, answers[0].Status);
        Assert.Equal(stored.Tickets + 1, (await StoredRows.CountAsync(host)).Tickets);
    }

    [Theory]
    [InlineData("messages", """{"body":"Hello","visibility":"public"}""")]
    [InlineData("messages", """{"body":"Between us","visibility":"internal"}""")]
    [InlineData("calls", """{"outcome":"busy"}""")]
    [InlineData("severity-decision", """{"confirm":true}""")]
    public async Task Every_verb_has_its_effect_once(string verb, string body)
    {
        var number = await _api.OpenAsync(ApiCaller.Critical());
        var first = await _api.PostAsync($"/api/v1/tickets/{number}/{verb}", body, _key);
        Assert.True(first.Status is HttpStatusCode.OK or HttpStatusCode.Created, first.Text);
        var stored = await StoredRows.CountAsync(host);

        Assert.Equal(first, await _api.PostAsync($"/api/v1/tickets/{number}/{verb}", body, _key));
        Assert.Equal(stored, await StoredRows.CountAsync(host));
    }

    [Fact]
    public async Task A_refusal_is_an_answer_too()
    {
        var first = (await _api.PostAsync("/api/v1/tickets", "{}", _key)).IsProblem(400, "invalid", "channel");
        Assert.Equal(first, await _api.PostAsync("/api/v1/tickets", "{}", _key));
        (await _api.PostAsync("/api/v1/tickets", ApiCaller.Plain(), _key)).IsProblem(422, "idempotency-key-reused");
    }

    [Fact]
    public async Task A_key_beyond_255_characters_is_refused() =>
        (await _api.PostAsync("/api/v1/tickets", ApiCaller.Plain(), new string('k', 256))).IsProblem(400, "invalid");
}
