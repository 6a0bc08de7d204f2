using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Platform.Data;

public sealed class SqliteWriteQueueTests() : WriteQueueTests(DatabaseProvider.Sqlite);

public sealed class PostgresWriteQueueTests() : WriteQueueTests(PostgresServer.OrSkip());

/// <summary>The one writer: what queued up before it started makes one group.</summary>
public abstract class WriteQueueTests(DatabaseProvider provider) : IAsyncLifetime
{
    private readonly Database _database = new(provider);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _database.InitializeAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task One_failing_job_gets_its_exception_and_does_not_hurt_its_group()
    {
        var before = Add("before");
        var throwing = _database.Writes.RunAsync<int>(
            async db =>
            {
                db.Add(new Setting { Key = "half done", Value = "x" });
                await db.SaveChangesAsync(Cancel);
                throw new InvalidOperationException("mine");
            },
            cancellation: Cancel);
        var duplicate = Add("before");
        var after = Add("after");
        await _database.Writes.StartAsync(Cancel);

        await before;
        await after;
        Assert.Equal("mine", (await Assert.ThrowsAsync<InvalidOperationException>(() => throwing)).Message);
        await Assert.ThrowsAsync<DbUpdateException>(() => duplicate);
        Assert.Equal(["after", "before"], await KeysAsync());
    }

    [Fact]
    public async Task A_job_that_fails_alone_leaves_nothing_and_the_next_one_works()
    {
        await _database.Writes.StartAsync(Cancel);
        await Assert.ThrowsAsync<InvalidOperationException>(() => _database.Writes.RunAsync<int>(
            db =>
            {
                db.Add(new Setting { Key = "half done", Value = "x" });
                throw new InvalidOperationException("mine");
            },
            cancellation: Cancel));
        await Add("next");

        Assert.Equal(["next"], await KeysAsync());
    }

    [Fact]
    public async Task Jobs_run_in_the_order_in_which_they_came_and_each_sees_what_was_written_before_it()
    {
        var seen = new List<int>();
        var told = new List<int>();
        var jobs = Enumerable.Range(0, 600).Select(index => _database.Writes.RunAsync(
            async db =>
            {
                var count = await db.Set<Setting>().CountAsync(Cancel);
                seen.Add(count);
                db.Add(new Setting { Key = $"{index:D4}", Value = "x" });
                return count;
            },
            told.Add,
            Cancel)).ToList();
        await _database.Writes.StartAsync(Cancel);

        Assert.Equal(Enumerable.Range(0, 600), await Task.WhenAll(jobs));
        Assert.Equal(Enumerable.Range(0, 600), seen);
        Assert.Equal(Enumerable.Range(0, 600), told);
    }

    [Fact]
    public async Task Telling_and_the_result_come_only_when_another_connection_can_read_it()
    {
        var seenWhenTold = -1;
        var inside = -1;
        var job = _database.Writes.RunAsync(
            async db =>
            {
                db.Add(new Setting { Key = "committed", Value = "x" });
                await db.SaveChangesAsync(Cancel);
                inside = await CountElsewhereAsync();
                return true;
            },
            _ =>
            {
                using var db = _database.Factory.CreateDbContext();
                seenWhenTold = db.Set<Setting>().Count();
            },
            Cancel);
        await _database.Writes.StartAsync(Cancel);
        await job;

        Assert.Equal((0, 1), (inside, seenWhenTold));
    }

    [Fact]
    public async Task Telling_that_fails_does_not_fail_what_is_committed()
    {
        var job = _database.Writes.RunAsync(
            db =>
            {
                db.Add(new Setting { Key = "committed", Value = "x" });
                return Task.FromResult(7);
            },
            _ => throw new InvalidOperationException("deaf"),
            Cancel);
        await _database.Writes.StartAsync(Cancel);

        Assert.Equal(7, await job);
        await Add("next");
        Assert.Equal(["committed", "next"], await KeysAsync());
    }

    [Fact]
    public async Task Who_gives_up_waiting_does_not_stop_the_work()
    {
        using var impatient = new CancellationTokenSource();
        var job = _database.Writes.RunAsync(
            db =>
            {
                db.Add(new Setting { Key = "left alone", Value = "x" });
                return Task.FromResult(true);
            },
            cancellation: impatient.Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => job);
        await _database.Writes.StartAsync(Cancel);
        await Add("next");

        Assert.Equal(["left alone", "next"], await KeysAsync());
    }

    [Fact]
    public async Task Work_that_is_still_waiting_when_the_server_stops_is_told_so()
    {
        var started = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        var running = _database.Writes.RunAsync(
            async _ =>
            {
                started.SetResult();
                await go.Task;
                return true;
            },
            cancellation: Cancel);
        await _database.Writes.StartAsync(Cancel);
        await started.Task;
        var waiting = Add("too late");
        var stopping = _database.Writes.StopAsync(Cancel);
        go.SetResult();
        await stopping;

        Assert.True(await running);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Empty(await KeysAsync());
    }

    private Task<bool> Add(string key) => _database.Writes.RunAsync(
        db =>
        {
            db.Add(new Setting { Key = key, Value = "x" });
            return Task.FromResult(true);
        },
        cancellation: Cancel);

    private async Task<int> CountElsewhereAsync()
    {
        await using var db = await _database.Factory.CreateDbContextAsync(Cancel);
        return await db.Set<Setting>().CountAsync(Cancel);
    }

    private async Task<List<string>> KeysAsync()
    {
        await using var db = await _database.Factory.CreateDbContextAsync(Cancel);
        return await db.Set<Setting>().OrderBy(setting => setting.Key).Select(setting => setting.Key).ToListAsync(Cancel);
    }
}
