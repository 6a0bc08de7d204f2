using System.Globalization;
using PremiumSupport.Platform.Data;
using PremiumSupport.Tests.Figures;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Monitoring.Kills;

/// <summary>Flags exactly once, whatever is killed: processes of the product through a simulated day of open promises, held against the oracle.</summary>
public sealed class KillRunTests
{
    private static readonly KillPlan Short = new(200, 1, TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(1));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task A_process_that_is_killed_again_and_again_flags_each_moment_once_none_early_and_none_never() => HoldsAsync(Short, DatabaseProvider.Sqlite);

    [Fact]
    public Task Two_processes_on_one_database_that_are_killed_by_turns_flag_each_moment_once_none_early_and_none_never() => HoldsAsync(Short with { Nodes = 2 }, DatabaseProvider.PostgreSql);

    /// <summary>The long run: 10,000 open promises, a day in ten minutes or in as many as <c>PREMIUMSUPPORT_KILL_MINUTES</c> says.</summary>
    [Theory(Explicit = true)]
    [InlineData(DatabaseProvider.Sqlite, 1, "SQLite, one process")]
    [InlineData(DatabaseProvider.PostgreSql, 2, "PostgreSQL, two processes")]
    public async Task Long_run(DatabaseProvider provider, int nodes, string what)
    {
        var minutes = double.TryParse(Environment.GetEnvironmentVariable("PREMIUMSUPPORT_KILL_MINUTES"), CultureInfo.InvariantCulture, out var asked) ? asked : 10;
        await using var database = await TestDatabase.CreateAsync(provider);
        var result = await new KillRun(new(10_000, nodes, TimeSpan.FromMinutes(minutes), TimeSpan.FromSeconds(3)), database.Settings).RunAsync(Cancel);
        var (alive, restarted) = (Load.Of([.. result.Alive], TimeSpan.FromSeconds(1)), Load.Of([.. result.Restarted], TimeSpan.FromSeconds(1)));
        Sheet.Note(string.Create(CultureInfo.InvariantCulture,
            $"| {what} | {result.Flags:N0} | {result.Differences.Count} | {result.Kills} | {result.Answers:N0} | {Times(alive, result.Alive)} | {Times(restarted, result.Restarted)} | {result.Factor:0} |"));
        Assert.True(result.Differences.Count == 0, string.Join('\n', result.Differences.Take(20)));
        Assert.InRange(alive.P99, 0, 1);
        Assert.InRange(result.Restarted.DefaultIfEmpty().Max(), 0, 10);
    }

    private static async Task HoldsAsync(KillPlan plan, DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var result = await new KillRun(plan, database.Settings).RunAsync(Cancel);

        Assert.True(result.Differences.Count == 0, string.Join('\n', result.Differences.Take(20)));
        Assert.InRange(result.Flags, plan.Clocks * 2, plan.Clocks * 4);
        Assert.True(result.Kills >= 1, $"{result.Kills} kills");
        Assert.True(result.Answers > plan.Clocks / 10, $"{result.Answers} answers");
        Assert.Equal(result.Flags, result.Alive.Count + result.Restarted.Count);
    }

    private static string Times(Load load, IReadOnlyList<double> all) =>
        all.Count == 0 ? "none" : $"{load.Calls:N0}: {Sheet.Number(load.P50 * 1000)} / {Sheet.Number(load.P99 * 1000)} / {Sheet.Number(all.Max() * 1000)} ms";
}
