using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Entitlements;
using PremiumSupport.Desk.Reports;
using PremiumSupport.Desk.Reports.Kept;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Figures;

/// <summary>What the dashboard and the simulator cost among a million tickets of a year, with the plans of their queries.</summary>
public sealed class ReportFigures
{
    private const long Year = 365L * 24 * 3_600_000;
    private static readonly StaffCaller Lead = new(Guid.NewGuid(), "Lena", "lead@demo.example", IsLead: true);

    private static int _looks;

    private static int Tickets => int.TryParse(Environment.GetEnvironmentVariable("PREMIUMSUPPORT_TICKETS"), out var tickets) ? tickets : 1_000_000;

    [Fact(Explicit = true)]
    public void Replay()
    {
        var (policy, now) = (DefaultPolicy.Create(new(), "Europe/Berlin"), new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero));
        var random = new Random(20_261_101);
        var past = Enumerable.Range(0, Tickets).Select(i =>
        {
            var (start, channel) = (now.AddMilliseconds(-random.NextInt64(Year / 4)), (Channel)random.Next(4));
            return new PastPromise
            {
                Ticket = i, Metric = channel == Channel.Phone ? Metric.Callback : Metric.FirstResponse, StartedAt = start, Channel = channel, Role = (RequesterRole)random.Next(2),
                Severity = (Severity)random.Next(2), AccountKey = "acme", DueAt = start.AddHours(1), AnsweredAt = start.AddMinutes(random.Next(1, 90)),
            };
        }).ToList();
        var (begun, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var simulation = new Simulation(policy, [], now);
        past.ForEach(simulation.Add);
        Sheet.Note($"\nReplay of {simulation.Replayed:N0} promises in memory, office calendar of Berlin for half of them: {Stopwatch.GetElapsedTime(begun).TotalSeconds:0.00} s, processor {(Environment.CpuUsage.TotalTime - cpu).TotalSeconds:0.00} s");
    }

    [Fact(Explicit = true)]
    public Task On_SQLite() => MeasureAsync(DatabaseProvider.Sqlite);

    [Fact(Explicit = true)]
    public Task On_PostgreSQL()
    {
        PostgresServer.Require();
        return MeasureAsync(DatabaseProvider.PostgreSql);
    }

    private static async Task MeasureAsync(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var now = ObligationClock.Whole(TimeProvider.System.GetUtcNow());
        await using var host = QuietHost.Start(database, new StandingClock(now), withTimer: false);
        await using var db = await host.Get<IDbContextFactory<SupportDb>>().CreateDbContextAsync();
        await ClosedYear.FillAsync(db, now, Tickets);

        var (reports, flags, claims) = (host.Get<SlaReports>(), host.Get<FlagQueries>(), host.Get<ClaimQueries>());
        var forecasts = host.Get<ForecastQueries>();
        Sheet.Note($"\n### {provider}, {Tickets:N0} tickets of a year, {Tickets / 365:N0} a day\n");
        using var plans = new Plans();
        var begun = Stopwatch.GetTimestamp();
        await WindowAsync(host, 1);
        Sheet.Note($"\nDashboard, the first look, which reads the book: {Stopwatch.GetElapsedTime(begun).TotalSeconds:0.00} s\n");
        Note(plans.Explain(db));
        foreach (var days in new[] { 1, 7, 30, 90 })
        {
            await ReadAsync($"Dashboard, {days} days and those before", db, plans, () => WindowAsync(host, days));
        }

        await ReadAsync("Report by account, a day", db, plans, () => reports.ReportAsync(new(now.AddDays(-1), now), SlaGrouping.Account, Lead));
        await ReadAsync("Flag lateness, 24 hours", db, plans, () => flags.LatenessAsync(now.AddDays(-1), Lead));
        await ReadAsync("Claims, 28 days", db, plans, () => claims.ReportAsync(now.AddDays(-28), now, ClaimGrouping.Account, Lead));
        await ReadAsync("Forecast", db, plans, () => forecasts.MakeAsync(now, default));

        var policy = host.Get<Policies>().Current;
        var tried = policy with { Rules = [policy.Rules[0], policy.Rules[1] with { Target = PromiseTarget.Of(TimeSpan.FromMinutes(50)) }, .. policy.Rules.Skip(2)] };
        var cpu = Environment.CpuUsage.TotalTime;
        var report = await host.Get<SimulationQueries>().RunAsync(now.AddMilliseconds(-Year), now, tried, Lead);
        Sheet.Note($"\nSimulation of {report.Replayed:N0} promises from the ledger: {report.Took.TotalSeconds:0.00} s, processor {(Environment.CpuUsage.TotalTime - cpu).TotalSeconds:0.00} s. {report.Sentence}");
        Note(plans.Explain(db));
        var week = await host.Get<SimulationQueries>().RunAsync(now.AddDays(-7), now, tried, Lead);
        Sheet.Note($"Simulation of the {week.Replayed:N0} promises of a week: {week.Took.TotalSeconds:0.00} s.");
    }

    // Another filter each time, so that nobody answers from what was worked out before.
    private static async Task WindowAsync(QuietHost host, int days)
    {
        var filter = new PromiseFilter { Took = (0, int.MaxValue - Interlocked.Increment(ref _looks)) };
        var report = await host.Get<PeriodQueries>().ReadAsync(new(days), filter, NodaTime.DateTimeZone.Utc, Lead);
        Assert.True(report.Figures.Now.Matured > 0);
    }

    /// <summary>The median of thirty reads, after as many that do not count because code is still being compiled; the plans of what was read.</summary>
    private static async Task ReadAsync(string what, SupportDb db, Plans plans, Func<Task> read)
    {
        for (var i = 0; i < 30; i++)
        {
            await read();
        }

        var times = new List<double>();
        var cpu = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < 30; i++)
        {
            var begun = Stopwatch.GetTimestamp();
            await read();
            times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }

        // On a machine that does other things too, the processor's time says more than the clock.
        cpu = Environment.CpuUsage.TotalTime - cpu;
        times.Sort();
        Sheet.Note($"\n{what}: p50 {times[15]:0.00} ms, p90 {times[27]:0.00} ms, processor {cpu.TotalMilliseconds / 30:0.00} ms");
        Note(plans.Explain(db));
    }

    private static void Note(IReadOnlyList<string> plans) => Sheet.Note($"\n```\n{string.Join("\n\n", plans)}\n```");
}
