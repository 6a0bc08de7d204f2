using System.Data.Common;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;

namespace PremiumSupport.Platform.Data;

/// <summary>
/// The one writer of hot rows. Work is done in the order in which it came, each piece with an empty change tracker on one shared transaction;
/// what has queued up commits together, with one flush to disk, and only then is anybody told (trust rule 2). Because nobody else writes
/// these rows, what a piece of work reads is still true when it commits.
/// </summary>
public sealed partial class WriteQueue(IWriteConnection connection, ILogger<WriteQueue> log) : BackgroundService
{
    private const int GroupSize = 256;

    private readonly Channel<Job> _jobs = Channel.CreateUnbounded<Job>(new() { SingleReader = true });
    private DbConnection? _open;

    /// <summary>
    /// Runs <paramref name="work"/> in the next group and returns its result after the commit. Work that throws is rolled back alone and its
    /// exception returned to its caller. It may run twice (when its group could not commit), so it must depend on nothing but the database and its input.
    /// </summary>
    /// <param name="work">Reads and writes through the context it is given; changes are saved for it.</param>
    /// <param name="afterCommit">Runs after the commit, in commit order and before the caller continues; must be quick and must not throw.</param>
    /// <param name="cancellation">Gives up waiting. Work that has begun commits all the same.</param>
    public async Task<T> RunAsync<T>(Func<SupportDb, Task<T>> work, Action<T>? afterCommit = null, CancellationToken cancellation = default)
    {
        var job = new Job<T>(work, afterCommit);
        await _jobs.Writer.WriteAsync(job, cancellation);
        return await job.Completion.WaitAsync(cancellation);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var group = new List<Job>(GroupSize);
        try
        {
            while (await _jobs.Reader.WaitToReadAsync(stoppingToken))
            {
                while (group.Count < GroupSize && _jobs.Reader.TryRead(out var job))
                {
                    group.Add(job);
                }

                await CommitAsync(group);
                group.Clear();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        finally
        {
            _jobs.Writer.TryComplete();
            while (_jobs.Reader.TryRead(out var job))
            {
                job.Fail(new OperationCanceledException("The server is stopping."));
            }

            await CloseAsync();
        }
    }

    private async Task CommitAsync(List<Job> group)
    {
        try
        {
            await CommitTogetherAsync(group);
        }
        catch (Exception failure) when (group.Count > 1)
        {
            LogGroupFailed(log, group.Count, failure);
            await CloseAsync();
            foreach (var job in group.Where(job => !job.IsDone))
            {
                await CommitAsync([job]);
            }

            return;
        }
        catch (Exception failure)
        {
            await CloseAsync();
            group[0].Fail(failure);
            return;
        }

        foreach (var job in group)
        {
            job.Finish(log);
        }
    }

    private async Task CommitTogetherAsync(List<Job> group)
    {
        // Kept open from group to group, with the statements that were prepared on it; a failure starts afresh.
        _open ??= await connection.OpenAsync();
        await using var transaction = await _open.BeginTransactionAsync();
        await using var db = connection.CreateContext(_open);
        db.Database.AutoSavepointsEnabled = false;
        await db.Database.UseTransactionAsync(transaction);
        foreach (var job in group)
        {
            if (group.Count > 1)
            {
                await transaction.SaveAsync("job");
            }

            try
            {
                await job.RunAsync(db);
                await db.SaveChangesAsync();
            }
            catch (Exception failure) when (group.Count > 1)
            {
                await transaction.RollbackAsync("job");
                job.Reject(failure);
            }

            db.ChangeTracker.Clear();
        }

        await transaction.CommitAsync();
    }

    private async Task CloseAsync()
    {
        if (_open is not null)
        {
            await _open.DisposeAsync();
            _open = null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "A group of {Count} writes could not commit; trying them one by one")]
    private static partial void LogGroupFailed(ILogger logger, int count, Exception failure);

    [LoggerMessage(LogLevel.Error, "Telling about a committed write failed")]
    private static partial void LogAfterCommitFailed(ILogger logger, Exception failure);

    private abstract class Job
    {
        public abstract bool IsDone { get; }
        public abstract Task RunAsync(SupportDb db);

        /// <summary>The work itself failed inside a group that goes on without it.</summary>
        public abstract void Reject(Exception failure);
        public abstract void Fail(Exception failure);
        public abstract void Finish(ILogger log);
    }

    private sealed class Job<T>(Func<SupportDb, Task<T>> work, Action<T>? afterCommit) : Job
    {
        // Callers continue on their own threads: the writer must not run a circuit's code.
        private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T _result = default!;
        private Exception? _rejection;

        public Task<T> Completion => _completion.Task;

        public override bool IsDone => _completion.Task.IsCompleted;

        public override async Task RunAsync(SupportDb db)
        {
            _rejection = null;
            _result = await work(db);
        }

        public override void Reject(Exception failure) => _rejection = failure;

        public override void Fail(Exception failure) => _completion.TrySetException(failure);

        public override void Finish(ILogger log)
        {
            if (_rejection is not null)
            {
                Fail(_rejection);
                return;
            }

            try
            {
                afterCommit?.Invoke(_result);
            }
            catch (Exception failure)
            {
                LogAfterCommitFailed(log, failure);
            }

            _completion.TrySetResult(_result);
        }
    }
}

/// <summary>How the write queue reaches the database: one connection at a time, and contexts on it.</summary>
public interface IWriteConnection
{
    /// <summary>An open connection, to be disposed by the caller.</summary>
    Task<DbConnection> OpenAsync();

    /// <summary>A context on that connection, which it does not own.</summary>
    SupportDb CreateContext(DbConnection connection);
}
