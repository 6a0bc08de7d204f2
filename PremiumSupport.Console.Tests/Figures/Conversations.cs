using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;

namespace PremiumSupport.Tests.Figures;

/// <summary>Hub connections in pairs, two to a conversation, who hear each other's messages.</summary>
internal sealed class Conversations : IAsyncDisposable
{
    private const string Body = "Since nine this morning nobody here can sign in.";

    private readonly List<(HubConnection Connection, object Conversation)> _members = [];
    private readonly SemaphoreSlim _heard = new(0, 1);
    private long _pushes;
    private long _awaited = long.MaxValue;

    public int Count => _members.Count;

    /// <summary>Connects and listens.</summary>
    public async Task<HubConnection> ConnectAsync(Uri hub, string? token = null)
    {
        var connection = new HubConnectionBuilder()
            .WithUrl(hub, http =>
            {
                http.SkipNegotiation = true;
                http.Transports = HttpTransportType.WebSockets;
                http.AccessTokenProvider = token is null ? null : () => Task.FromResult<string?>(token);
            })
            .Build();
        connection.On<object, object>("MessagePosted", (_, _) => Hear());
        await connection.StartAsync();
        return connection;
    }

    public void Add(HubConnection connection, object conversation) => _members.Add((connection, conversation));

    /// <summary>Everybody sends, one call at a time each; the run ends when all have heard everything.</summary>
    public async Task<Load> RunAsync(TimeSpan duration, TimeSpan? pace = null)
    {
        long acks = 0;
        Interlocked.Exchange(ref _pushes, 0);
        Interlocked.Exchange(ref _awaited, long.MaxValue);
        return await Load.RunAsync(_members.Count, duration, SendAsync, pace, SettleAsync);

        async Task SendAsync(int member)
        {
            var (connection, conversation) = _members[member];
            await connection.InvokeAsync<object>("Send", conversation, new { clientMessageId = Guid.CreateVersion7().ToString("N"), body = Body });
            Interlocked.Increment(ref acks);
        }

        async Task SettleAsync()
        {
            Interlocked.Exchange(ref _awaited, Interlocked.Read(ref acks) * 2);
            if (Interlocked.Read(ref _pushes) < Interlocked.Read(ref _awaited))
            {
                Assert.True(await _heard.WaitAsync(TimeSpan.FromSeconds(30)), "Some pushes never came.");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_members.Select(member => member.Connection.DisposeAsync().AsTask()));
        _heard.Dispose();
    }

    private void Hear()
    {
        if (Interlocked.Increment(ref _pushes) == Interlocked.Read(ref _awaited))
        {
            _heard.Release();
        }
    }
}
