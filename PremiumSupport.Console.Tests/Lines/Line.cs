using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace PremiumSupport.Tests.Lines;

/// <summary>A line to a server through which clients go, and that fails when a test wants it to.</summary>
public class Line : IAsyncDisposable
{
    private readonly ConcurrentDictionary<TcpClient, byte> _open = new();
    private readonly string _host;
    private readonly int _port;
    private volatile TaskCompletionSource? _silence;
    private TcpListener? _listener;
    private Task _accepting = Task.CompletedTask;

    public Line(string host, int port)
    {
        (_host, _port) = (host, port);
        Port = Ports.Free();
        Open();
    }

    /// <summary>A line to a web server.</summary>
    public Line(Uri server)
        : this(server.Host, server.Port)
    {
    }

    /// <summary>Where it is entered; stays the same while it is closed.</summary>
    public int Port { get; }

    /// <summary>The web server's address by way of this line.</summary>
    public Uri Address => new($"http://127.0.0.1:{Port}");

    /// <summary>Ends every connection.</summary>
    public void Cut()
    {
        foreach (var client in _open.Keys)
        {
            client.Close();
        }
    }

    /// <summary>Ends every connection and refuses new ones until <see cref="Open"/>.</summary>
    public void Close()
    {
        _listener?.Stop();
        _listener = null;
        Cut();
    }

    /// <summary>Carries again after <see cref="Close"/>.</summary>
    public void Open()
    {
        var listener = new TcpListener(IPAddress.Loopback, Port);
        listener.Start();
        _listener = listener;
        _accepting = AcceptAsync(listener);
    }

    /// <summary>Swallows what either side says without telling them, as a network does that is gone: connections stand, and new ones are taken and lead nowhere.</summary>
    public void FallSilent() => _silence = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends a silence, and with it the connections that fell into it.</summary>
    public void Speak()
    {
        var silence = _silence;
        _silence = null;
        Cut();
        silence?.SetResult();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Close();
        _silence?.TrySetResult();
        await _accepting;
    }

    /// <summary>Carries one connection; whichever way ends first ends it.</summary>
    /// <param name="near">The client's end.</param>
    /// <param name="far">The server's end.</param>
    protected virtual async Task CarryAsync(NetworkStream near, NetworkStream far) => await await Task.WhenAny(CarryOnAsync(near, far), CarryOnAsync(far, near));

    /// <summary>Hands on what comes until the end.</summary>
    protected async Task CarryOnAsync(NetworkStream from, NetworkStream to)
    {
        var bytes = new byte[65_536];
        while (await from.ReadAsync(bytes) is var read and > 0)
        {
            await HandOnAsync(to, bytes.AsMemory(0, read));
        }
    }

    /// <summary>Hands bytes on, unless the line has fallen silent.</summary>
    protected async Task HandOnAsync(NetworkStream to, ReadOnlyMemory<byte> bytes)
    {
        if (_silence is { } silence)
        {
            // Never handed on: when the silence ends, so does this connection.
            await silence.Task;
            throw new IOException("The line was silent.");
        }

        await to.WriteAsync(bytes);
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                _ = KeepAsync(await listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException or InvalidOperationException)
        {
        }
    }

    private async Task KeepAsync(TcpClient client)
    {
        using var server = new TcpClient { NoDelay = true };
        client.NoDelay = true;
        _open[client] = 0;
        try
        {
            await server.ConnectAsync(_host, _port);
            await CarryAsync(client.GetStream(), server.GetStream());
        }
        catch (Exception broken) when (broken is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
        }
        finally
        {
            _open.TryRemove(client, out _);
            client.Dispose();
        }
    }
}
