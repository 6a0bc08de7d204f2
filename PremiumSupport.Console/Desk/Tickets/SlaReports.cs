using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets;

/// <summary>One obligation with what reports group by.</summary>
public sealed record ReportedPromise(
    long Number, Metric Metric, Channel Channel, Severity Severity, string AccountKey, string? Specialist, MaturedPromise Promise);

/// <summary>Reads the promises of a window; the one place that figures of dashboard, API and queue come from.</summary>
public sealed class SlaReports(IDbContextFactory<SupportDb> factory, TimeProvider clock)
{
    /// <summary>
    /// Promises that matured in the window, by deadline (rule 13): due at or after <paramref name="from"/>, before <paramref name="to"/> and not after now.
    /// </summary>
    public async Task<IReadOnlyList<ReportedPromise>> MaturedAsync(DateTimeOffset from, DateTimeOffset to, StaffCaller caller, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var now = clock.GetUtcNow();
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var rows = await (
            from obligation in db.Set<Obligation>().AsNoTracking()
            join ticket in db.Set<Ticket>() on obligation.TicketNumber equals ticket.Number
            where obligation.DueAt >= @from && obligation.DueAt < to && obligation.DueAt <= now
            select new
            {
                ticket.Number, obligation.Metric, ticket.Channel, ticket.Severity, ticket.Account!.Key,
                Specialist = db.Users.Where(user => user.Id == ticket.AssigneeId).Select(user => user.Email).FirstOrDefault(),
                obligation.StartedAt, obligation.DueAt, obligation.AnsweredAt, obligation.BreachedAt,
            }).ToListAsync(cancellation);
        return [.. rows.Select(row => new ReportedPromise(
            row.Number, row.Metric, row.Channel, row.Severity, row.Key, row.Specialist, new(row.StartedAt, row.DueAt, row.AnsweredAt, row.BreachedAt)))];
    }

    /// <summary>The figures of a window over all promises.</summary>
    public async Task<AttainmentFigures> FiguresAsync(DateTimeOffset from, DateTimeOffset to, StaffCaller caller, CancellationToken cancellation = default) =>
        Attainment.Of((await MaturedAsync(from, to, caller, cancellation)).Select(promise => promise.Promise), clock.GetUtcNow());
}
