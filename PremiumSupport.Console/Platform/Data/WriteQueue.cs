using System.Data.Common;
using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;

namespace PremiumSupport.Platform.Data;

/// <summary>
/// The one writer of hot rows. Work is done in the order in which it came, each piece with an empty change tracker on one shared transaction;
/// what has queued up commits together, with one flush to disk, and only then is anybody told (trust rule 2). Because nobody else writes
/// these rows, what a piece of work reads is still true when it commits. Where nodes share a database, their queues take turns, group by group.
/// </summary>
/// <remarks>
/// A piece of work takes effect once or, when its caller is told of a failure, never. One that fails leaves its group alone: the group is rolled back and done
/// again with a savepoint for each, which would cost as much as a message does where nothing fails. When the
/// connection breaks before the commit was asked for, nothing has happened, and the work is done again on a new one. When it breaks while the commit is on its
/// way, the database is asked what became of it, and the work is done again only if it was rolled back. The one case that stays open is a database that cannot
/// be reached again for a while: then the caller is told that the outcome is not known and nothing is repeated, and a caller that repeats is met by what is
/// unique: message ids by author and conversation, the answers kept by Idempotency-Key, the versions that a form was made from.
/// </remarks>
public sealed partial class WriteQueue(IWriteConnection connection, ILogger<WriteQueue> log) : BackgroundService
{
    private const string Savepoint = "job";

