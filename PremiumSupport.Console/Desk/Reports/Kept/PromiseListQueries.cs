using Microsoft.EntityFrameworkCore;
using NodaTime;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Reports.Kept;

/// <summary>A promise of a list, with the ticket that it is about.</summary>
/// <param name="Took">How long the answer took, or how long it is owed by now.</param>
public sealed record PromiseLine(
    long Number, string Subject, Metric Metric, int Cycle, Commitment Commitment, Channel Channel, Severity Severity, string AccountKey, string AccountName, string? SpecialistName, string? SpecialistEmail,
    DateTimeOffset StartedAt, DateTimeOffset DueAt, DateTimeOffset? AnsweredAt, TimeSpan Took, bool IsMet, bool IsMoved)
{
    /// <summary>Missed, and nobody has answered to this day.</summary>
    public bool IsOwed => AnsweredAt is null;
}

/// <summary>A place in a list: behind the promise with that deadline, ticket, metric and cycle.</summary>
public readonly record struct PromisePosition(long Due, long Number, Metric Metric, int Cycle)
{
    /// <summary>As an address says it.</summary>
    public override string ToString() => FormattableString.Invariant($"{Due}.{Number}.{(int)Metric}.{Cycle}");

    /// <summary>From an address; null for what is none.</summary>
    public static PromisePosition? Read(string? text) =>
        text?.Split('.') is [var due, var number, var metric, var cycle] && long.TryParse(due, out var at) && long.TryParse(number, out var ticket) && int.TryParse(metric, out var of) && int.TryParse(cycle, out var turn)
            ? new(at, ticket, (Metric)of, turn) : null;
}

/// <summary>A page of a list.</summary>
/// <param name="Total">How many promises the whole list has.</param>
/// <param name="Before">How many of them stand before this page.</param>
/// <param name="Next">Where the next page begins behind; null on the last.</param>
public sealed record PromisePage(ReportPeriod Period, DateTimeOffset ReadAt, IReadOnlyList<PromiseLine> Lines, int Total, int Before, PromisePosition? Next);

/// <summary>The lists behind the figures: the promises that a figure counted, the latest deadline first, a page at a time, or all of them for a file.</summary>
public sealed class PromiseListQueries(PeriodQueries periods, IDbContextFactory<SupportDb> factory)
{
    /// <summary>How many stand on a page.</summary>
    public const int PageSize = 50;

    private const int Batch = 1_000;

    /// <summary>The page behind a position; the first where there is none.</summary>
    public async Task<PromisePage> PageAsync(PeriodChoice choice, PromiseFilter filter, DateTimeZone zone, PromisePosition? after, StaffCaller caller, CancellationToken cancellation = default)
    {
        var (period, now, promises) = await periods.SelectAsync(choice, filter, zone, caller, cancellation);
        promises.Sort(LatestFirst);
        var before = after is { } position ? FirstBehind(promises, position) : 0;
        var shown = promises.GetRange(before, Math.Min(PageSize, promises.Count - before));
        PromisePosition? next = before + shown.Count < promises.Count ? new(shown[^1].Due, shown[^1].Number, shown[^1].Metric, shown[^1].Cycle) : null;
        return new(period, now, await LinesAsync(shown, now, cancellation), promises.Count, before, next);
    }

    /// <summary>All of a list, in batches, so that nobody holds a million lines.</summary>
    public async Task<(ReportPeriod Period, DateTimeOffset ReadAt, int Total, IAsyncEnumerable<PromiseLine> Lines)> AllAsync(PeriodChoice choice, PromiseFilter filter, DateTimeZone zone, StaffCaller caller, CancellationToken cancellation = default)
    {
        var (period, now, promises) = await periods.SelectAsync(choice, filter, zone, caller, cancellation);
        promises.Sort(LatestFirst);
        return (period, now, promises.Count, Lines());

        async IAsyncEnumerable<PromiseLine> Lines()
        {
            for (var begin = 0; begin < promises.Count; begin += Batch)
            {
                foreach (var line in await LinesAsync(promises.GetRange(begin, Math.Min(Batch, promises.Count - begin)), now, cancellation))
                {
                    yield return line;
                }
            }
        }
    }

    /// <summary>The order of every such list: the latest deadline first, then the newest ticket.</summary>
    internal static int LatestFirst(KeptPromise left, KeptPromise right) =>
        (right.Due, right.Number, left.Metric, left.Cycle).CompareTo((left.Due, left.Number, right.Metric, right.Cycle));

    private static int FirstBehind(List<KeptPromise> promises, PromisePosition position)
    {
        var (low, high) = (0, promises.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            var there = promises[middle];
            // What stands there does not come behind the position, so look further on.
            if ((position.Due, position.Number, there.Metric, (int)there.Cycle).CompareTo((there.Due, there.Number, position.Metric, position.Cycle)) <= 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private async Task<IReadOnlyList<PromiseLine>> LinesAsync(List<KeptPromise> promises, DateTimeOffset now, CancellationToken cancellation)
    {
        long[] numbers = [.. promises.Select(promise => promise.Number).Distinct()];
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var tickets = await db.Set<Ticket>().AsNoTracking().Where(ticket => numbers.Contains(ticket.Number))
            .Select(ticket => new
            {
                ticket.Number, ticket.Subject, AccountKey = ticket.Account!.Key, AccountName = ticket.Account.Name,
                Specialist = db.Users.Where(user => user.Id == ticket.AssigneeId).Select(user => new { user.DisplayName, user.Email }).FirstOrDefault(),
            })
            .ToDictionaryAsync(ticket => ticket.Number, cancellation);
        return [.. promises.Where(promise => tickets.ContainsKey(promise.Number)).Select(promise =>
        {
            var (ticket, matured) = (tickets[promise.Number], promise.ToMatured());
            return new PromiseLine(
                promise.Number, ticket.Subject, promise.Metric, promise.Cycle, promise.Commitment, promise.Channel, promise.Severity, ticket.AccountKey, ticket.AccountName,
                ticket.Specialist?.DisplayName, ticket.Specialist?.Email, matured.StartedAt, matured.DueAt, matured.AnsweredAt, (matured.AnsweredAt ?? now) - matured.StartedAt, promise.IsMet, promise.IsMoved);
        })];
    }
}
