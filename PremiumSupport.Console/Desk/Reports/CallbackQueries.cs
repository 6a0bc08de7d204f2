using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Calls;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Reports;

/// <summary>What became of callbacks: how their target was kept, which the first attempt does, and beside it how many were spoken to.</summary>
/// <param name="Kept">By the deadline, like every promise.</param>
/// <param name="Reached">Of those that matured, how many were spoken to by now, whoever rang whom.</param>
/// <param name="Outcomes">What came of each attempt in the window.</param>
public sealed record CallbackReport(AttainmentFigures Kept, int Reached, IReadOnlyDictionary<CallOutcome, int> Outcomes)
{
    /// <summary>How many attempts were made.</summary>
    public int Attempts => Outcomes.Values.Sum();

    /// <summary>The share of matured callbacks that were spoken to, in percent; null where there is none.</summary>
    public double? ReachedRate => Kept.Matured == 0 ? null : 100.0 * Reached / Kept.Matured;
}

/// <summary>A callback of a report.</summary>
/// <param name="IsKept">The first try came by the deadline.</param>
/// <param name="IsReached">They were spoken to by now, whoever rang whom.</param>
/// <param name="Tries">How often we rang for the ticket.</param>
public sealed record CallbackLine(long Number, string Subject, string AccountName, string RequesterName, DateTimeOffset DueAt, bool IsKept, bool IsReached, int Tries);

/// <summary>Reads how callbacks went.</summary>
public sealed class CallbackQueries(SlaReports reports, IDbContextFactory<SupportDb> factory)
{
    private const int MostLines = 200;

    /// <summary>Callbacks whose deadline lies at or after <paramref name="from"/> and before <paramref name="to"/>, and the attempts made in that time.</summary>
    public async Task<CallbackReport> ReportAsync(DateTimeOffset from, DateTimeOffset to, StaffCaller caller, CancellationToken cancellation = default)
    {
        (from, to) = (from.ToUniversalTime(), to.ToUniversalTime());
        var kept = await reports.FiguresAsync(new(from, to) { Metric = Metric.Callback }, caller, cancellation);
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var reached = await Matured(db, from, to)
            .CountAsync(owed => db.Set<Call>().Any(call => call.TicketNumber == owed.TicketNumber && call.Outcome == CallOutcome.Reached && call.EndedAt >= owed.StartedAt), cancellation);
        var outcomes = await db.Set<Call>().AsNoTracking()
            .Where(call => call.Direction == CallDirection.Outgoing && call.CountedAt >= from && call.CountedAt < to && call.Outcome != null)
            .GroupBy(call => call.Outcome!.Value).Select(group => new { group.Key, Count = group.Count() }).ToListAsync(cancellation);
        return new(kept, Math.Min(reached, kept.Matured), Enum.GetValues<CallOutcome>().ToDictionary(outcome => outcome, outcome => outcomes.Find(count => count.Key == outcome)?.Count ?? 0));
    }

    /// <summary>The callbacks that such a report counts, those that were not spoken to first, then by their deadline, the latest first; at most 200.</summary>
    public async Task<IReadOnlyList<CallbackLine>> ListAsync(DateTimeOffset from, DateTimeOffset to, StaffCaller caller, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        (from, to) = (from.ToUniversalTime(), to.ToUniversalTime());
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var rows = await Matured(db, from, to).Join(db.Set<Ticket>(), owed => owed.TicketNumber, ticket => ticket.Number, (owed, ticket) => new
        {
            ticket.Number, ticket.Subject, AccountName = ticket.Account!.Name, RequesterName = ticket.Requester!.Name, owed.DueAt, owed.BreachedAt,
            IsReached = db.Set<Call>().Any(call => call.TicketNumber == owed.TicketNumber && call.Outcome == CallOutcome.Reached && call.EndedAt >= owed.StartedAt),
            Tries = db.Set<Call>().Count(call => call.TicketNumber == owed.TicketNumber && call.Direction == CallDirection.Outgoing && call.CountedAt != null),
        }).OrderBy(row => row.IsReached).ThenByDescending(row => row.DueAt).Take(MostLines).ToListAsync(cancellation);
        return [.. rows.Select(row => new CallbackLine(row.Number, row.Subject, row.AccountName, row.RequesterName, row.DueAt, row.BreachedAt is null, row.IsReached, row.Tries))];
    }

    private static IQueryable<Obligation> Matured(SupportDb db, DateTimeOffset from, DateTimeOffset to) => db.Set<Obligation>().AsNoTracking()
        .Where(owed => owed.Metric == Metric.Callback && owed.MergedAt == null && owed.DueAt >= from && owed.DueAt < to && (owed.BreachedAt != null || owed.AnsweredAt != null));
}
