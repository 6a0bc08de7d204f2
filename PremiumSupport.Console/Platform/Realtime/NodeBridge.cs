using System.Threading.Channels;
using Npgsql;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Platform.Realtime;

/// <summary>
/// Carries the change bus between nodes that share a PostgreSQL database, by its LISTEN and NOTIFY: ids only, after the commit, what has gathered meanwhile in one
/// go. A node that dies between a commit and its note leaves the others uninformed, so every minute, and whenever the line was down, all is read again.
/// </summary>
public sealed partial class NodeBridge(ChangeBus bus, Postgres postgres, ILogger<NodeBridge> log) : BackgroundService
{
    private const string Line = "support_changes";

    // More than this at once is told as "everything".
    private const int MostGathered = 5_000;

    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ReadAllAfter = TimeSpan.FromMinutes(1);

    private readonly string _node = Guid.NewGuid().ToString("N")[..12];
    private readonly Channel<Change> _leaving = Channel.CreateUnbounded<Change>(new() { SingleReader = true });
    private readonly TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends as soon as this node hears the others.</summary>
    public Task Listening => _listening.Task;

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var forwarding = bus.Forward(change => _leaving.Writer.TryWrite(change));
        await Task.WhenAll(KeepAsync(ListenAsync, stoppingToken), KeepAsync(SendAsync, stoppingToken));
    }

    /// <summary>Runs it again and again; a server that restarts heals.</summary>
    private async Task KeepAsync(Func<CancellationToken, Task> run, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await run(stopping);
            }
            catch (Exception) when (stopping.IsCancellationRequested)
            {
            }
            catch (Exception failure)
            {
                LogDown(log, failure);
                // By the machine's clock, whatever clock the product runs by.
                await Task.Delay(AfterFailure, TimeProvider.System, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(CancellationToken stopping)
    {
        await using var connection = await postgres.OpenAsync(stopping);
        connection.Notification += (_, note) => Take(note.Payload);
        await using (var listen = new NpgsqlCommand($"LISTEN {Line}", connection))
        {
            await listen.ExecuteNonQueryAsync(stopping);
        }

        // Listen first, then read: whatever was told before this moment, nobody here has heard.
        bus.PublishHere(Change.Everything);
        _listening.TrySetResult();
        var readAll = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (ReadAllAfter - TimeProvider.System.GetElapsedTime(readAll) is { Ticks: > 0 } rest)
            {
                await connection.WaitAsync(rest, stopping);
                continue;
            }

            bus.PublishHere(Change.Everything);
            readAll = TimeProvider.System.GetTimestamp();
        }
    }

    private void Take(string payload)
    {
        var (node, changes) = ChangeNote.Read(payload);
        if (node == _node)
        {
            // Its own echo: here they knew at once.
            return;
        }

        foreach (var change in changes)
        {
            bus.PublishHere(change);
        }
    }

    private async Task SendAsync(CancellationToken stopping)
    {
        var gathered = new HashSet<Change>();
        while (await _leaving.Reader.WaitToReadAsync(stopping))
        {
            while (_leaving.Reader.TryRead(out var change))
            {
                gathered.Add(change);
            }

            try
            {
                await SendAsync(ChangeNote.Write(_node, gathered.Count > MostGathered ? [Change.Everything] : gathered), stopping);
            }
            catch
            {
                // What could not be told is not lost: as soon as there is a line again, the others read everything.
                _leaving.Writer.TryWrite(Change.Everything);
                throw;
            }

            gathered.Clear();
        }
    }

    private async Task SendAsync(IReadOnlyList<string> notes, CancellationToken stopping)
    {
        await using var connection = await postgres.OpenAsync(stopping);
        await using var notify = new NpgsqlCommand($"SELECT pg_notify('{Line}', note) FROM unnest($1) AS note", connection);
        notify.Parameters.Add(new() { Value = notes.ToArray() });
        await notify.ExecuteNonQueryAsync(stopping);
    }

    [LoggerMessage(LogLevel.Warning, "The line to the other nodes is down; it is tried again in a second")]
    private static partial void LogDown(ILogger logger, Exception failure);
}
