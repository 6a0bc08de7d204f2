using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PremiumSupport.Tests.Platform.Files;

/// <summary>Speaks as a ClamAV daemon does: INSTREAM in chunks, one verdict, hang up. It finds the test virus and nothing else.</summary>
internal sealed class FakeClamd : IAsyncDisposable
{
    public const string Virus = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";

    private readonly TcpListener _listener;
    private readonly Task _serving;
    private readonly CancellationTokenSource _stop = new();
    private readonly string? _answer;

    /// <param name="port">0 for any that is free.</param>
    /// <param name="answer">What it says instead of a verdict.</param>
    public FakeClamd(int port = 0, string? answer = null)
    {
        _answer = answer;
        _listener = new(IPAddress.Loopback, port);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _serving = ServeAsync();
    }

    public int Port { get; }

    /// <summary>How many bytes each scan was sent.</summary>
    public List<int> Scanned { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var caller = await _listener.AcceptTcpClientAsync(_stop.Token);
                var line = caller.GetStream();
                var command = new byte["zINSTREAM\0"u8.Length];
                await line.ReadExactlyAsync(command, _stop.Token);
                Assert.Equal("zINSTREAM\0"u8.ToArray(), command);
                using var sent = new MemoryStream();
                var length = new byte[4];
                async Task<int> NextAsync()
                {
                    await line.ReadExactlyAsync(length, _stop.Token);
                    return BinaryPrimitives.ReadInt32BigEndian(length);
                }

                for (var next = await NextAsync(); next > 0; next = await NextAsync())
                {
                    var chunk = new byte[next];
                    await line.ReadExactlyAsync(chunk, _stop.Token);
                    sent.Write(chunk);
                }

                Scanned.Add((int)sent.Length);
                var found = Encoding.Latin1.GetString(sent.ToArray()).Contains(Virus, StringComparison.Ordinal);
                await line.WriteAsync(Encoding.ASCII.GetBytes((_answer ?? (found ? "stream: Eicar-Test-Signature FOUND" : "stream: OK")) + "\0"), _stop.Token);
            }
            catch (Exception ended) when (ended is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
            {
            }
        }
    }
}
