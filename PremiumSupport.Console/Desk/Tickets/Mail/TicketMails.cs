using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Accounts;
using PremiumSupport.Desk.Outbox;
using PremiumSupport.Platform.Data;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets.Mail;

/// <summary>
/// Which deed of a ticket causes which mail to its requester, written with the deed. Takes public messages and nothing else; what a mail says is read when it goes, from
/// the requester's own view of the ticket (trust rule 5).
/// </summary>
/// <param name="outbox">Null where nothing is ever mailed: the demo's history.</param>
public sealed class TicketMails(MailOutbox? outbox)
{
    /// <summary>Whether mails are sent from here at all: a server is configured.</summary>
    public bool IsOn => outbox is { IsOn: true };

    /// <summary>Mails nothing.</summary>
    public static TicketMails None { get; } = new(null);

    /// <summary>A request came in by form, or for a call. A chat is answered where it is; for mail, whoever took it in decides (trust rule 11) and calls <see cref="ReceiptAsync"/>.</summary>
    internal Task OpenedAsync(SupportDb db, long number, Channel channel, DateTimeOffset now) =>
        channel is Channel.Email or Channel.Phone ? ReceiptAsync(db, number, now) : Task.CompletedTask;

    /// <summary>The receipt: what was promised, until when.</summary>
    internal Task ReceiptAsync(SupportDb db, long number, DateTimeOffset now) => AddAsync(db, number, MailKind.Receipt, null, now);

    /// <summary>Staff, or a program for them, wrote to the requester. A person's answer waits for the undo window unless it has waited already; in a chat it is there already.</summary>
    internal Task AnsweredAsync(SupportDb db, PublicMessage message, Channel channel, DateTimeOffset now, bool isHeld = true) =>
        channel == Channel.Chat ? Task.CompletedTask : AddAsync(db, message.TicketNumber, MailKind.Answer, message.Sequence, now, message.IsAutomated || !isHeld ? default : outbox?.UndoWindow ?? default);

    /// <summary>A claim was declined; the reason is the ticket's.</summary>
    internal Task DeclinedAsync(SupportDb db, long number, DateTimeOffset now) => AddAsync(db, number, MailKind.ClaimDeclined, null, now);

    /// <summary>The number that the requester wants to be called on is somebody else's. Goes with a person's answers, so that a slip of the finger can be withdrawn.</summary>
    internal Task WrongNumberAsync(SupportDb db, long number, DateTimeOffset now) => AddAsync(db, number, MailKind.WrongNumber, null, now, outbox?.UndoWindow ?? default);

    /// <summary>The requester asked for their conversation. False where nothing is sent. One that still waits says it all.</summary>
    internal async Task<bool> TranscriptAsync(SupportDb db, long number, DateTimeOffset now)
    {
        if (!IsOn)
        {
            return false;
        }

        if (!await db.Set<OutgoingMail>().AnyAsync(mail => mail.TicketNumber == number && mail.Kind == MailKind.Transcript && mail.State == MailState.Waiting && mail.Tries == 0))
        {
            await AddAsync(db, number, MailKind.Transcript, null, now);
        }

        return true;
    }

    private async Task AddAsync(SupportDb db, long number, MailKind kind, long? sequence, DateTimeOffset now, TimeSpan after = default)
    {
        if (outbox is not { IsOn: true })
        {
            return;
        }

        var to = await db.Set<Ticket>().AsNoTracking()
            .Where(ticket => ticket.Number == number)
            .Join(db.Set<Contact>(), ticket => ticket.RequesterId, contact => contact.Id, (ticket, contact) => new { ticket, contact })
            .Select(both => new { both.contact.Id, both.contact.Email, both.contact.Name, Language = both.contact.Locale ?? both.ticket.Locale, Zone = both.contact.Zone ?? both.contact.Account!.Zone })
            .SingleAsync();
        outbox.Add(
            db,
            now,
            new()
            {
                Kind = kind,
                TicketNumber = number,
                Sequence = sequence,
                ContactId = to.Id,
                To = to.Email,
                ToName = to.Name,
                Language = MailLanguages.Known(to.Language),
                Zone = to.Zone,
            },
            after);
    }
}
