using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PremiumSupport.Desk.Ledger;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Ledger;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Figures;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Monitoring.Kills;

/// <summary>What a run is made of.</summary>
/// <param name="Clocks">Open promises.</param>
/// <param name="Nodes">Processes on the one database.</param>
/// <param name="Day">How long the simulated day takes in reality.</param>
/// <param name="Between">How long a node is left in peace once it is ready.</param>
internal sealed record KillPlan(int Clocks, int Nodes, TimeSpan Day, TimeSpan Between);

/// <summary>What a run showed. Lateness in real seconds.</summary>
/// <param name="Differences">Flags that are not what the oracle says, in words; none in a good run.</param>
/// <param name="Alive">Lateness of the flags in whose moment a node was up and stayed up.</param>
/// <param name="Restarted">Lateness of the others, from the start of the process that was the next to be ready.</param>
internal sealed record KillResult(int Flags, int Answers, int Kills, IReadOnlyList<string> Differences, IReadOnlyList<double> Alive, IReadOnlyList<double> Restarted, double Factor);

/// <summary>
/// Lets processes of the product flag a simulated day of open promises while one of them is killed every few seconds, and holds what stands in the database against the oracle.
/// </summary>
internal sealed class KillRun(KillPlan plan, IReadOnlyDictionary<string, string?> database)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly double _factor = (OpenClocks.DayEnds - OpenClocks.DayBegins) / plan.Day;
    private readonly List<NodeProcess> _lives = [];
    private readonly NodeProcess?[] _nodes = new NodeProcess?[plan.Nodes];
    private long? _stamp;
    private AcceleratedClock _clock = default!;
    private string _folder = "";

    public async Task<KillResult> RunAsync(CancellationToken cancellation)
    {
        _folder = Directory.CreateTempSubdirectory("premium-support-kills-").FullName;
        Dictionary<string, string?> settings = new(database)
        {
            ["Storage:Path"] = _folder, ["Logging:LogLevel:Default"] = "Warning", ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Warning", ["Logging:LogLevel:Microsoft.AspNetCore"] = "Error",
        };
        var clocks = await OpenClocks.OpenAsync(settings, plan.Clocks);
        using var store = Store();

        try
        {
            foreach (var node in Enumerable.Range(0, plan.Nodes))
            {
                Start(node, settings);
            }

            // The day begins for all of them when all are up.
            await Task.WhenAll(_nodes.Select(node => node!.ReadyAsync()));
            var stamp = Stopwatch.GetTimestamp();
            (_stamp, _clock) = (stamp, new(OpenClocks.DayBegins, stamp, _factor));
            await Task.WhenAll(_nodes.Select(node => node!.BeginAsync(stamp)));

            var answering = AnswerAsync(clocks, cancellation);
            await KillAsync(settings, cancellation);
            await answering;
            await FinishAsync(store, cancellation);
            await Task.WhenAll(_nodes.Select(node => node!.KillAsync()));
            var result = await JudgeAsync(store, clocks);
            return result with { Differences = [.. result.Differences, .. await AuditAsync(settings)] };
        }
        finally
        {
            foreach (var life in _lives)
            {
                await life.DisposeAsync();
            }

            Directory.Delete(_folder, recursive: true);
        }
    }

    /// <summary>What the product's own verifier finds when it recomputes everything from the ledger (rule 16).</summary>
    private async Task<IEnumerable<string>> AuditAsync(Dictionary<string, string?> settings)
    {
        await using var host = OpenClocks.Quiet(settings, _clock.GetUtcNow());
        var report = await host.Services.GetRequiredService<LedgerAudit>().VerifyAsync();
        return report.Mismatches.Select(mismatch => $"the ledger: {mismatch}");
    }

    private void Start(int node, Dictionary<string, string?> settings)
    {
        var life = new NodeProcess(SupportNode.Arguments(OpenClocks.DayBegins, _stamp, _factor, settings), _folder);
        _nodes[node] = life;
        lock (_lives)
        {
            _lives.Add(life);
        }
    }

    /// <summary>Kills one node after the other, each once it is up again; every fifth time all of them together.</summary>
    private async Task KillAsync(Dictionary<string, string?> settings, CancellationToken cancellation)
    {
        for (var kill = 1; ; kill++)
        {
            await Task.Delay(plan.Between, TimeProvider.System, cancellation);
            if (_clock.GetUtcNow() >= OpenClocks.DayEnds)
            {
                return;
            }

            int[] victims = plan.Nodes == 1 || kill % 5 == 0 ? [.. Enumerable.Range(0, plan.Nodes)] : [kill % plan.Nodes];
            await Task.WhenAll(victims.Select(victim => _nodes[victim]!.KillAsync()));
            foreach (var victim in victims)
            {
                Start(victim, settings);
            }

            await Task.WhenAll(victims.Select(victim => _nodes[victim]!.ReadyAsync()));
        }
    }

    /// <summary>Answers by the API of any node that is up, again and again under the same id until one has said that it is done.</summary>
    private async Task AnswerAsync(IReadOnlyList<OpenClock> clocks, CancellationToken cancellation)
    {
        using var gate = new SemaphoreSlim(8);
        var pending = new List<Task>();
        foreach (var clock in clocks.Where(clock => clock.AnswerAt is not null).OrderBy(clock => clock.AnswerAt))
        {
            if (clock.AnswerAt >= OpenClocks.DayEnds)
            {
                break;
            }

            await Task.Delay(_clock.Until(clock.AnswerAt!.Value), TimeProvider.System, cancellation);
            await gate.WaitAsync(cancellation);
            pending.Add(Task.Run(async () =>
            {
                await AnswerAsync(clock.Number, cancellation);
                gate.Release();
            }, cancellation));
        }

        await Task.WhenAll(pending);
    }

    private async Task AnswerAsync(long number, CancellationToken cancellation)
    {
        for (var attempt = Random.Shared.Next(plan.Nodes); ; attempt++)
        {
            if (_nodes[attempt % plan.Nodes]?.Address is { } address)
            {
                try
                {
                    using var client = Http.Client(address);
                    client.DefaultRequestHeaders.Authorization = new("Bearer", SupportHost.ApiKey);
                    using var response = await client.PostAsJsonAsync($"/api/v1/tickets/{number}/messages", new { body = "On it.", visibility = "public", clientMessageId = $"answer-{number}" }, cancellation);
                    if (response.IsSuccessStatusCode)
                    {
                        return;
                    }
                }
                catch (HttpRequestException)
                {
                    // It was killed under the request; whether it had committed, the next one finds out.
                }
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellation);
        }
    }

    /// <summary>Waits until nothing is left to flag.</summary>
    private async Task FinishAsync(IHost store, CancellationToken cancellation)
    {
        await Task.WhenAll(_nodes.Select(node => node!.ReadyAsync()));
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            await using (var db = await store.Services.GetRequiredService<IDbContextFactory<SupportDb>>().CreateDbContextAsync(cancellation))
            {
                if (!await db.Set<Ticket>().AnyAsync(ticket => ticket.NextFlagAt != null && ticket.NextFlagAt <= OpenClocks.DayEnds, cancellation))
                {
                    return;
                }
            }

            Assert.True(Stopwatch.GetElapsedTime(since) < Patience, "Flags are missing:\n" + _nodes[0]!.Output);
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, cancellation);
        }
    }

    private async Task<KillResult> JudgeAsync(IHost store, IReadOnlyList<OpenClock> clocks)
    {
        await using var db = await store.Services.GetRequiredService<IDbContextFactory<SupportDb>>().CreateDbContextAsync();
        var promises = await db.Set<Obligation>().AsNoTracking().ToDictionaryAsync(promise => promise.TicketNumber);
        var entries = await db.Set<LedgerEntry>().AsNoTracking().OrderBy(entry => entry.AccountId).ThenBy(entry => entry.Sequence).ToListAsync();
        var flags = entries.Where(entry => entry.Kind is LedgerKind.Warned or LedgerKind.Breached).Select(Read).Where(flag => flag.Flag.At < OpenClocks.DayEnds).ToList();
        var found = flags.Select(flag => flag.Flag).ToHashSet();
        var expected = clocks.SelectMany(clock => OpenClocks.Expected(clock, promises[clock.Number].AnsweredAt, OpenClocks.DayEnds)).ToHashSet();

        var differences = new List<string>();
        differences.AddRange(expected.Except(found).Select(flag => $"missing: {flag}"));
        differences.AddRange(found.Except(expected).Select(flag => $"not wanted: {flag}"));
        differences.AddRange(flags.GroupBy(flag => flag.Flag).Where(same => same.Count() > 1).Select(same => $"{same.Count()} times: {same.Key}"));
        differences.AddRange(flags.Where(flag => flag.DetectedAt < flag.Flag.At || (flag.Flag.Step == OpenClocks.Breach && flag.DetectedAt == flag.Flag.At)).Select(flag => $"early: {flag}"));
        var marks = await db.Set<FlagMark>().AsNoTracking().ToListAsync();
        differences.AddRange(marks.Where(mark => mark.At < OpenClocks.DayEnds).Select(mark => new Flag(mark.TicketNumber, mark.Step, mark.At)).ToHashSet().Except(found).Select(flag => $"marked, but not in the ledger: {flag}"));
        differences.AddRange(found.Except(marks.Select(mark => new Flag(mark.TicketNumber, mark.Step, mark.At))).Select(flag => $"in the ledger, but not marked: {flag}"));
        differences.AddRange(clocks.Where(clock => promises[clock.Number].BreachedAt != expected.SingleOrDefault(flag => flag.Number == clock.Number && flag.Step == OpenClocks.Breach)?.At
            && promises[clock.Number].BreachedAt < OpenClocks.DayEnds).Select(clock => $"column differs: {clock} {promises[clock.Number].BreachedAt}"));
        differences.AddRange(entries.GroupBy(entry => entry.AccountId).Where(chain => !chain.Select(entry => entry.Sequence).SequenceEqual(Enumerable.Range(1, chain.Count()).Select(at => (long)at))
            || !chain.Select(entry => entry.PreviousHash).SequenceEqual(chain.Select(entry => entry.Hash).SkipLast(1).Prepend(LedgerChain.Genesis))).Select(chain => $"the chain of {chain.Key} has a gap or a fork"));

        var (alive, restarted) = (new List<double>(), new List<double>());
        foreach (var (flag, detectedAt) in flags)
        {
            Class(flag.At, detectedAt, alive, restarted);
        }

        return new(flags.Count, promises.Values.Count(promise => promise.AnsweredAt is not null), _lives.Count(life => life.KilledAt < Stamp(OpenClocks.DayEnds)), differences, alive, restarted, _factor);
    }

    /// <summary>A node that is up at the moment and at the noticing, without a gap between in which none is, could have been in time.</summary>
    private void Class(DateTimeOffset at, DateTimeOffset detectedAt, List<double> alive, List<double> restarted)
    {
        var (moment, noticed) = (Stamp(at), Stamp(detectedAt));
        var covered = moment;
        foreach (var life in _lives.OrderBy(life => life.ReadyAt))
        {
            covered = life.ReadyAt <= covered && life.KilledAt > covered ? life.KilledAt : covered;
        }

        if (covered > moment && covered >= noticed)
        {
            alive.Add((noticed - moment) / (double)Stopwatch.Frequency);
        }
        else
        {
            // A process may flag before it says that it listens: its start is what counts.
            var next = _lives.Where(life => life.KilledAt > noticed && life.StartedAt <= noticed).Min(life => (long?)life.StartedAt) ?? _lives.Max(life => life.StartedAt);
            restarted.Add((noticed - Math.Max(moment, next)) / (double)Stopwatch.Frequency);
        }
    }

    private long Stamp(DateTimeOffset simulated) => _stamp!.Value + (long)((simulated - OpenClocks.DayBegins).TotalSeconds / _factor * Stopwatch.Frequency);

    private static (Flag Flag, DateTimeOffset DetectedAt) Read(LedgerEntry entry)
    {
        var data = JsonElement.Parse(entry.Data);
        var detectedAt = data.GetProperty("detectedAt").GetDateTimeOffset();
        return (new(entry.TicketNumber, entry.Kind == LedgerKind.Breached ? OpenClocks.Breach : data.GetProperty("step").GetString()!, entry.At), detectedAt);
    }

    /// <summary>The database alone, for looking into it from outside; a busy server may take its time.</summary>
    private IHost Store()
    {
        var settings = new Dictionary<string, string?>(database);
        if (settings["Database:Provider"] == "postgresql")
        {
            settings["ConnectionStrings:Support"] += ";Command Timeout=300";
        }

        return DataRoom.On(settings);
    }
}
