using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using PremiumSupport.Platform.Data;
using PremiumSupport.Tests.Hosting;
using PremiumSupport.Tests.Lines;

namespace PremiumSupport.Tests.Platform.Data;

/// <summary>A server that goes away and comes back: work takes effect once, or its caller hears that it failed.</summary>
public sealed class PostgresWriteQueueFaultTests : IAsyncLifetime
{
    private TestDatabase _place = default!;
    private FaultyLine _line = default!;
    private IHost _host = default!;

    public PostgresWriteQueueFaultTests() => PostgresServer.Require();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private WriteQueue Writes => _host.Services.GetRequiredService<WriteQueue>();

    public async ValueTask InitializeAsync()
    {
        _place = await TestDatabase.CreateAsync(DatabaseProvider.PostgreSql);
        var address = new NpgsqlConnectionStringBuilder(_place.Settings["ConnectionStrings:Support"]);
        _line = new(address.Host!, address.Port);
        address.Port = _line.Port;
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(_place.Settings);
        builder.Configuration["ConnectionStrings:Support"] = address.ConnectionString;
        builder.AddSupportData();
        _host = builder.Build();
    }

    public async ValueTask DisposeAsync()
    {
        await Writes.StopAsync(CancellationToken.None);
        _host.Dispose();
        await _line.DisposeAsync();
        await _place.DisposeAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task A_commit_whose_answer_is_lost_is_not_done_again(int jobs)
    {
        await StartWarmAsync();
        var (runs, told) = await WriteAsync(jobs, _line.LoseAnswerToNextCommit);

        Assert.False(_line.IsArmed);
        Assert.Equal(Enumerable.Repeat(1, jobs), runs);
        Assert.Equal(Enumerable.Range(0, jobs), told);
        Assert.Equal(jobs, await CountAsync());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task A_commit_that_never_reached_the_server_is_done_again(int jobs)
    {
        await StartWarmAsync();
        var (runs, told) = await WriteAsync(jobs, _line.LoseNextCommit);

        Assert.False(_line.IsArmed);
        Assert.Equal(Enumerable.Repeat(2, jobs), runs);
        Assert.Equal(Enumerable.Range(0, jobs), told);
        Assert.Equal(jobs, await CountAsync());
    }

    [Fact]
    public async Task A_connection_that_broke_while_nobody_wrote_heals_without_a_word()
    {
        await StartWarmAsync();
        var (_, told) = await WriteAsync(3, _line.Cut);

        Assert.Equal([0, 1, 2], told);
        Assert.Equal(3, await CountAsync());
    }

    [Fact]
    public async Task A_connection_that_breaks_in_the_middle_of_the_work_heals_as_well()
    {
        await StartWarmAsync();
        var runs = 0;
        await Writes.RunAsync(
            async db =>
            {
                if (++runs == 1)
                {
                    _line.Cut();
                }

                db.Add(new Setting { Key = "twice begun", Value = "x" });
                await db.SaveChangesAsync(Cancel);
                return true;
            },
            cancellation: Cancel);

        Assert.Equal((2, 1), (runs, await CountAsync()));
    }

    [Fact]
    public async Task Work_that_goes_on_after_a_failed_statement_fails_and_does_not_vanish()
    {
        await StartWarmAsync();
        var swallowing = Writes.RunAsync(
            async db =>
            {
                db.Add(new Setting { Key = "vanishes", Value = "x" });
                await db.SaveChangesAsync(Cancel);
                await Assert.ThrowsAsync<PostgresException>(() => db.Database.ExecuteSqlAsync($"SELECT 1/0", Cancel));
                return true;
            },
            cancellation: Cancel);

        await Assert.ThrowsAsync<PostgresException>(() => swallowing);
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task While_one_node_writes_another_waits_and_then_reads_what_was_written()
    {
        await StartWarmAsync();
        using var other = Other();
        var others = other.Services.GetRequiredService<WriteQueue>();
        await others.StartAsync(Cancel);
        var (begun, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var first = Writes.RunAsync(
            async db =>
            {
                begun.SetResult();
                await go.Task;
                db.Add(new Setting { Key = "first", Value = "x" });
                return true;
            },
            cancellation: Cancel);
        await begun.Task;
        var second = others.RunAsync(db => db.Set<Setting>().CountAsync(Cancel), cancellation: Cancel);
        // The other node stands at the lock: the server itself says so.
        await using (var connection = new NpgsqlConnection(_place.Settings["ConnectionStrings:Support"] + ";Pooling=false"))
        {
            await connection.OpenAsync(Cancel);
            await using var waiting = new NpgsqlCommand("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())", connection);
            while ((long)(await waiting.ExecuteScalarAsync(Cancel))! == 0)
            {
                Cancel.ThrowIfCancellationRequested();
            }
        }

        Assert.False(second.IsCompleted);
        go.SetResult();
        await first;
        Assert.Equal(1, await second);
        await others.StopAsync(Cancel);
    }

    private IHost Other()
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(_place.Settings);
        builder.AddSupportData();
        return builder.Build();
    }

    /// <summary>A queue that has its connection open already.</summary>
    private async Task StartWarmAsync()
    {
        await Writes.StartAsync(Cancel);
        await Writes.RunAsync(_ => Task.FromResult(true), cancellation: Cancel);
    }

    /// <summary>Writes so many rows in one group, which begins after the fault.</summary>
    private async Task<(int[] Runs, List<int> Told)> WriteAsync(int count, Action fault)
    {
        var (runs, told) = (new int[count], new List<int>());
        var (begun, allQueued) = (new TaskCompletionSource(), new TaskCompletionSource());
        var before = Writes.RunAsync(
            async _ =>
            {
                begun.SetResult();
                await allQueued.Task;
                return true;
            },
            _ => fault(),
            Cancel);
        await begun.Task;
        var jobs = Enumerable.Range(0, count).Select(index => Writes.RunAsync(
            db =>
            {
                runs[index]++;
                db.Add(new Setting { Key = $"row {index}", Value = "x" });
                return Task.FromResult(index);
            },
            told.Add,
            Cancel)).ToList();
        allQueued.SetResult();
        await before;
        Assert.Equal(Enumerable.Range(0, count), await Task.WhenAll(jobs));
        return (runs, told);
    }

    private async Task<int> CountAsync()
    {
        await using var connection = new NpgsqlConnection(_place.Settings["ConnectionStrings:Support"] + ";Pooling=false");
        await connection.OpenAsync(Cancel);
        await using var count = new NpgsqlCommand("SELECT count(*) FROM \"Settings\"", connection);
        return (int)(long)(await count.ExecuteScalarAsync(Cancel))!;
    }
}
