using System.Net;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Channels.Chat;

[Collection(SharedHost.Name)]
public sealed class SqliteStaleAnswerTests(SupportHost host) : StaleAnswerTests(host);

[Collection(SharedPostgresHost.Name)]
public sealed class PostgresStaleAnswerTests(PostgresHost host) : StaleAnswerTests(host.OrSkip());

/// <summary>"A colleague answered": an answer to what its author has not read yet is shown that first, and one id is one text.</summary>
public abstract class StaleAnswerTests(SupportHost host)
{
    private readonly ApiCaller _api = new(host.Api());

    [Fact]
    public async Task An_answer_written_before_a_colleagues_was_read_is_refused_in_words_and_goes_out_once_it_was()
    {
        await using var sofia = await ChatClient.CustomerAsync(host, "sofia@acme.example");
        await using var ana = await ChatClient.ConnectAsync(host, SupportHost.LeadApiKey);
        await using var other = await ChatClient.ConnectAsync(host, SupportHost.ApiKey);
        var number = await sofia.StartedAsync();
        await ana.AnswerAsync(number, "Have you tried the other door?", seenSequence: 1);

        var refusal = await ChatClient.RefusalAsync(() => other.AnswerAsync(number, "Try the window", seenSequence: 1, "mine"));
        Assert.StartsWith("answered-meanwhile: Ana Ruiz answered while you were writing: “Have you tried the other door?”", refusal, StringComparison.Ordinal);
        Assert.Equal(2, (await sofia.JoinAsync(number)).GetProperty("lastSequence").GetInt64());

        var sent = await other.AnswerAsync(number, "Try the window", seenSequence: 2, "mine");
        Assert.Equal(3, sent.GetProperty("sequence").GetInt64());
        // A repeat whose answer was lost is no new answer, whatever happened since.
        await ana.SendAsync(number, "And the roof");
        Assert.Equal(sent.GetRawText(), (await other.AnswerAsync(number, "Try the window", seenSequence: 1, "mine")).GetRawText());
    }

    [Fact]
    public async Task What_the_customer_one_oneself_or_the_product_wrote_meanwhile_keeps_nobody_from_answering()
    {
        await using var sofia = await ChatClient.CustomerAsync(host, "sofia@acme.example");
        await using var ana = await ChatClient.ConnectAsync(host, SupportHost.LeadApiKey);
        var number = await sofia.StartedAsync();
        await sofia.SendAsync(number, "Are you there?");
        Assert.Equal(3, (await ana.AnswerAsync(number, "Yes", seenSequence: 1)).GetProperty("sequence").GetInt64());
        Assert.Equal(4, (await ana.AnswerAsync(number, "I am", seenSequence: 1)).GetProperty("sequence").GetInt64());
        (await _api.SayAsync(number, "An automatic word", automated: true)).Is(HttpStatusCode.Created);
        Assert.Equal(6, (await ana.AnswerAsync(number, "Still", seenSequence: 4)).GetProperty("sequence").GetInt64());
    }

    [Fact]
    public async Task By_rest_it_is_a_conflict()
    {
        await using var sofia = await ChatClient.CustomerAsync(host, "sofia@acme.example");
        await using var ana = await ChatClient.ConnectAsync(host, SupportHost.LeadApiKey);
        var number = await sofia.StartedAsync();
        await ana.SendAsync(number, "First");
        var address = $"/api/v1/tickets/{number}/messages";
        (await _api.PostAsync(address, new { body = "Second", seenSequence = 1 })).IsProblem(409, "answered-meanwhile");
        (await _api.PostAsync(address, new { body = "Second", seenSequence = 2 })).Is(HttpStatusCode.Created);
    }

    [Fact]
    public async Task One_id_for_two_texts_is_refused_and_writes_nothing()
    {
        await using var sofia = await ChatClient.CustomerAsync(host, "sofia@acme.example");
        await using var ana = await ChatClient.ConnectAsync(host, SupportHost.LeadApiKey);
        var number = (await sofia.StartAsync("Hello", "hello-id")).GetProperty("number").GetInt64();
        Assert.StartsWith("message-id-reused: ", await ChatClient.RefusalAsync(() => sofia.StartAsync("Another", "hello-id")), StringComparison.Ordinal);

        await sofia.SendAsync(number, "Two", "two");
        Assert.StartsWith("message-id-reused: ", await ChatClient.RefusalAsync(() => sofia.SendAsync(number, "Not two", "two")), StringComparison.Ordinal);
        // Of an answer that keeps a promise as of one that keeps none.
        await ana.SendAsync(number, "Three", "three");
        Assert.StartsWith("message-id-reused: ", await ChatClient.RefusalAsync(() => ana.SendAsync(number, "Not three", "three")), StringComparison.Ordinal);
        (await _api.SayAsync(number, "Note", "internal", "note")).Is(HttpStatusCode.Created);
        (await _api.SayAsync(number, "Other note", "internal", "note")).IsProblem(409, "message-id-reused");
        Assert.Equal(3, (await sofia.JoinAsync(number)).GetProperty("lastSequence").GetInt64());

        // Another author's id is another id.
        Assert.Equal(4, (await ana.SendAsync(number, "Four", "two")).GetProperty("sequence").GetInt64());
    }
}