    private readonly Channel<Job> _jobs = Channel.CreateUnbounded<Job>(new() { SingleReader = true });
    private DbConnection? _open;
    private SupportDb? _db;

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
        var group = new List<Job>(connection.LargestGroup);
        try
        {
            while (await _jobs.Reader.WaitToReadAsync(stoppingToken))
            {
                while (group.Count < connection.LargestGroup && _jobs.Reader.TryRead(out var job))
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

    private async Task CommitAsync(List<Job> group, bool isSecondTry = false)
    {
        try
        {
            await CommitTogetherAsync(group);
        }
        catch (Exception failure)
        {
            await CloseAsync();
            if (failure is not LostCommitException lost || !await HasCommittedAsync(lost, group))
            {
                await TryAgainAsync([.. group.Where(job => !job.IsDone)], failure, isSecondTry);
                return;
            }
        }

        foreach (var job in group)
        {
            job.Finish(log);
        }
    }

    /// <summary>A group that could not commit is done again, each job by itself, so that whichever spoils it spoils only its own.</summary>
    private async Task TryAgainAsync(List<Job> group, Exception failure, bool isSecondTry)
    {
        if (!isSecondTry && group.Count > 0)
        {
            LogGroupFailed(log, group.Count, failure);
        }

        foreach (var job in group)
        {
            if (isSecondTry)
            {
                job.Fail(failure);
            }
            else
            {
                await CommitAsync([job], isSecondTry: true);
            }
        }
    }

    /// <summary>Asks what became of a commit that was not answered. Where there is no answer to that either, the callers hear it, and nothing is left to be done.</summary>
    private async Task<bool> HasCommittedAsync(LostCommitException lost, List<Job> group)
    {
        try
        {
            return await connection.HasCommittedAsync(lost.Transaction);
        }
        catch (Exception failure)
        {
            LogOutcomeUnknown(log, group.Count, failure);
            foreach (var job in group)
            {
                job.Fail(new InvalidOperationException("The database went away while this was being saved, and it is not known whether it was.", failure));
            }

            return false;
        }
    }

    private async Task CommitTogetherAsync(List<Job> group)
    {
        if (!await CommitTogetherAsync(group, isEachApart: false))
        {
            await CommitTogetherAsync(group, isEachApart: true);
        }
    }

    /// <returns>False when work failed that had no savepoint: the whole group was rolled back, and nothing has happened.</returns>
    private async Task<bool> CommitTogetherAsync(List<Job> group, bool isEachApart)
    {
        // Kept open from group to group, with the statements that were prepared on it and the context, which holds no row from one piece of work to the next; a
        // failure starts afresh.
        _open ??= await connection.OpenAsync();
        var (transaction, name) = await connection.BeginAsync(_open);
        await using var ending = transaction;
        var db = _db ??= Fresh(_open);
        await db.Database.UseTransactionAsync(transaction);
        db.Writing = (_open, transaction);
        if (isEachApart)
        {
            await RunEachAsync(group, db, transaction);
        }
        else if (!await HaveAllRunAsync(group, db, transaction))
        {
            await ForgetAsync();
            return false;
        }

        try
        {
            await transaction.CommitAsync();
        }
        catch (Exception failure)
        {
            throw new LostCommitException(name, failure);
        }

        await db.Database.UseTransactionAsync(null);
        return true;
    }

    private SupportDb Fresh(DbConnection open)
    {
        var db = connection.CreateContext(open);
        db.Database.AutoSavepointsEnabled = false;
        return db;
    }

    /// <summary>Runs the group as if nothing could fail, which is nearly always so.</summary>
    private async Task<bool> HaveAllRunAsync(List<Job> group, SupportDb db, DbTransaction transaction)
    {
        try
        {
            foreach (var job in group)
            {
                await job.RunAsync(db);
                await SaveAsync(db);
            }

            // Finds out work that went on after a statement of its own had failed: to PostgreSQL the whole transaction is spoilt then, and its commit would roll
            // back without a word.
            await using var question = _open!.CreateCommand();
            (question.CommandText, question.Transaction) = ("SELECT 1", transaction);
            await question.ExecuteScalarAsync();
            return true;
        }
        catch (Exception failure)
        {
            LogGroupApart(log, group.Count, failure);
            await transaction.RollbackAsync();
            return false;
        }
    }

    private static async Task RunEachAsync(List<Job> group, SupportDb db, DbTransaction transaction)
    {
        foreach (var job in group)
        {
            await transaction.SaveAsync(Savepoint);
            try
            {
                await job.RunAsync(db);
                await db.SaveChangesAsync();
                await transaction.ReleaseAsync(Savepoint);
            }
            catch (Exception failure)
            {
                await BackToSavepointAsync(transaction, failure);
                job.Reject(failure);
            }

            db.ChangeTracker.Clear();
        }
    }

    /// <summary>A full disk takes the whole transaction with it and no savepoint is left (SQLite); what is told then is why, and not that.</summary>
    private static async Task BackToSavepointAsync(DbTransaction transaction, Exception failure)
    {
        try
        {
            await transaction.RollbackAsync(Savepoint);
            await transaction.ReleaseAsync(Savepoint);
        }
        catch (Exception gone) when (gone is DbException or InvalidOperationException)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    /// <summary>What went by prepared statements alone leaves nothing to be saved, and then even asking EF costs more than a statement.</summary>
    private static async Task SaveAsync(SupportDb db)
    {
        if (db.ChangeTracker.Entries().Any())
        {
            await db.SaveChangesAsync();
            db.ChangeTracker.Clear();
        }
    }

    private async Task ForgetAsync()
    {
        if (_db is not null)
        {
            await _db.DisposeAsync();
            _db = null;
        }
    }

    private async Task CloseAsync()
    {
        await ForgetAsync();
        if (_open is not null)
        {
            await _open.DisposeAsync();
            _open = null;
        }
    }

    [LoggerMessage(LogLevel.Debug, "One of {Count} writes failed; its group is done again with each apart")]
    private static partial void LogGroupApart(ILogger logger, int count, Exception failure);

    [LoggerMessage(LogLevel.Warning, "A group of {Count} writes could not commit; trying them one by one")]
    private static partial void LogGroupFailed(ILogger logger, int count, Exception failure);

    [LoggerMessage(LogLevel.Error, "The database went away in the middle of a commit, and whether {Count} writes were saved could not be found out")]
    private static partial void LogOutcomeUnknown(ILogger logger, int count, Exception failure);

    [LoggerMessage(LogLevel.Error, "Telling about a committed write failed")]
    private static partial void LogAfterCommitFailed(ILogger logger, Exception failure);

    private sealed class LostCommitException(string transaction, Exception failure) : Exception(failure.Message, failure)
    {
        public string Transaction => transaction;
    }

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
