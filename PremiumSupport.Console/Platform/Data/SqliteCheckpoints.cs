using Microsoft.Data.Sqlite;

namespace PremiumSupport.Platform.Data;

/// <summary>
/// Moves what was committed from SQLite's log into its file, beside the writer instead of in the middle of its commits. Nothing depends on when that happens: what was
/// committed is on disk in the log, and a start reads it from there.
/// </summary>
internal sealed partial class SqliteCheckpoints(string connectionString, ILogger<SqliteCheckpoints> log) : BackgroundService
{
    // The size at which SQLite would do it by itself.
    private const long WorthIt = 4 << 20;

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var file = new FileInfo(new SqliteConnectionStringBuilder(connectionString).DataSource + "-wal");
        // By the machine's clock, whatever clock the product runs by.
        using var timer = new PeriodicTimer(Beat, TimeProvider.System);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                file.Refresh();
                if (file.Exists && file.Length >= WorthIt)
                {
                    await CheckpointAsync(stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task CheckpointAsync(CancellationToken stopping)
    {
        try
        {
            await using var connection = new SqliteConnection(connectionString);
            await connection.OpenAsync(stopping);
            await using var checkpoint = connection.CreateCommand();
            checkpoint.CommandText = "PRAGMA wal_checkpoint(PASSIVE)";
            await checkpoint.ExecuteNonQueryAsync(stopping);
        }
        catch (SqliteException failure)
        {
            // The writer does it when this one cannot.
            LogFailed(log, failure);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The database's log could not be moved into its file; it is tried again")]
    private static partial void LogFailed(ILogger logger, Exception failure);
}
