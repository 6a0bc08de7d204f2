using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Accounts;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Reports;

/// <summary>What claims are grouped by.</summary>
public enum ClaimGrouping { Account, Criterion }

/// <summary>Claims of business critical, and what specialists decided about them.</summary>
public sealed record ClaimFigures(int Confirmed, int Declined, int Pending)
{
    /// <summary>How many were made.</summary>
    public int Claimed => Confirmed + Declined + Pending;

    /// <summary>declined / (confirmed + declined) in percent; null where none was decided.</summary>
    public double? DeclineRate => Confirmed + Declined == 0 ? null : 100.0 * Declined / (Confirmed + Declined);
}

/// <summary>A line of the report.</summary>
/// <param name="Key">An account by its key, or a criterion by the API's word; empty where staff raised the severity.</param>
/// <param name="Name">The account's; a criterion has none.</param>
/// <param name="Figures">Its claims.</param>
public sealed record ClaimGroup(string Key, string Name, ClaimFigures Figures);

/// <summary>The claims of a window, by group and over all.</summary>
public sealed record ClaimReport(IReadOnlyList<ClaimGroup> Groups, ClaimFigures Total);

/// <summary>A claim of a list.</summary>
/// <param name="At">When its ticket was opened.</param>
public sealed record ClaimLine(long Number, string Subject, string AccountKey, string AccountName, ClaimCriterion? Criterion, ClaimState Claim, string? Reason, DateTimeOffset At);

/// <summary>Reads how often claims are declined. Counted in the database, along the index of tickets that claim anything.</summary>
public sealed class ClaimQueries(IDbContextFactory<SupportDb> factory)
{
    private const int MostLines = 200;

    /// <summary>Claims made at or after <paramref name="from"/> and before <paramref name="to"/>, which is when their tickets were opened. Most claims first.</summary>
    public async Task<ClaimReport> ReportAsync(DateTimeOffset from, DateTimeOffset to, ClaimGrouping grouping, StaffCaller caller, CancellationToken cancellation = default)
    {
        var (byCriterion, byAccount) = await ReportsAsync(from, to, caller, cancellation);
        return grouping == ClaimGrouping.Account ? byAccount : byCriterion;
    }

    /// <summary>The same both ways, of one reading.</summary>
    public async Task<(ClaimReport ByCriterion, ClaimReport ByAccount)> ReportsAsync(DateTimeOffset from, DateTimeOffset to, StaffCaller caller, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        (from, to) = (from.ToUniversalTime(), to.ToUniversalTime());
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var counts = await db.Set<Ticket>().AsNoTracking().Where(ticket => ticket.Claim != ClaimState.None && ticket.CreatedAt >= from && ticket.CreatedAt < to)
            .GroupBy(ticket => new { ticket.AccountId, ticket.Criterion, ticket.Claim })
            .Select(group => new Count(group.Key.AccountId, group.Key.Criterion, group.Key.Claim, group.Count())).ToListAsync(cancellation);
        var ids = counts.Select(count => count.AccountId).Distinct().ToList();
        var accounts = await db.Set<Account>().Where(account => ids.Contains(account.Id)).ToDictionaryAsync(account => account.Id, account => (account.Key, account.Name), cancellation);
        return (Report(counts, count => (count.Criterion is { } criterion ? LedgerFacts.Word(criterion) : "", "")), Report(counts, count => accounts[count.AccountId]));
    }

    /// <summary>The claims that such a report counts, the latest first; at most 200.</summary>
    /// <param name="from">The first instant.</param>
    /// <param name="to">The first instant behind it.</param>
    /// <param name="key">Narrows by account or criterion, by the key that the report has; null for all.</param>
    /// <param name="grouping">What that is.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<IReadOnlyList<ClaimLine>> ListAsync(DateTimeOffset from, DateTimeOffset to, ClaimGrouping grouping, string? key, StaffCaller caller, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        (from, to) = (from.ToUniversalTime(), to.ToUniversalTime());
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var claims = db.Set<Ticket>().AsNoTracking().Where(ticket => ticket.Claim != ClaimState.None && ticket.CreatedAt >= from && ticket.CreatedAt < to);
        if (key is not null && grouping == ClaimGrouping.Account)
        {
            claims = claims.Where(ticket => ticket.Account!.Key == key);
        }
        else if (key is not null)
        {
            var criterion = Enum.GetValues<ClaimCriterion>().Where(one => LedgerFacts.Word(one) == key).Select(one => (ClaimCriterion?)one).FirstOrDefault();
            claims = claims.Where(ticket => ticket.Criterion == criterion);
        }

        return await claims.OrderByDescending(ticket => ticket.CreatedAt).ThenByDescending(ticket => ticket.Number).Take(MostLines)
            .Select(ticket => new ClaimLine(ticket.Number, ticket.Subject, ticket.Account!.Key, ticket.Account.Name, ticket.Criterion, ticket.Claim, ticket.ClaimReason, ticket.CreatedAt))
            .ToListAsync(cancellation);
    }

    private static ClaimReport Report(List<Count> counts, Func<Count, (string Key, string Name)> told) => new(
        [.. counts.GroupBy(told).Select(group => new ClaimGroup(group.Key.Key, group.Key.Name, Figures(group))).OrderByDescending(group => group.Figures.Claimed).ThenBy(group => group.Key, StringComparer.Ordinal)],
        Figures(counts));

    private static ClaimFigures Figures(IEnumerable<Count> counts)
    {
        var by = counts.ToLookup(count => count.Claim, count => count.Claims);
        return new(by[ClaimState.Confirmed].Sum(), by[ClaimState.Declined].Sum(), by[ClaimState.Pending].Sum());
    }

    private sealed record Count(Guid AccountId, ClaimCriterion? Criterion, ClaimState Claim, int Claims);
}
