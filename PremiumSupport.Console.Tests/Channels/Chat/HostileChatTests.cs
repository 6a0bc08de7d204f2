using System.Net;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PremiumSupport.Desk.Accounts;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity.Bearer;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Channels.Chat;

[Collection(SharedHost.Name)]
public sealed class SqliteHostileChatTests(SupportHost host) : HostileChatTests(host);

[Collection(SharedPostgresHost.Name)]
public sealed class PostgresHostileChatTests(PostgresHost host) : HostileChatTests(host.OrSkip());

/// <summary>What strangers and careless programs try at the hub.</summary>
public abstract class HostileChatTests(SupportHost host)
{
    private readonly ApiCaller _api = new(host.Api());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("greta@globex.example")]
    [InlineData("uwe@acme.example")]
    public async Task A_conversation_of_somebody_else_is_refused_like_one_that_does_not_exist(string stranger)
    {
        await using var sofia = await ChatClient.CustomerAsync(host, "sofia@acme.example");
        await using var other = await ChatClient.CustomerAsync(host, stranger);
        var number = await sofia.StartedAsync();
        var before = await StoredRows.CountAsync(host);
        foreach (var target in new[] { number, 999_999, -1 })
        {
            Assert.Equal("forbidden", await ChatClient.RefusalAsync(() => other.JoinAsync(target)));
            Assert.Equal("forbidden", await ChatClient.RefusalAsync(() => other.SendAsync(target, "Let me in")));
            Assert.Equal("forbidden", await ChatClient.RefusalAsync(() => other.TypingAsync(target, true)));
            Assert.Equal("forbidden", await ChatClient.RefusalAsync(() => other.ReadAsync(target, 1)));
        }

        Assert.Equal(before, await StoredRows.CountAsync(host));
        // Nothing of hers was pushed to them, before or after what is their own.
        await sofia.SendAsync(number, "Only for me");
        var own = await other.StartedAsync();
        await other.JoinAsync(own);
        await other.SendAsync(own, "Mine");
        Assert.All(await other.TakeUntilAsync(push => push.Body == "Mine"), push => Assert.Equal(own, push.Number));
    }

    [Fact]
    public async Task An_internal_note_never_reaches_a_customers_connection()
    {
        const string Canary = "canary-5c1f";
        await using var sofia = await ChatClient.CustomerAsync(host, "sofia@acme.example");
        var number = await sofia.StartedAsync();
        (await _api.SayAsync(number, $"Before {Canary}", "internal")).Is(HttpStatusCode.Created);
        (await _api.SayAsync(number, "Out loud")).Is(HttpStatusCode.Created);
        (await _api.SayAsync(number, $"After {Canary}", "internal")).Is(HttpStatusCode.Created);
        (await _api.SayAsync(number, "The end")).Is(HttpStatusCode.Created);

        var heard = await sofia.TakeUntilAsync(push => push.Body == "The end");
        Assert.Contains(heard, push => push.Body == "Out loud");
        Assert.DoesNotContain(heard, push => push.Arguments.Any(argument => argument.GetRawText().Contains(Canary, StringComparison.Ordinal)));
        Assert.DoesNotContain(Canary, (await sofia.JoinAsync(number)).GetRawText(), StringComparison.Ordinal);
        // The canary is alive: staff sees it.
        Assert.Contains(Canary, (await _api.GetAsync($"/api/v1/tickets/{number}/messages")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "invalid: The message is empty.")]
    [InlineData(null, "invalid: The message is empty.")]
    [InlineData(" \n\t ", "invalid: The message is empty.")]
    [InlineData("\u200b\u200d", "invalid: The message is empty.")]
    [InlineData("<100001>", "invalid: The message has 100,001 characters; up to 100,000 fit.")]
    [InlineData("<500000>", "invalid: The message has 500,000 characters; up to 100,000 fit.")]
    public async Task A_message_that_cannot_be_taken_is_refused_in_words_and_the_connection_lives_on(string? body, string expected)
    {
        await using var sofia = await ChatClient.CustomerAsync(host, "sofia@acme.example");
        var number = await sofia.StartedAsync();
        var text = body?.StartsWith('<') == true ? new string('a', int.Parse(body.Trim('<', '>'), System.Globalization.CultureInfo.InvariantCulture)) : body;

        Assert.Equal(expected, await ChatClient.RefusalAsync(() => sofia.SendAsync(number, text)));
        Assert.Equal(expected, await ChatClient.RefusalAsync(() => sofia.StartAsync(text)));
        Assert.Equal(2, (await sofia.SendAsync(number, new string('ü', 100_000))).GetProperty("sequence").GetInt64());
    }

    [Fact]
    public async Task A_message_without_an_id_or_nothing_at_all_is_refused_in_words()
    {
        await using var sofia = await ChatClient.CustomerAsync(host, "sofia@acme.example");
        var number = await sofia.StartedAsync();
        Assert.StartsWith("invalid: Give each message an id", await ChatClient.RefusalAsync(() => sofia.SendAsync(number, "Hello", "")), StringComparison.Ordinal);
        Assert.StartsWith("invalid: Give each message an id", await ChatClient.RefusalAsync(() => sofia.SendAsync(number, "Hello", new string('i', 101))), StringComparison.Ordinal);
        Assert.StartsWith("invalid: ", await ChatClient.RefusalAsync(() => sofia.Connection.InvokeAsync("Send", number, (object?)null, Cancel)), StringComparison.Ordinal);
        await Assert.ThrowsAsync<HubException>(() => sofia.Connection.InvokeAsync("Send", "not a number", 5, Cancel));
        await Assert.ThrowsAsync<HubException>(() => sofia.Connection.InvokeAsync("GroupOf", number, Cancel));
        Assert.Equal(2, (await sofia.SendAsync(number, "Still here")).GetProperty("sequence").GetInt64());
    }

    [Fact]
    public async Task An_account_without_premium_support_and_the_mobile_app_are_told_why()
    {
        await using var ben = await ChatClient.CustomerAsync(host, "ben@basic.example");
        Assert.StartsWith("not-entitled: Basic Goods has no Premium Support", await ChatClient.RefusalAsync(() => ben.StartAsync("Hello")), StringComparison.Ordinal);
        await using var mobile = await ChatClient.ConnectAsync(host, await host.SessionAsync("sofia@acme.example", ClientPlatform.MobileApp));
        Assert.StartsWith("mobile-app: ", await ChatClient.RefusalAsync(() => mobile.StartAsync("Hello")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_token_or_with_one_that_is_wrong_or_over_nobody_gets_in()
    {
        _ = host.Address;
        await using var db = await host.Services.GetRequiredService<IDbContextFactory<SupportDb>>().CreateDbContextAsync(Cancel);
        var contact = await db.Set<Contact>().SingleAsync(contact => contact.Email == "sofia@acme.example", Cancel);
        var over = await host.Services.GetRequiredService<CustomerSessions>().CreateAsync(contact.Id, ClientPlatform.Web, host.Services.GetRequiredService<TimeProvider>().GetUtcNow(), Cancel);
        foreach (var token in new[] { "", "pss_wrong", "psk_wrong", over.Token })
        {
            var failure = await Assert.ThrowsAsync<HttpRequestException>(() => host.ConnectAsync(token));
            Assert.Equal(HttpStatusCode.Unauthorized, failure.StatusCode);
        }
    }

    [Fact]
    public async Task The_message_pack_protocol_carries_the_same_conversation_under_the_servers_own_property_names()
    {
        var token = await host.SessionAsync("sofia@acme.example");
        await using var packed = new HubConnectionBuilder()
            .WithUrl(new Uri(host.Address, "/hubs/chat"), http => http.AccessTokenProvider = () => Task.FromResult<string?>(token))
            .AddMessagePackProtocol()
            .Build();
        var heard = new TaskCompletionSource<PackedMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        packed.On<long, PackedMessage>("MessagePosted", (_, message) =>
        {
            if (message.Sequence == 2)
            {
                heard.TrySetResult(message);
            }
        });
        await packed.StartAsync(Cancel);
        var started = await packed.InvokeAsync<PackedStart>("StartConversation", new PackedRequest { ClientMessageId = Guid.NewGuid().ToString("N"), Body = "Packed 👋" }, Cancel);
        var sent = await packed.InvokeAsync<PackedStart>("Send", started.Number, new PackedRequest { ClientMessageId = "two", Body = "Again" }, Cancel);
        var message = await heard.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        var joined = await packed.InvokeAsync<PackedJoin>("Join", started.Number, 0, Cancel);

        Assert.Equal((1, 2), (started.Sequence, sent.Sequence));
        Assert.Equal(("two", "customer", "Again", sent.SentAt), (message.ClientMessageId, message.From, message.Body, message.SentAt));
        Assert.Equal(["Packed 👋", "Again"], joined.Messages!.Select(packedMessage => packedMessage.Body));
    }
}

/// <summary>What a MessagePack client sends: names as C# writes them, because the protocol has no naming policy.</summary>
public sealed class PackedRequest
{
    public string? ClientMessageId { get; set; }
    public string? Body { get; set; }
    public string? Locale { get; set; }
}

public sealed class PackedStart
{
    public long Number { get; set; }
    public long Sequence { get; set; }
    public DateTimeOffset SentAt { get; set; }
}

public sealed class PackedMessage
{
    public long Sequence { get; set; }
    public string? ClientMessageId { get; set; }
    public string? From { get; set; }
    public string? Body { get; set; }
    public DateTimeOffset SentAt { get; set; }
}

public sealed class PackedJoin
{
    public IReadOnlyList<PackedMessage>? Messages { get; set; }
    public long LastSequence { get; set; }
}
