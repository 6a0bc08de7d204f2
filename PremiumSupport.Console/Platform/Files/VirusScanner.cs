using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace PremiumSupport.Platform.Files;

/// <summary>
/// Asks a ClamAV daemon whether a file is clean, by its INSTREAM command: chunks with their length in front, an empty one at the end, one line as the answer. Without a daemon
/// configured every file is.
/// </summary>
public sealed partial class VirusScanner(StorageOptions storage, TimeProvider clock, ILogger<VirusScanner> log)
{
    private const int Chunk = 64 << 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Null when the file is clean, else why it cannot be kept.</summary>
    public async Task<FileProblem?> CheckAsync(string path, CancellationToken cancellation)
    {
        if (storage.Scanner is not { } scanner)
        {
            return null;
        }

        var began = clock.GetTimestamp();
        while (true)
        {
            try
            {
                return Judge(await AskAsync(scanner, path, cancellation));
            }
            catch (Exception away) when (away is SocketException or IOException or TimeoutException or OperationCanceledException && !cancellation.IsCancellationRequested)
            {
                if (clock.GetElapsedTime(began) >= scanner.WaitFor)
                {
                    LogAway(log, scanner.Host, scanner.Port, away.Message);
                    return FileProblem.NotScanned;
                }

                await Task.Delay(Pause, clock, cancellation);
            }
        }
    }

    private static async Task<string> AskAsync(ScannerOptions scanner, string path, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        using var connection = new TcpClient();
        await connection.ConnectAsync(scanner.Host, scanner.Port, limit.Token);
        var line = connection.GetStream();
        await line.WriteAsync("zINSTREAM\0"u8.ToArray(), limit.Token);
        await using (var file = File.OpenRead(path))
        {
            // The length goes in front of what it counts, in one piece with it.
            var chunk = new byte[sizeof(int) + Chunk];
            int read;
            do
            {
                read = await file.ReadAsync(chunk.AsMemory(sizeof(int)), limit.Token);
                BinaryPrimitives.WriteInt32BigEndian(chunk, read);
                await line.WriteAsync(chunk.AsMemory(0, sizeof(int) + read), limit.Token);
            }
            while (read > 0);
        }

        using var answer = new StreamReader(line, Encoding.ASCII);
        return (await answer.ReadToEndAsync(limit.Token)).TrimEnd('\0', '\n');
    }

    private FileProblem? Judge(string answer)
    {
        if (answer == "stream: OK")
        {
            return null;
        }

        if (answer.EndsWith(" FOUND", StringComparison.Ordinal))
        {
            LogFound(log, answer);
            return FileProblem.Infected;
        }

        // Too large for the daemon's own limit, or not what a daemon says: in either case nobody has looked into the file.
        LogStrange(log, answer);
        return FileProblem.NotScanned;
    }

    [LoggerMessage(LogLevel.Warning, "The virus scanner at {Host}:{Port} cannot be reached: {Reason}. Files are refused meanwhile")]
    private static partial void LogAway(ILogger logger, string host, int port, string reason);

    [LoggerMessage(LogLevel.Warning, "An upload was refused by the virus scanner ({Answer})")]
    private static partial void LogFound(ILogger logger, string answer);

    [LoggerMessage(LogLevel.Warning, "The virus scanner gave no verdict ({Answer}); the file was refused")]
    private static partial void LogStrange(ILogger logger, string answer);
}
