using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Desk.Outbox;

/// <summary>How many mails stand where.</summary>
/// <param name="Waiting">To be sent, now or later.</param>
/// <param name="Dead">That somebody has to look at.</param>
/// <param name="OldestDue">Since when the longest one is overdue; null when none is waiting.</param>
public sealed record OutboxState(int Waiting, int Dead, DateTimeOffset? OldestDue);

/// <summary>Ids that a mail refers to.</summary>
/// <param name="InReplyTo">Its customer's last mail, else ours; null in the first mail of a thread.</param>
/// <param name="References">Oldest first.</param>
public sealed record MailThread(string? InReplyTo, IReadOnlyList<string> References);

/// <summary>Reads the outbox.</summary>
public sealed class OutboxQueries(IDbContextFactory<SupportDb> factory)
{
    private const int LongestThread = 20;
    private const int MostStaffLinks = 500;

    /// <summary>When the next mail is due; null when none is waiting.</summary>
    public async Task<DateTimeOffset?> NextDueAtAsync(CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await db.Set<OutgoingMail>().Where(mail => mail.State == MailState.Waiting).MinAsync(mail => (DateTimeOffset?)mail.DueAt, cancellation);
    }

    /// <summary>One mail, for example the one that a bounce speaks of; null when there is none, or none any more.</summary>
    public async Task<OutgoingMail?> FindAsync(Guid id, CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await db.Set<OutgoingMail>().AsNoTracking().SingleOrDefaultAsync(mail => mail.Id == id, cancellation);
    }

    /// <summary>How many stand where.</summary>
    public async Task<OutboxState> StateAsync(CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var mails = db.Set<OutgoingMail>();
        return new(
            await mails.CountAsync(mail => mail.State == MailState.Waiting, cancellation),
            await mails.CountAsync(mail => mail.State == MailState.Dead, cancellation),
            await mails.Where(mail => mail.State == MailState.Waiting).MinAsync(mail => (DateTimeOffset?)mail.DueAt, cancellation));
    }

    /// <summary>Mails in a state: those waiting by when they are due, all others newest first.</summary>
    public async Task<IReadOnlyList<OutgoingMail>> ListAsync(MailState state, int most, CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var mails = db.Set<OutgoingMail>().AsNoTracking().Where(mail => mail.State == state);
        mails = state switch
        {
            MailState.Waiting => mails.OrderBy(mail => mail.DueAt),
            MailState.Sent => mails.OrderByDescending(mail => mail.SentAt),
            _ => mails.OrderByDescending(mail => mail.LastTriedAt),
        };
        return await mails.Take(most).ToListAsync(cancellation);
    }

    /// <summary>All mails of a ticket, oldest first.</summary>
    public async Task<IReadOnlyList<OutgoingMail>> OfTicketAsync(long ticketNumber, CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await db.Set<OutgoingMail>().AsNoTracking().Where(mail => mail.TicketNumber == ticketNumber).OrderBy(mail => mail.CreatedAt).ThenBy(mail => mail.Id).ToListAsync(cancellation);
    }

    /// <summary>By person, the latest mail that brings them a link to choose a password; of those that were sent lately enough to be still there.</summary>
    public async Task<IReadOnlyDictionary<Guid, OutgoingMail>> StaffLinksAsync(CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var mails = await db.Set<OutgoingMail>().AsNoTracking().Where(mail => mail.Kind == MailKind.StaffLink).OrderByDescending(mail => mail.CreatedAt).Take(MostStaffLinks).ToListAsync(cancellation);
        return mails.Where(mail => StaffLinkMails.PersonOf(mail) is not null).GroupBy(mail => StaffLinkMails.PersonOf(mail)!.Value).ToDictionary(person => person.Key, person => person.First());
    }

    /// <summary>What a mail of a ticket refers to: the mails that its customer wrote, and ours that went to the same address before.</summary>
    public async Task<MailThread> ThreadAsync(OutgoingMail mail, CancellationToken cancellation = default)
    {
        if (mail.TicketNumber is not { } number)
        {
            return mail.InReplyTo is { } answered ? new(answered, [answered]) : new(null, []);
        }

        await using var db = await factory.CreateDbContextAsync(cancellation);
        var theirs = await db.Set<ThreadMail>().AsNoTracking().Where(other => other.TicketNumber == number).Select(other => new { other.MessageId, other.At }).ToListAsync(cancellation);
        var ours = await db.Set<OutgoingMail>().AsNoTracking()
            .Where(other => other.TicketNumber == number && other.State == MailState.Sent && other.To == mail.To && other.Id != mail.Id && other.MessageId != null)
            .Select(other => new { MessageId = other.MessageId!, At = other.SentAt!.Value })
            .ToListAsync(cancellation);
        var all = theirs.Concat(ours).OrderBy(one => one.At).ToList();
        // The first stays, for programs that look for the beginning of a thread; of the others the last are enough.
        string[] references = [.. all.Take(1).Concat(all.Skip(1).TakeLast(LongestThread)).Select(one => one.MessageId).Distinct()];
        return new(mail.InReplyTo ?? theirs.MaxBy(one => one.At)?.MessageId ?? ours.MaxBy(one => one.At)?.MessageId, references);
    }
}
