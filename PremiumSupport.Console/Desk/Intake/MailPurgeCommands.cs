using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Outbox;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Mail;

namespace PremiumSupport.Desk.Intake;

/// <summary>
/// Clears away what mails leave behind and nobody needs any more: the bytes as they came, and rows of the outbox that are settled. What is still needed stays, however old: all of an open ticket's, which a bounce or
/// an answer may still refer to; what waits for a person; and the row of each mail that came in, by which it is known when a mailbox is numbered anew and read from its beginning.
/// </summary>
public sealed class MailPurgeCommands(WriteQueue writes, IDbContextFactory<SupportDb> factory, EmailOptions options, TimeProvider clock)
{
    // Up to 25 MB each.
    private const int OriginalsAtOnce = 20;
    private const int SentAtOnce = 500;

    /// <summary>Clears away what is old enough, in small transactions. Safe to run at any time, twice or never, on any node.</summary>
    /// <returns>How many rows are gone.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation = default)
    {
        var (now, purged) = (clock.GetUtcNow(), 0);
        if (options.KeepOriginals is { } originals)
        {
            purged += await AllAsync(db => Originals(db, now - originals), OriginalsAtOnce, DropOriginalsAsync, cancellation);
        }

        if (options.KeepSent is { } sent)
        {
            purged += await AllAsync(db => Sent(db, now - sent), SentAtOnce, (db, ids) => db.Set<OutgoingMail>().Where(mail => ids.Contains(mail.Id)).ExecuteDeleteAsync(), cancellation);
        }

        return purged;
    }

    private static IQueryable<long> Originals(SupportDb db, DateTimeOffset before) => db.Set<InboundBytes>()
        .Join(db.Set<InboundMail>(), bytes => bytes.MailId, mail => mail.Id, (_, mail) => mail)
        .Where(mail => mail.DecidedAt < before && (mail.State == IntakeState.Ignored || mail.State == IntakeState.Discarded
            || (mail.State == IntakeState.Done && !QueueRows.Open(db).Any(ticket => ticket.Number == mail.TicketNumber))))
        .OrderBy(mail => mail.Id).Select(mail => mail.Id);

    // What a ticket shows of a message that came by mail goes on being shown; of what became nothing, nothing is left but that it came.
    private static async Task<int> DropOriginalsAsync(SupportDb db, List<long> ids)
    {
        await db.Set<InboundView>().Where(view => ids.Contains(view.MailId) && db.Set<InboundMail>().Any(mail => mail.Id == view.MailId && mail.State != IntakeState.Done)).ExecuteDeleteAsync();
        return await db.Set<InboundBytes>().Where(bytes => ids.Contains(bytes.MailId)).ExecuteDeleteAsync();
    }

    // A mail to staff is nobody's thread, so it waits for no ticket.
    private static IQueryable<Guid> Sent(SupportDb db, DateTimeOffset before) => db.Set<OutgoingMail>()
        .Where(mail => ((mail.State == MailState.Sent && mail.SentAt < before) || ((mail.State == MailState.Withdrawn || mail.State == MailState.Discarded) && mail.CreatedAt < before))
            && (mail.ContactId == null || !QueueRows.Open(db).Any(ticket => ticket.Number == mail.TicketNumber)))
        .OrderBy(mail => mail.CreatedAt).Select(mail => mail.Id);

    // Looked for beside the writer, so that it waits for deletions alone; between two of them others write.
    private async Task<int> AllAsync<TId>(Func<SupportDb, IQueryable<TId>> old, int atOnce, Func<SupportDb, List<TId>, Task<int>> drop, CancellationToken cancellation)
    {
        var purged = 0;
        while (true)
        {
            List<TId> ids;
            await using (var db = await factory.CreateDbContextAsync(cancellation))
            {
                ids = await old(db).Take(atOnce).ToListAsync(cancellation);
            }

            purged += ids.Count == 0 ? 0 : await writes.RunAsync(db => drop(db, ids), null, cancellation);
            if (ids.Count < atOnce)
            {
                return purged;
            }
        }
    }
}
