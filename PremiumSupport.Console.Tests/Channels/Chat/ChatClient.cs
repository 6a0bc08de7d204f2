using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Channels.Chat;

/// <summary>Something that the hub pushed: the method and its arguments as they came.</summary>
internal sealed record Pushed(string Method, long Number, JsonElement[] Arguments)
{
    public string? Body => Method == "MessagePosted" ? Arguments[0].GetProperty("body").GetString() : null;

    public long Sequence => Arguments[0].GetProperty("sequence").GetInt64();
}

/// <summary>A real client of the chat hub that keeps everything it is pushed.</summary>
internal sealed class ChatClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Channel<Pushed> _pushed = Channel.CreateUnbounded<Pushed>();

    private ChatClient(HubConnection connection)
    {
        Connection = connection;
        connection.On<long, JsonElement>("MessagePosted", (number, message) => Keep("MessagePosted", number, message));
        connection.On<long, JsonElement, JsonElement>("TypingChanged", (number, who, isTyping) => Keep("TypingChanged", number, who, isTyping));
        connection.On<long, JsonElement, JsonElement>("ReadAdvanced", (number, who, sequence) => Keep("ReadAdvanced", number, who, sequence));
        connection.On<long, JsonElement, JsonElement>("ReceivedAdvanced", (number, who, sequence) => Keep("ReceivedAdvanced", number, who, sequence));
        connection.On<long, JsonElement, JsonElement>("PresenceChanged", (number, who, isHere) => Keep("PresenceChanged", number, who, isHere));
        connection.On<long, JsonElement, JsonElement>("TicketChanged", (number, status, assignee) => Keep("TicketChanged", number, status, assignee));
    }

    public HubConnection Connection { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<ChatClient> ConnectAsync(SupportHost host, string token) => new(await host.ConnectAsync(token));

    public static async Task<ChatClient> CustomerAsync(SupportHost host, string email) => await ConnectAsync(host, await host.SessionAsync(email));

    public Task<JsonElement> StartAsync(string? body, string? id = null) => Connection.InvokeAsync<JsonElement>("StartConversation", new { clientMessageId = id ?? NewId(), body, locale = "de" }, Cancel);

    public async Task<long> StartedAsync() => (await StartAsync("Hello")).GetProperty("number").GetInt64();

    public Task<JsonElement> JoinAsync(long number, long after = 0) => Connection.InvokeAsync<JsonElement>("Join", number, after, Cancel);

    public Task<JsonElement> SendAsync(long number, string? body, string? id = null) => Connection.InvokeAsync<JsonElement>("Send", number, new { clientMessageId = id ?? NewId(), body }, Cancel);

    /// <summary>Sends as somebody who had read so far.</summary>
    public Task<JsonElement> AnswerAsync(long number, string body, long seenSequence, string? id = null) =>
        Connection.InvokeAsync<JsonElement>("Send", number, new { clientMessageId = id ?? NewId(), body, seenSequence }, Cancel);

    public Task ReceivedAsync(long number, long sequence) => Connection.InvokeAsync("Received", number, sequence, Cancel);

    public Task TypingAsync(long number, bool isTyping) => Connection.InvokeAsync("Typing", number, isTyping, Cancel);

    public Task ReadAsync(long number, long sequence) => Connection.InvokeAsync("Read", number, sequence, Cancel);

    /// <summary>Takes what was pushed until one of it fits; that one comes last.</summary>
    public async Task<List<Pushed>> TakeUntilAsync(Func<Pushed, bool> fits)
    {
        var taken = new List<Pushed>();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(Patience);
        do
        {
            taken.Add(await _pushed.Reader.ReadAsync(patience.Token));
        }
        while (!fits(taken[^1]));

        return taken;
    }

    /// <summary>The refusal that a call is answered with, as a client reads it.</summary>
    public static async Task<string> RefusalAsync(Func<Task> call)
    {
        var message = (await Assert.ThrowsAsync<HubException>(call)).Message;
        Assert.DoesNotContain("   at ", message, StringComparison.Ordinal);
        var at = message.IndexOf("HubException: ", StringComparison.Ordinal);
        return at < 0 ? message : message[(at + "HubException: ".Length)..];
    }

    public ValueTask DisposeAsync() => Connection.DisposeAsync();

    private static string NewId() => Guid.NewGuid().ToString("N");

    private void Keep(string method, long number, params JsonElement[] arguments) => _pushed.Writer.TryWrite(new(method, number, arguments));
}
