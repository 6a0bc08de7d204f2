using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Desk.Intake;

/// <summary>A mail with what is shown of it.</summary>
/// <param name="Mail">The mail.</param>
/// <param name="View">Null when it could not be read.</param>
/// <param name="HasOriginal">Its bytes are still kept.</param>
public sealed record MailCard(InboundMail Mail, InboundView? View, bool HasOriginal = true);

/// <summary>How intake stands.</summary>
/// <param name="Waiting">Kept and not looked into yet.</param>
/// <param name="OldestArrivedAt">When the server got the oldest of them.</param>
/// <param name="Unverified">Wait for somebody to say who wrote them.</param>
/// <param name="Quarantined">Could not be read.</param>
public sealed record IntakeCounts(int Waiting, DateTimeOffset? OldestArrivedAt, int Unverified, int Quarantined);

/// <summary>Reads mails that came in, for staff and nobody else: they hold what strangers write.</summary>
public sealed class IntakeQueries(IDbContextFactory<SupportDb> factory)
{
    private const int Most = 100;

    /// <summary>The mails that stand somewhere, newest first, at most 100.</summary>
    public async Task<IReadOnlyList<MailCard>> ListAsync(IntakeState state, StaffCaller caller, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await WithViews(db, db.Set<InboundMail>().Where(mail => mail.State == state).OrderByDescending(mail => mail.Id).Take(Most), cancellation);
    }

    /// <summary>The mails of a ticket, oldest first.</summary>
    public async Task<IReadOnlyList<MailCard>> OfTicketAsync(long number, StaffCaller caller, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await WithViews(db, db.Set<InboundMail>().Where(mail => mail.TicketNumber == number && (mail.State == IntakeState.Done || mail.State == IntakeState.Pending)).OrderBy(mail => mail.Id), cancellation);
    }

    /// <summary>One mail; null when there is none.</summary>
    public async Task<MailCard?> FindAsync(long id, StaffCaller caller, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return (await WithViews(db, db.Set<InboundMail>().Where(mail => mail.Id == id), cancellation)).SingleOrDefault();
    }

    /// <summary>The bytes of a mail as they came; null when there is none.</summary>
    public async Task<byte[]?> BytesAsync(long id, StaffCaller caller, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await db.Set<InboundBytes>().Where(bytes => bytes.MailId == id).Select(bytes => bytes.Bytes).SingleOrDefaultAsync(cancellation);
    }

    /// <summary>How many stand where.</summary>
    public async Task<IntakeCounts> CountAsync(CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var received = db.Set<InboundMail>().Where(mail => mail.State == IntakeState.Received);
        return new(
            await received.CountAsync(cancellation),
            await received.MinAsync(mail => (DateTimeOffset?)mail.ArrivedAt, cancellation),
            await db.Set<InboundMail>().CountAsync(mail => mail.State == IntakeState.Unverified, cancellation),
            await db.Set<InboundMail>().CountAsync(mail => mail.State == IntakeState.Quarantined, cancellation));
    }

    /// <summary>When the next mail is to be looked into; null when none waits.</summary>
    public async Task<DateTimeOffset?> NextDueAtAsync(CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await db.Set<InboundMail>().Where(mail => mail.State == IntakeState.Received).MinAsync(mail => (DateTimeOffset?)mail.DueAt, cancellation);
    }

    private static async Task<IReadOnlyList<MailCard>> WithViews(SupportDb db, IQueryable<InboundMail> mails, CancellationToken cancellation)
    {
        var rows = await mails.AsNoTracking().ToListAsync(cancellation);
        var ids = rows.Select(mail => mail.Id).ToList();
        var views = await db.Set<InboundView>().AsNoTracking().Where(view => ids.Contains(view.MailId)).ToDictionaryAsync(view => view.MailId, cancellation);
        var originals = (await db.Set<InboundBytes>().Where(bytes => ids.Contains(bytes.MailId)).Select(bytes => bytes.MailId).ToListAsync(cancellation)).ToHashSet();
        return [.. rows.Select(mail => new MailCard(mail, views.GetValueOrDefault(mail.Id), originals.Contains(mail.Id)))];
    }
}
