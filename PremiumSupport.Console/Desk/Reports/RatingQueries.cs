using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Accounts;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Requests;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Desk.Reports;

/// <summary>What ratings are grouped by: the account that gave them, or who looked after the ticket then.</summary>
public enum RatingGrouping { Account, Specialist }

/// <summary>How many ratings there are of each of the five, the worst first.</summary>
public sealed record RatingFigures(IReadOnlyList<int> Scores)
{
    /// <summary>How many were given.</summary>
    public int Rated => Scores.Sum();

    /// <summary>The share of good and very good ones in percent; null where there is none.</summary>
    public double? GoodRate => Rated == 0 ? null : 100.0 * (Scores[3] + Scores[4]) / Rated;
}

/// <summary>A line of the report: an account by its key, or a specialist by address; empty where nobody looked after the ticket.</summary>
public sealed record RatingGroup(string Key, RatingFigures Figures);

/// <summary>The ratings of a window, by group and over all.</summary>
public sealed record RatingReport(IReadOnlyList<RatingGroup> Groups, RatingFigures Total);

/// <summary>Reads how customers found the help, counted in the database.</summary>
public sealed class RatingQueries(IDbContextFactory<SupportDb> factory)
{
    /// <summary>Ratings first given at or after <paramref name="from"/> and before <paramref name="to"/>, as they stand now. Most ratings first.</summary>
    public async Task<RatingReport> ReportAsync(DateTimeOffset from, DateTimeOffset to, RatingGrouping grouping, StaffCaller caller, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        (from, to) = (from.ToUniversalTime(), to.ToUniversalTime());
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var ratings = db.Set<Rating>().AsNoTracking().Where(rating => rating.RatedAt >= from && rating.RatedAt < to);
        var rows = grouping == RatingGrouping.Account
            ? ratings.Join(db.Set<Ticket>(), rating => rating.TicketNumber, ticket => ticket.Number, (rating, ticket) => new { rating.Score, Id = (Guid?)ticket.AccountId })
            : ratings.Select(rating => new { rating.Score, Id = rating.AssigneeId });
        var counts = await rows.GroupBy(row => row).Select(group => new { group.Key.Id, group.Key.Score, Count = group.Count() }).ToListAsync(cancellation);
        Guid[] ids = [.. counts.Select(count => count.Id).OfType<Guid>().Distinct()];
        var keys = grouping == RatingGrouping.Account
            ? await db.Set<Account>().Where(account => ids.Contains(account.Id)).ToDictionaryAsync(account => account.Id, account => account.Key, cancellation)
            : await db.Users.Where(user => ids.Contains(user.Id)).ToDictionaryAsync(user => user.Id, user => user.Email!, cancellation);
        var by = counts.ConvertAll(count => (Key: count.Id is { } id ? keys.GetValueOrDefault(id) ?? "" : "", count.Score, count.Count));
        return new(
            [.. by.GroupBy(count => count.Key).Select(group => new RatingGroup(group.Key, Figures(group))).OrderByDescending(group => group.Figures.Rated).ThenBy(group => group.Key, StringComparer.Ordinal)],
            Figures(by));
    }

    private static RatingFigures Figures(IEnumerable<(string Key, RatingScore Score, int Count)> counts)
    {
        var by = counts.ToLookup(count => count.Score, count => count.Count);
        return new([.. Enum.GetValues<RatingScore>().Select(score => by[score].Sum())]);
    }
}
