using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Accounts;
using PremiumSupport.Desk.Entitlements;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Ledger;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Reports;

/// <summary>What a simulation found, and of what.</summary>
/// <param name="From">The first instant of the period, by the start of promises.</param>
/// <param name="To">The first instant behind it.</param>
/// <param name="InForce">The version that the tried policy is held against.</param>
/// <param name="Replayed">How many promises were read.</param>
/// <param name="Sentence">The finding in English.</param>
/// <param name="Took">How long it took.</param>
public sealed record SimulationReport(DateTimeOffset From, DateTimeOffset To, int InForce, int Replayed, string Sentence, SimulationResult Result, TimeSpan Took);

/// <summary>Replays the ledger of a period under another policy. Reads row by row and holds one ticket at a time, so a year costs time but no memory.</summary>
public sealed class SimulationQueries(IDbContextFactory<SupportDb> factory, Policies policies, TimeProvider clock)
{
    private const int BatchSize = 512;
    private const int MostBatches = 16;

    /// <summary>Replays the promises that started in [<paramref name="from"/>, <paramref name="to"/>).</summary>
    /// <param name="from">The first instant.</param>
    /// <param name="to">The first instant behind the period.</param>
    /// <param name="policy">The policy to try; checked.</param>
    /// <param name="caller">Who asks; figures are for leads and admins, which the door has seen to.</param>
    /// <param name="progress">Hears from 0 to 1 how much is done.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<SimulationReport> RunAsync(
        DateTimeOffset from, DateTimeOffset to, SlaPolicy policy, StaffCaller caller, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        (from, to) = (from.ToUniversalTime(), to.ToUniversalTime());
        var (begun, now) = (Stopwatch.GetTimestamp(), ObligationClock.Whole(clock.GetUtcNow()));
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var accounts = await db.Set<Account>().AsNoTracking().ToDictionaryAsync(account => account.Id, account => account.Key, cancellation);
        var exceptions = await db.Set<SlaException>().AsNoTracking().Where(exception => exception.State == ExceptionState.Approved && exception.To > from).ToListAsync(cancellation);
        var promises = db.Set<LedgerEntry>().AsNoTracking().Where(entry => entry.Kind == LedgerKind.Promised && entry.At >= from && entry.At < to);
        var expected = await promises.CountAsync(cancellation);

        var simulation = new Simulation(policy, [.. exceptions.Select(exception => exception.ToWindow())], now);
        var replay = new LedgerReplay(from, to, now);
        (long Ticket, Guid Account) current = default;
        // One reads while the other judges; each takes about half of the work.
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var batches = System.Threading.Channels.Channel.CreateBounded<List<Row>>(MostBatches);
        var reading = Task.Run(() => ReadAsync(Rows(db, promises.Select(entry => entry.TicketNumber)), batches.Writer, either.Token), CancellationToken.None);
        try
        {
            await foreach (var batch in batches.Reader.ReadAllAsync(cancellation))
            {
                batch.ForEach(Take);
                progress?.Report(Math.Min(1, (double)simulation.Replayed / Math.Max(1, expected)));
            }
        }
        finally
        {
            // Nobody may still be reading when the connection goes.
            await either.CancelAsync();
            await reading;
        }

        Finish();
        var result = simulation.ToResult();
        return new(from, to, policies.Current.Version, simulation.Replayed, SimulationWords.Sentence(policies.Current, policy, from, to, result), result, Stopwatch.GetElapsedTime(begun));

        void Take(Row row)
        {
            if (row.Ticket != current.Ticket)
            {
                Finish();
            }

            current = (row.Ticket, row.Account);
            replay.Add(row.Kind, row.At, row.Metric, row.Cycle, row.Data);
        }

        void Finish()
        {
            foreach (var promise in replay.Take(current.Ticket, accounts.GetValueOrDefault(current.Account, "")))
            {
                simulation.Add(promise);
            }
        }
    }

    /// <summary>Reads all rows into batches; what goes wrong goes to whoever takes them.</summary>
    private static async Task ReadAsync(IAsyncEnumerable<Row> rows, ChannelWriter<List<Row>> batches, CancellationToken cancellation)
    {
        try
        {
            var batch = new List<Row>(BatchSize);
            await foreach (var row in rows.WithCancellation(cancellation))
            {
                batch.Add(row);
                if (batch.Count == BatchSize)
                {
                    await batches.WriteAsync(batch, cancellation);
                    batch = new(BatchSize);
                }
            }

            await batches.WriteAsync(batch, cancellation);
            batches.Complete();
        }
        catch (Exception failure)
        {
            batches.Complete(failure);
        }
    }

    /// <summary>What a replay needs of the ledger rows of those tickets, ticket by ticket in the order in which they were written.</summary>
    private static IAsyncEnumerable<Row> Rows(SupportDb db, IQueryable<long> tickets) => db.Set<LedgerEntry>().AsNoTracking()
        .Where(entry => tickets.Contains(entry.TicketNumber) && LedgerReplay.Kinds.Contains(entry.Kind))
        .OrderBy(entry => entry.TicketNumber).ThenBy(entry => entry.Id)
        .Select(entry => new Row(entry.TicketNumber, entry.AccountId, entry.Kind, entry.At, entry.Metric, entry.Cycle, entry.Data))
        .AsAsyncEnumerable();

    private sealed record Row(long Ticket, Guid Account, LedgerKind Kind, DateTimeOffset At, Metric? Metric, int? Cycle, string Data);
}
