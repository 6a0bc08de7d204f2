using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace PremiumSupport.Tests.Lines;

/// <summary>
/// A line to the product that loses a share of what its hubs answer to calls: the server has done what was asked, and the caller's connection ends before or in the middle of the answer. Both
/// kinds of call are known, those of the chat hub and those of a page's circuit.
/// </summary>
internal sealed partial class LossyLine(Uri server) : Line(server)
{
    private const int LongestHead = 65_536;

    // A completion of the hub protocol in JSON, and how a circuit answers its page.
    private static readonly byte[][] Answers = [Encoding.ASCII.GetBytes("{\"type\":3,"), Encoding.ASCII.GetBytes("JS.EndInvokeDotNet")];

    private long _passed;
    private long _lost;
    private double _share;

    /// <summary>The part of the answers that it loses, from 0 to 1; none at first.</summary>
    public double Share
    {
        get => Volatile.Read(ref _share);
        set => Volatile.Write(ref _share, value);
    }

    /// <summary>Answers that were handed on.</summary>
    public long Passed => Interlocked.Read(ref _passed);

    /// <summary>Answers that nobody heard.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    protected override async Task CarryAsync(NetworkStream near, NetworkStream far)
    {
        if (await ReadHeadAsync(near) is not { } request)
        {
            return;
        }

        var isUpgrade = request.Contains("\r\nUpgrade: websocket", StringComparison.OrdinalIgnoreCase);
        // Without extensions nothing is compressed, and what is said can be read on the way.
        await HandOnAsync(far, Encoding.Latin1.GetBytes(isUpgrade ? Extensions().Replace(request, "\r\n") : request));
        if (!isUpgrade)
        {
            await base.CarryAsync(near, far);
            return;
        }

        if (await ReadHeadAsync(far) is { } response)
        {
            await HandOnAsync(near, Encoding.Latin1.GetBytes(response));
            await await Task.WhenAny(CarryOnAsync(near, far), response.StartsWith("HTTP/1.1 101", StringComparison.Ordinal) ? CarryAnswersAsync(far, near) : CarryOnAsync(far, near));
        }
    }

    private async Task CarryAnswersAsync(NetworkStream far, NetworkStream near)
    {
        using var messages = new WebSocketMessages(far);
        while (await messages.ReadAsync() is { } message)
        {
            var answers = Answers.Sum(answer => Count(message.Payload, answer));
            if (Enumerable.Range(0, answers).Any(_ => Random.Shared.NextDouble() < Share))
            {
                Interlocked.Add(ref _lost, answers);
                if (Random.Shared.Next(2) == 0)
                {
                    await HandOnAsync(near, message.Raw.AsMemory(0, message.Raw.Length / 2));
                }

                return;
            }

            Interlocked.Add(ref _passed, answers);
            await HandOnAsync(near, message.Raw);
        }
    }

    /// <summary>The first lines of an HTTP message; null when the connection ends before them.</summary>
    private static async Task<string?> ReadHeadAsync(NetworkStream stream)
    {
        // Byte by byte, so that the frames behind a response stay where they are; it happens once for a connection.
        var head = new List<byte>(1024);
        var next = new byte[1];
        while (head.Count < LongestHead && await stream.ReadAsync(next) == 1)
        {
            head.Add(next[0]);
            if (next[0] == '\n' && head.Count >= 4 && head[^2] == '\r' && head[^3] == '\n' && head[^4] == '\r')
            {
                return Encoding.Latin1.GetString([.. head]);
            }
        }

        return null;
    }

    private static int Count(byte[] text, byte[] part)
    {
        var count = 0;
        for (var rest = text.AsSpan(); rest.IndexOf(part) is var at and >= 0; rest = rest[(at + part.Length)..])
        {
            count++;
        }

        return count;
    }

    [GeneratedRegex(@"\r\nSec-WebSocket-Extensions:[^\r]*\r\n", RegexOptions.IgnoreCase)]
    private static partial Regex Extensions();
}
