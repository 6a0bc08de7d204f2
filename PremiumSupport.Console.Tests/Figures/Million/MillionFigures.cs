using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using PremiumSupport.Platform.Data;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Figures.Million;

/// <summary>The hot queries among a million tickets beside the same among ten thousand, on both databases, and their plans.</summary>
public sealed class MillionFigures
{
    private const int Few = 10_000;
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(1.5);

    [Theory(Explicit = true)]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Million(DatabaseProvider provider)
    {
        var many = int.TryParse(Environment.GetEnvironmentVariable("PREMIUMSUPPORT_MILLION"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : 1_000_000;
        using var plans = new SqlPlans();
        await using var fewDatabase = await TestDatabase.CreateAsync(provider);
        await using var manyDatabase = await TestDatabase.CreateAsync(provider);
        await using var few = await StartAsync(fewDatabase, Few);
        await using var large = await StartAsync(manyDatabase, many);
        var what = provider == DatabaseProvider.Sqlite ? "SQLite" : "PostgreSQL";

        var loads = await Load.MediansAsync(
            Timed(() => HotQueries.SweepAsync(few)), Timed(() => HotQueries.SweepAsync(large)),
            Timed(() => HotQueries.QueueAsync(few)), Timed(() => HotQueries.QueueAsync(large)),
            Timed(() => HotQueries.FiguresAsync(few, 1)), Timed(() => HotQueries.FiguresAsync(large, 1)),
            Timed(() => HotQueries.FiguresAsync(few, 7)), Timed(() => HotQueries.FiguresAsync(large, 7)));
        string[] names = ["sweep step, nothing due", "first 50 of the queue", "figures of a day (900 promises)", "figures of a week (6,300 promises)"];
        for (var index = 0; index < names.Length; index++)
        {
            Sheet.Row($"{what}: {names[index]}, p50, {many:N0} tickets", loads[(2 * index) + 1].P50, $"the same among {Few:N0}", loads[2 * index].P50, "ms");
        }

        var (inFew, inMany) = (new List<double>(), new List<double>());
        for (var round = 0; round < TicketMill.Rounds; round++)
        {
            inFew.Add(await FlagAsync(few, round));
            inMany.Add(await FlagAsync(large, round));
        }

        Sheet.Row($"{what}: sweep step, {TicketMill.Due} due at once, {many:N0} tickets", Median(inMany), $"the same among {Few:N0}", Median(inFew), "ms");
        foreach (var (name, index, plan) in await HotQueries.PlansAsync(large, plans, isMeasured: true))
        {
            Sheet.Note($"\n{what}, {name}:\n\n```\n{plan}\n```");
            Assert.Contains(index, plan, StringComparison.Ordinal);
        }
    }

    private static async Task<QuietHost> StartAsync(TestDatabase database, int tickets)
    {
        var host = QuietHost.Start(database, new StandingClock(Now), withTimer: false);
        await new TicketMill(host).GrindAsync(tickets);
        return host;
    }

    private static Func<Task<Load>> Timed(Func<Task> call) => () => Load.RunAsync(1, Duration, _ => call());

    private static async Task<double> FlagAsync(QuietHost host, int round)
    {
        var commands = Measured.CommandsAt(host.Host, new FakeTimeProvider(Now.AddMinutes(round + 1)));
        var start = Stopwatch.GetTimestamp();
        var run = await commands.FlagDueAsync();
        var elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        Assert.Equal(TicketMill.Due, run.Flagged.Count);
        return elapsed;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
