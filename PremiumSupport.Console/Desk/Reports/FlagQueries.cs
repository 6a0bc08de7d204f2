using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Reports;

/// <summary>How long after their moments warnings and breaches were noticed; nearest rank, null for none.</summary>
public sealed record FlagLateness(int Count, TimeSpan? P50, TimeSpan? P99, TimeSpan? Max);

/// <summary>A warning or breach, and when it was noticed.</summary>
/// <param name="Step">See <see cref="FlagMark.Step"/>.</param>
public sealed record FlagLine(long Number, string Subject, string AccountName, Metric Metric, string Step, DateTimeOffset At, DateTimeOffset DetectedAt)
{
    /// <summary>How long after its moment it was noticed.</summary>
    public TimeSpan Late => DetectedAt - At;
}

/// <summary>Reads how late flags were.</summary>
public sealed class FlagQueries(IDbContextFactory<SupportDb> factory)
{
    /// <summary>
    /// Every flag that was noticed since an instant: the time from its moment to its noticing. A breach can be noticed one millisecond after its deadline at the
    /// earliest, and that one counts.
    /// </summary>
    public async Task<FlagLateness> LatenessAsync(DateTimeOffset since, StaffCaller caller, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var lateness = new List<TimeSpan>();
        await foreach (var flag in db.Set<FlagMark>().AsNoTracking().Where(flag => flag.DetectedAt >= since).Select(flag => new { flag.At, flag.DetectedAt }).AsAsyncEnumerable().WithCancellation(cancellation))
        {
            lateness.Add(flag.DetectedAt - flag.At);
        }

        lateness.Sort();
        return new(lateness.Count, Attainment.Percentile(lateness, 50), Attainment.Percentile(lateness, 99), Attainment.Percentile(lateness, 100));
    }

    /// <summary>The flags behind <see cref="LatenessAsync"/>, those that were noticed latest first; at most so many, and how many there are in all.</summary>
    public async Task<(IReadOnlyList<FlagLine> Lines, int Count)> ListAsync(DateTimeOffset since, int most, StaffCaller caller, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var flags = await db.Set<FlagMark>().AsNoTracking().Where(flag => flag.DetectedAt >= since).ToListAsync(cancellation);
        FlagMark[] latest = [.. flags.OrderByDescending(flag => flag.DetectedAt - flag.At).ThenByDescending(flag => flag.DetectedAt).Take(most)];
        var numbers = latest.Select(flag => flag.TicketNumber).Distinct().ToList();
        var tickets = await db.Set<Ticket>().AsNoTracking().Where(ticket => numbers.Contains(ticket.Number))
            .Select(ticket => new { ticket.Number, ticket.Subject, Account = ticket.Account!.Name }).ToDictionaryAsync(ticket => ticket.Number, cancellation);
        return ([.. latest.Select(flag => new FlagLine(flag.TicketNumber, tickets[flag.TicketNumber].Subject, tickets[flag.TicketNumber].Account, flag.Metric, flag.Step, flag.At, flag.DetectedAt))], flags.Count);
    }
}
