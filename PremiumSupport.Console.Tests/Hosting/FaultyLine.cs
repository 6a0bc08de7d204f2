using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PremiumSupport.Tests.Hosting;

/// <summary>A line to a server that breaks when a test wants it to: in the middle of a commit, before or after the server has heard of it.</summary>
public sealed class FaultyLine : IAsyncDisposable
{
    // With the zero that ends it: READ COMMITTED is another matter.
    private static readonly byte[] Commit = Encoding.ASCII.GetBytes("COMMIT\0");

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, byte> _open = new();
    private readonly string _host;
    private readonly int _port;
    private readonly Task _accepting;
    private int _fault;

    public FaultyLine(string host, int port)
    {
        (_host, _port) = (host, port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    private enum Fault { None, BeforeCommit, AfterCommit }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Whether the commit that is to be lost has not come yet.</summary>
    public bool IsArmed => Volatile.Read(ref _fault) != 0;

    /// <summary>The next commit does not reach the server.</summary>
    public void LoseNextCommit() => Volatile.Write(ref _fault, (int)Fault.BeforeCommit);

    /// <summary>The next commit reaches the server, and its answer nobody.</summary>
    public void LoseAnswerToNextCommit() => Volatile.Write(ref _fault, (int)Fault.AfterCommit);

    /// <summary>Ends every connection.</summary>
    public void Cut()
    {
        foreach (var client in _open.Keys)
        {
            client.Close();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        Cut();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = CarryAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException or InvalidOperationException)
        {
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        using var server = new TcpClient { NoDelay = true };
        client.NoDelay = true;
        _open[client] = 0;
        try
        {
            await server.ConnectAsync(_host, _port);
            var (near, far) = (client.GetStream(), server.GetStream());
            var muted = new StrongBox();
            var answers = CarryAnswersAsync(far, near, muted);
            var bytes = new byte[65_536];
            while (await near.ReadAsync(bytes) is var read and > 0)
            {
                var fault = bytes.AsSpan(0, read).IndexOf(Commit) >= 0 ? (Fault)Interlocked.Exchange(ref _fault, 0) : Fault.None;
                if (fault == Fault.BeforeCommit)
                {
                    break;
                }

                muted.Value = fault == Fault.AfterCommit;
                await far.WriteAsync(bytes.AsMemory(0, read));
                if (muted.Value)
                {
                    await answers;
                    break;
                }
            }
        }
        catch (Exception broken) when (broken is IOException or SocketException or ObjectDisposedException)
        {
        }
        finally
        {
            _open.TryRemove(client, out _);
            client.Dispose();
        }
    }

    /// <summary>Hands answers on; the first that must not be heard ends it.</summary>
    private static async Task CarryAnswersAsync(NetworkStream far, NetworkStream near, StrongBox muted)
    {
        try
        {
            var bytes = new byte[65_536];
            while (await far.ReadAsync(bytes) is var read and > 0 && !muted.Value)
            {
                await near.WriteAsync(bytes.AsMemory(0, read));
            }
        }
        catch (Exception broken) when (broken is IOException or SocketException or ObjectDisposedException)
        {
        }
    }

    private sealed class StrongBox
    {
        private volatile bool _value;

        public bool Value
        {
            get => _value;
            set => _value = value;
        }
    }
}
