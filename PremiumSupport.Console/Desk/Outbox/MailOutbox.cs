using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Mail;

namespace PremiumSupport.Desk.Outbox;

/// <summary>
/// Writes mails in the transaction that causes them, through the write queue's context; whoever commits it may nudge <see cref="OutboxCommands.Topic"/>, and need not.
/// Where no server is configured nothing is written, so nothing gathers for the day when there is one.
/// </summary>
public sealed class MailOutbox(EmailOptions options)
{
    /// <summary>Whether anything is written.</summary>
    public bool IsOn => options.Sends;

    /// <summary>How long a person's answer waits, so that it can be withdrawn.</summary>
    public TimeSpan UndoWindow => options.UndoWindow;

    /// <summary>An automatic mail that carries nothing of a conversation. Its id; null where nothing is sent.</summary>
    /// <param name="db">The write queue's context; saved by it.</param>
    /// <param name="mail">What to send.</param>
    /// <param name="now">The unit of work's now, in whole milliseconds.</param>
    public Guid? Add(SupportDb db, AutomaticMail mail, DateTimeOffset now) => Add(db, now, new()
    {
        Kind = mail.Kind,
        To = mail.To,
        ToName = mail.ToName ?? "",
        Language = mail.Language,
        Zone = mail.Zone,
        TicketNumber = mail.TicketNumber,
        Values = new(mail.Values),
        InReplyTo = mail.InReplyTo,
    });

    /// <summary>Keeps the Message-ID of a mail that its customer wrote to a ticket, so that our next one answers it in their mail program. The same id again is kept once.</summary>
    /// <param name="db">The write queue's context.</param>
    /// <param name="ticketNumber">The ticket that the mail became, or came to.</param>
    /// <param name="messageId">As its header says it, with or without angle brackets; one that is no id, or longer than any program makes them, is left out.</param>
    /// <param name="now">The unit of work's now.</param>
    public static async Task RememberAsync(SupportDb db, long ticketNumber, string? messageId, DateTimeOffset now)
    {
        var id = messageId?.Trim().TrimStart('<').TrimEnd('>');
        if (id is { Length: > 0 and <= MailLimits.MessageId } && !id.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter) || letter is '<' or '>')
            && !await db.Set<ThreadMail>().AnyAsync(mail => mail.TicketNumber == ticketNumber && mail.MessageId == id))
        {
            db.Add(new ThreadMail { TicketNumber = ticketNumber, MessageId = id, At = now });
        }
    }

    /// <summary>A mail of the desk's own; for the rooms that know what it is about.</summary>
    internal Guid? Add(SupportDb db, DateTimeOffset now, OutgoingMail mail, TimeSpan after = default)
    {
        if (!IsOn)
        {
            return null;
        }

        (mail.Id, mail.State, mail.CreatedAt, mail.DueAt) = (Guid.CreateVersion7(), MailState.Waiting, now, now + after);
        if (mail.ToName.Length > MailLimits.Name)
        {
            mail.ToName = mail.ToName[..MailLimits.Name];
        }

        db.Add(mail);
        return mail.Id;
    }
}
