using System.Diagnostics;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.SignalR.Client;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Channels.Chat;

/// <summary>A host whose limits are low enough to be reached at once.</summary>
public sealed class NarrowHost() : SupportHost(new Dictionary<string, string?>
{
    ["Chat:MessagesPerSecond"] = "0.5",
    ["Chat:MessageBurst"] = "5",
    ["Chat:MostMisses"] = "4",
    ["Chat:MostConversations"] = "2",
}, null, null);

/// <summary>Clients that ask for more than there is: each gets its sentence, and nobody else notices.</summary>
public sealed class ChatLimitTests(NarrowHost narrow, SupportHost wide) : IClassFixture<NarrowHost>, IClassFixture<SupportHost>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Too_many_messages_get_a_sentence_and_the_connection_and_everybody_else_go_on()
    {
        await using var sofia = await ChatClient.CustomerAsync(narrow, "sofia@acme.example");
        await using var again = await ChatClient.CustomerAsync(narrow, "sofia@acme.example");
        var number = await sofia.StartedAsync();
        var sends = Enumerable.Range(0, 40).Select(async index =>
        {
            try
            {
                return (await sofia.SendAsync(number, $"message {index}")).GetRawText();
            }
            catch (Microsoft.AspNetCore.SignalR.HubException refused)
            {
                return refused.Message;
            }
        });
        var answers = await Task.WhenAll(sends);
        Assert.InRange(answers.Count(answer => answer.StartsWith('{')), 4, 10);
        Assert.All(answers.Where(answer => !answer.StartsWith('{')), answer => Assert.Contains("too-fast: Up to", answer, StringComparison.Ordinal));

        // What was taken stands without a gap, the same connection reads it, and another one writes.
        var joined = await sofia.JoinAsync(number);
        Assert.Equal(1 + answers.Count(answer => answer.StartsWith('{')), joined.GetProperty("lastSequence").GetInt64());
        await again.SendAsync(number, "From my other page");
    }

    [Fact]
    public async Task Who_asks_for_the_conversations_of_others_again_and_again_is_asked_to_wait()
    {
        await using var greta = await ChatClient.CustomerAsync(narrow, "greta@globex.example");
        await using var sofia = await ChatClient.CustomerAsync(narrow, "sofia@acme.example");
        var number = await sofia.StartedAsync();
        var answers = new List<string>();
        for (var guess = 0; guess < 12; guess++)
        {
            answers.Add(await ChatClient.RefusalAsync(() => greta.JoinAsync(number + guess)));
        }

        Assert.Equal(Enumerable.Repeat("forbidden", 4), answers.Take(4));
        Assert.All(answers, answer => Assert.StartsWith("forbidden", answer, StringComparison.Ordinal));
        Assert.EndsWith("Wait a minute.", answers[^1], StringComparison.Ordinal);
        Assert.StartsWith("forbidden", await ChatClient.RefusalAsync(() => greta.SendAsync(number, "Let me in")), StringComparison.Ordinal);
        await sofia.JoinAsync(number);
    }

    [Fact]
    public async Task One_connection_listens_to_so_many_conversations()
    {
        await using var sofia = await ChatClient.CustomerAsync(narrow, "sofia@acme.example");
        await sofia.StartedAsync();
        await sofia.StartedAsync();
        Assert.StartsWith("too-many: ", await ChatClient.RefusalAsync(() => sofia.StartAsync("A third")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_limit_stops_the_start_and_names_its_key()
    {
        await using var host = new SupportHost(new Dictionary<string, string?> { ["Chat:MessageBurst"] = "0" });
        var failure = Assert.ThrowsAny<Exception>(() => host.Address);
        Assert.Contains("Chat__MessageBurst", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_never_reads_is_let_go_and_the_others_of_the_conversation_hear_everything()
    {
        const int Messages = 400;
        await using var staff = await ChatClient.ConnectAsync(wide, SupportHost.LeadApiKey);
        await using var sofia = await ChatClient.CustomerAsync(wide, "sofia@acme.example");
        var number = await sofia.StartedAsync();
        await staff.JoinAsync(number);
        using var deaf = await DeafAsync(await wide.SessionAsync("sofia@acme.example"), number);
        await sofia.DisposeAsync();

        // Long enough to fill whatever the network holds for the deaf one.
        var text = new string('x', 100_000);
        var slowest = TimeSpan.Zero;
        for (var index = 0; index < Messages; index++)
        {
            var begun = Stopwatch.GetTimestamp();
            await staff.SendAsync(number, text);
            slowest = Stopwatch.GetElapsedTime(begun) is var took && took > slowest ? took : slowest;
        }

        // They were the only customer there, and leave only because they are ended.
        var heard = await staff.TakeUntilAsync(push => push.Method == "PresenceChanged" && push.Arguments[0].GetString() == "customer" && !push.Arguments[1].GetBoolean());
        await staff.SendAsync(number, "The end");
        heard.AddRange(await staff.TakeUntilAsync(push => push.Body == "The end"));
        var missing = Enumerable.Range(2, Messages).Select(sequence => (long)sequence).Except(heard.Where(push => push.Method == "MessagePosted").Select(push => push.Sequence)).ToList();
        // What was left out while somebody was in the way, a client fetches by sequence as soon as it hears the next.
        Assert.Equal(missing, (await staff.JoinAsync(number, 0)).GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("sequence").GetInt64()).Where(missing.Contains));
        TestContext.Current.TestOutputHelper?.WriteLine($"The slowest answer took {slowest.TotalMilliseconds:N0} ms; {missing.Count} pushes were left out.");
    }

    /// <summary>A client that joins and then never reads again, with as little room for what is sent to it as the system allows.</summary>
    private async Task<Socket> DeafAsync(string token, long number)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(wide.Address.Host, wide.Address.Port, Cancel);
        var stream = new NetworkStream(socket, ownsSocket: false);
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"GET /hubs/chat HTTP/1.1\r\nHost: {wide.Address.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {Convert.ToBase64String(Guid.NewGuid().ToByteArray())}\r\nAuthorization: Bearer {token}\r\n\r\n"),
            Cancel);
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one, Cancel);
            head.Append((char)one[0]);
        }

        Assert.StartsWith("HTTP/1.1 101", head.ToString(), StringComparison.Ordinal);
        using var socketOfWeb = WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = false });
        await SayAsync("""{"protocol":"json","version":1}""");
        await SayAsync($$"""{"type":1,"invocationId":"1","target":"Join","arguments":[{{number}},0]}""");
        var answer = new StringBuilder();
        var buffer = new byte[8192];
        while (!answer.ToString().Contains("lastSequence", StringComparison.Ordinal))
        {
            var read = await socketOfWeb.ReceiveAsync(buffer, Cancel);
            answer.Append(Encoding.UTF8.GetString(buffer, 0, read.Count));
        }

        return socket;

        ValueTask SayAsync(string text) => socketOfWeb.SendAsync(Encoding.UTF8.GetBytes(text + '\u001e').AsMemory(), WebSocketMessageType.Text, true, Cancel);
    }
}
