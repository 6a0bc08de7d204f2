using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Channels.Chat;

[Collection(SharedHost.Name)]
public sealed class SqliteConversationTests(SupportHost host) : ConversationTests(host);

[Collection(SharedPostgresHost.Name)]
public sealed class PostgresConversationTests(PostgresHost host) : ConversationTests(host.OrSkip());

/// <summary>A conversation between customer and staff over the hub, as real clients see it.</summary>
public abstract class ConversationTests(SupportHost host)
{
    private readonly ApiCaller _api = new(host.Api());

    [Fact]
    public async Task A_customer_starts_writes_and_reads_it_all_again()
    {
        await using var sofia = await ChatClient.CustomerAsync(host, "sofia@acme.example");
        var started = await sofia.StartAsync("Hello", "first");
        var number = started.GetProperty("number").GetInt64();
        Assert.Equal(1, started.GetProperty("sequence").GetInt64());
        var sent = await sofia.SendAsync(number, "Are you there?", "second");
        Assert.Equal(2, sent.GetProperty("sequence").GetInt64());

        var joined = await sofia.JoinAsync(number);
        Assert.Equal(2, joined.GetProperty("lastSequence").GetInt64());
        var messages = joined.GetProperty("messages").EnumerateArray().ToList();
        Assert.Equal([("Hello", "first", "customer", "public"), ("Are you there?", "second", "customer", "public")], messages.Select(message => (
            message.GetProperty("body").GetString(), message.GetProperty("clientMessageId").GetString(), message.GetProperty("from").GetString(), message.GetProperty("visibility").GetString())));
        Assert.Equal(sent.GetProperty("sentAt").GetString(), messages[1].GetProperty("sentAt").GetString());
        Assert.Equal("chat", (await _api.TicketAsync(number)).GetProperty("channel").GetString());
    }

    [Fact]
    public async Task The_hub_and_the_api_show_a_message_in_the_same_words()
    {
        await using var sofia = await ChatClient.CustomerAsync(host, "sofia@acme.example");
        var number = await sofia.StartedAsync();
        (await _api.SayAsync(number, "Hello Sofia")).Is(HttpStatusCode.Created);
        var pushed = (await sofia.TakeUntilAsync(push => push.Body == "Hello Sofia"))[^1];

        Assert.Equal(8, pushed.Arguments[0].EnumerateObject().Count());
        Assert.True(JsonElement.DeepEquals(pushed.Arguments[0], (await _api.GetAsync($"/api/v1/tickets/{number}/messages?afterSequence=1"))["items"][0]));
        Assert.True(JsonElement.DeepEquals(pushed.Arguments[0], (await sofia.JoinAsync(number, 1)).GetProperty("messages")[0]));
    }

    [Fact]
    public async Task Who_comes_back_reads_what_was_missed_and_nothing_twice()
    {
        long number;
        await using (var before = await ChatClient.CustomerAsync(host, "sofia@acme.example"))
        {
            number = await before.StartedAsync();
        }

        (await _api.SayAsync(number, "While you were away")).Is(HttpStatusCode.Created);
        (await _api.SayAsync(number, "And this")).Is(HttpStatusCode.Created);
        await using var after = await ChatClient.CustomerAsync(host, "sofia@acme.example");
        var joined = await after.JoinAsync(number, 1);
        Assert.Equal([2, 3], joined.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("sequence").GetInt64()));

