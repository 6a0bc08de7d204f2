using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Notifications;

/// <summary>What somebody was told.</summary>
public sealed record NotificationView(
    long Id, long TicketNumber, Metric Metric, int Cycle, string Step, NotificationAudience Audience,
    DateTimeOffset CreatedAt, DateTimeOffset DueAt, DateTimeOffset? AcknowledgedAt, DateTimeOffset? SettledAt)
{
    /// <summary>See <see cref="Notification.Hours"/>.</summary>
    public string? Hours { get; init; }
}

/// <summary>What somebody has to know right now. Of several steps of one promise the last stands for all.</summary>
/// <param name="Newest">The last of each promise, newest first; at most as many as were asked for.</param>
/// <param name="Count">Of how many promises there is something open in all.</param>
public sealed record OpenNotifications(IReadOnlyList<NotificationView> Newest, int Count);

/// <summary>Reads notifications. Everybody reads their own.</summary>
public sealed class NotificationQueries(IDbContextFactory<SupportDb> factory)
{
    // Three steps a promise: at risk, minutes before the end, the end.
    private const int StepsOfAPromise = 3;

    /// <summary>What the caller has neither acknowledged nor seen settled.</summary>
    public async Task<OpenNotifications> OpenAsync(StaffCaller caller, int take, CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var open = db.Set<Notification>().Where(row => row.RecipientId == caller.StaffId && row.AcknowledgedAt == null && row.SettledAt == null);
        var rows = await Views(open.OrderByDescending(row => row.Id).Take(take * StepsOfAPromise)).ToListAsync(cancellation);
        var newest = rows.DistinctBy(row => (row.TicketNumber, row.Metric, row.Cycle)).Take(take).ToList();
        return new(newest, rows.Count < take * StepsOfAPromise && newest.Count < take
            ? newest.Count
            : await open.Select(row => new { row.TicketNumber, row.Metric, row.Cycle }).Distinct().CountAsync(cancellation));
    }

    /// <summary>Everything the caller was told, newest first, older than <paramref name="before"/> where given.</summary>
    public async Task<IReadOnlyList<NotificationView>> ListAsync(StaffCaller caller, int take, long? before = null, CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await Views(db.Set<Notification>()
            .Where(row => row.RecipientId == caller.StaffId && (before == null || row.Id < before))
            .OrderByDescending(row => row.Id)
            .Take(take)).ToListAsync(cancellation);
    }

    /// <summary>The id of the newest notification of anybody; 0 when there is none. Says cheaply whether there is news.</summary>
    public async Task<long> LatestIdAsync(CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await db.Set<Notification>().MaxAsync(row => (long?)row.Id, cancellation) ?? 0;
    }

    /// <summary>Who was told of anything after that id.</summary>
    public async Task<IReadOnlyList<Guid>> ToldAfterAsync(long id, CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await db.Set<Notification>().Where(row => row.Id > id).Select(row => row.RecipientId).Distinct().ToListAsync(cancellation);
    }

    /// <summary>Since when the longest unacknowledged warning of an assignee has waited for them; null when none does.</summary>
    public async Task<DateTimeOffset?> UnheardSinceAsync(CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await Unheard(db).MinAsync(row => (DateTimeOffset?)row.CreatedAt, cancellation);
    }

    /// <summary>Open warnings of assignees of which the leads do not know.</summary>
    internal static IQueryable<Notification> Unheard(SupportDb db) => db.Set<Notification>().Where(row =>
        row.Audience == NotificationAudience.Assignee && row.EscalatedAt == null && row.AcknowledgedAt == null && row.SettledAt == null);

    /// <summary>Since when the longest unacknowledged warning or breach of a lead has waited for them, of those that came since an instant; null when none does.</summary>
    public async Task<DateTimeOffset?> UnheardByLeadsSinceAsync(DateTimeOffset from, CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await UnheardByLeads(db).Where(row => row.CreatedAt >= from).MinAsync(row => (DateTimeOffset?)row.CreatedAt, cancellation);
    }

    /// <summary>What leads have not acknowledged and nobody after them was told of.</summary>
    internal static IQueryable<Notification> UnheardByLeads(SupportDb db) => db.Set<Notification>().Where(row =>
        row.Audience == NotificationAudience.Lead && row.PassedOnAt == null && row.AcknowledgedAt == null && row.SettledAt == null);

    private static IQueryable<NotificationView> Views(IQueryable<Notification> rows) => rows.AsNoTracking().Select(row => new NotificationView(
        row.Id, row.TicketNumber, row.Metric, row.Cycle, row.Step, row.Audience, row.CreatedAt, row.DueAt, row.AcknowledgedAt, row.SettledAt) { Hours = row.Hours });
}
