using Microsoft.Data.Sqlite;
using PremiumSupport.Tests.Figures;

namespace PremiumSupport.Tests.Monitoring.Kills;

/// <summary>Flags exactly once, whatever is killed: processes of the product through a simulated day of open promises, held against the oracle.</summary>
public sealed class KillRunTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("premium-support-kills-").FullName;

    [Fact]
    public async Task A_process_that_is_killed_again_and_again_flags_each_moment_once_none_early_and_none_never()
    {
        var result = await new KillRun(new(300, 1, TimeSpan.FromSeconds(25), TimeSpan.FromSeconds(2)), Sqlite(), _folder).RunAsync(TestContext.Current.CancellationToken);

        Assert.Empty(result.Differences);
        Assert.InRange(result.Flags, 800, 1200);
        Assert.True(result.Kills >= 1, $"{result.Kills} kills");
        Assert.Equal(result.Flags, result.Alive.Count + result.Restarted.Count);
    }

    [Fact(Explicit = true)]
    public async Task Sqlite_one_process() => Report("SQLite, one process", await new KillRun(Long(1), Sqlite(), _folder).RunAsync(TestContext.Current.CancellationToken));

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private static KillPlan Long(int nodes) => new(10_000, nodes, TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(3));

    private Dictionary<string, string?> Sqlite() => new() { ["ConnectionStrings:Support"] = $"Data Source={Path.Combine(_folder, "support.db")}" };

    private static void Report(string what, KillResult result)
    {
        var (alive, restarted) = (Load.Of([.. result.Alive], TimeSpan.FromSeconds(1)), Load.Of([.. result.Restarted], TimeSpan.FromSeconds(1)));
        Sheet.Note($"| {what} | {result.Flags:N0} | {result.Differences.Count} | {result.Kills} ({result.Blackouts}) | {result.Answers:N0} | {alive.Calls:N0}: {Times(alive, result.Alive)} | {restarted.Calls:N0}: {Times(restarted, result.Restarted)} | {result.Factor:0} |");
        Assert.Empty(result.Differences);
        Assert.InRange(alive.P99, 0, 1);
        Assert.InRange(result.Restarted.DefaultIfEmpty().Max(), 0, 10);
    }

    private static string Times(Load load, IReadOnlyList<double> all) => all.Count == 0 ? "-" : $"{load.P50 * 1000:0} / {load.P99 * 1000:0} / {all.Max() * 1000:0} ms";
}