        (await _api.SayAsync(number, "Live again")).Is(HttpStatusCode.Created);
        Assert.Equal(4, (await after.TakeUntilAsync(push => push.Method == "MessagePosted"))[^1].Sequence);
        var beyond = await after.JoinAsync(number, 99);
        Assert.Equal((0, 4L), (beyond.GetProperty("messages").GetArrayLength(), beyond.GetProperty("lastSequence").GetInt64()));
    }

    [Fact]
    public async Task Eight_writers_at_once_leave_no_gap_and_everybody_hears_them_in_order()
    {
        const int Each = 12;
        await using var listener = await ChatClient.CustomerAsync(host, "sofia@acme.example");
        var number = await listener.StartedAsync();
        var customers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ChatClient.CustomerAsync(host, "sofia@acme.example")));
        var staff = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => ChatClient.ConnectAsync(host, SupportHost.LeadApiKey)));
        async Task<List<long>> WriteAsync(Func<int, Task<JsonElement>> write)
        {
            var sequences = new List<long>();
            for (var index = 0; index < Each; index++)
            {
                sequences.Add((await write(index)).GetProperty("sequence").GetInt64());
            }

            return sequences;
        }

        var writers = customers.Concat(staff).Select(client => WriteAsync(index => client.SendAsync(number, $"hub {index}")))
            .Concat(Enumerable.Range(0, 2).Select(_ => WriteAsync(async index => (await _api.SayAsync(number, $"rest {index}")).Json)));
        var acked = await Task.WhenAll(writers);

        // Each writer's own come in its order, and all together fill 2…97 once.
        Assert.All(acked, own => Assert.Equal(own.Order(), own));
        Assert.Equal(Enumerable.Range(2, 8 * Each).Select(sequence => (long)sequence), acked.SelectMany(own => own).Order());
        var heard = (await listener.TakeUntilAsync(push => push.Method == "MessagePosted" && push.Sequence == 1 + (8 * Each))).Where(push => push.Method == "MessagePosted").Select(push => push.Sequence).SkipWhile(sequence => sequence == 1).ToList();
        Assert.Equal(Enumerable.Range(2, 8 * Each).Select(sequence => (long)sequence), heard);
        Assert.Equal(Enumerable.Range(1, 1 + (8 * Each)).Select(sequence => (long)sequence), (await listener.JoinAsync(number)).GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("sequence").GetInt64()));
        foreach (var client in customers.Concat(staff))
        {
            await client.DisposeAsync();
        }
    }

    [Fact]
    public async Task The_same_client_id_gives_the_same_answer_and_no_second_message_even_in_a_race()
    {
        await using var sofia = await ChatClient.CustomerAsync(host, "sofia@acme.example");
        var id = Guid.NewGuid().ToString("N");
        var starts = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => sofia.StartAsync("Hello", id)));
        var started = Assert.Single(starts.Select(start => start.GetRawText()).Distinct());
        var number = JsonElement.Parse(started).GetProperty("number").GetInt64();

        var sends = await Task.WhenAll(Enumerable.Range(0, 6).Select(index => sofia.SendAsync(number, "Once", "again")));
        Assert.Single(sends.Select(send => send.GetRawText()).Distinct());
        Assert.Equal(2, (await sofia.JoinAsync(number)).GetProperty("messages").GetArrayLength());
    }

    [Fact]
    public async Task A_new_conversation_is_new_even_when_its_id_was_used_by_a_later_message_of_another()
    {
        await using var sofia = await ChatClient.CustomerAsync(host, "sofia@acme.example");
        var number = await sofia.StartedAsync();
        var id = Guid.NewGuid().ToString("N");
        await sofia.SendAsync(number, "In the first", id);

        Assert.NotEqual(number, (await sofia.StartAsync("The second", id)).GetProperty("number").GetInt64());
    }

    [Fact]
    public async Task Typing_reading_and_status_reach_the_other_side()
    {
        await using var sofia = await ChatClient.CustomerAsync(host, "sofia@acme.example");
        await using var staff = await ChatClient.ConnectAsync(host, SupportHost.LeadApiKey);
        var number = await sofia.StartedAsync();
        await staff.JoinAsync(number);

        await sofia.TypingAsync(number, true);
        Assert.Equal(("customer", true), Typing((await staff.TakeUntilAsync(push => push.Method == "TypingChanged"))[^1]));
        await staff.TypingAsync(number, true);
        await staff.TypingAsync(number, false);
        var signs = await sofia.TakeUntilAsync(push => push.Method == "TypingChanged" && Typing(push) == ("staff", false));
        Assert.Equal([("customer", true), ("staff", true), ("staff", false)], signs.Where(push => push.Method == "TypingChanged").Select(Typing));

        await sofia.ReadAsync(number, 999);
        var read = (await staff.TakeUntilAsync(push => push.Method == "ReadAdvanced"))[^1];
        Assert.Equal(("customer", 1L), (read.Arguments[0].GetString(), read.Arguments[1].GetInt64()));

        (await _api.PatchAsync(number, new { assignee = "second@demo.example" })).Is(HttpStatusCode.OK);
        var changed = (await sofia.TakeUntilAsync(push => push.Method == "TicketChanged"))[^1];
        Assert.Equal(("open", "Tomás Oliveira"), (changed.Arguments[0].GetString(), changed.Arguments[1].GetString()));
    }

    [Fact]
    public async Task An_api_key_is_staff_on_the_hub_and_its_answer_keeps_the_promise()
    {
        await using var sofia = await ChatClient.CustomerAsync(host, "sofia@acme.example");
        await using var staff = await ChatClient.ConnectAsync(host, SupportHost.LeadApiKey);
        var number = await sofia.StartedAsync();

        var sent = await staff.SendAsync(number, "Hello, Ana here");
        var pushed = (await sofia.TakeUntilAsync(push => push.Body == "Hello, Ana here"))[^1].Arguments[0];
        Assert.Equal(("staff", "Ana Ruiz"), (pushed.GetProperty("from").GetString(), pushed.GetProperty("authorName").GetString()));
        var promise = (await _api.TicketAsync(number)).GetProperty("obligations")[0];
        Assert.Equal(("met", sent.GetProperty("sentAt").GetString()), (promise.GetProperty("state").GetString(), promise.GetProperty("answeredAt").GetString()));
        Assert.Equal("forbidden", await ChatClient.RefusalAsync(() => staff.StartAsync("Hello")));
    }

    [Fact]
    public async Task It_serves_any_request_of_the_customer_however_it_began()
    {
        var number = await _api.OpenAsync(ApiCaller.Plain());
        await using var sofia = await ChatClient.CustomerAsync(host, "sofia@acme.example");
        Assert.Equal("How?", (await sofia.JoinAsync(number)).GetProperty("messages")[0].GetProperty("body").GetString());
        Assert.Equal(2, (await sofia.SendAsync(number, "One more thing")).GetProperty("sequence").GetInt64());
    }

    [Fact]
    public async Task A_solved_conversation_reopens_and_a_closed_one_refuses_in_words()
    {
        await using var sofia = await ChatClient.CustomerAsync(host, "sofia@acme.example");
        var number = await sofia.StartedAsync();
        (await _api.PatchAsync(number, new { status = "solved" })).Is(HttpStatusCode.OK);
        await sofia.SendAsync(number, "Not quite");
        Assert.Equal("open", (await _api.TicketAsync(number)).GetProperty("status").GetString());
        Assert.Contains("reopened", (await _api.GetAsync($"/api/v1/tickets/{number}/ledger"))["items"].EnumerateArray().Select(row => row.GetProperty("kind").GetString()));

        (await _api.PatchAsync(number, new { status = "solved" })).Is(HttpStatusCode.OK);
        (await _api.PatchAsync(number, new { status = "closed" })).Is(HttpStatusCode.OK);
        var refusal = await ChatClient.RefusalAsync(() => sofia.SendAsync(number, "Still there?"));
        Assert.StartsWith("closed: This ticket is closed.", refusal, StringComparison.Ordinal);
        Assert.Equal(HubConnectionState.Connected, sofia.Connection.State);
        Assert.Equal(2, (await sofia.JoinAsync(number)).GetProperty("lastSequence").GetInt64());
    }

    private static (string?, bool) Typing(Pushed push) => (push.Arguments[0].GetString(), push.Arguments[1].GetBoolean());
}
