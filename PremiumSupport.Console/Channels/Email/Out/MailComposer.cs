using System.Net.Mail;
using MimeKit;
using MimeKit.Utils;
using PremiumSupport.Channels.Email.Out.Templates;
using PremiumSupport.Desk.Accounts;
using PremiumSupport.Desk.Outbox;
using PremiumSupport.Platform.Mail;

namespace PremiumSupport.Channels.Email.Out;

/// <summary>A mail that is ready to go, or the reason why nobody needs it any more.</summary>
internal sealed record Composed(MimeMessage? Message, string? Needless = null);

/// <summary>
/// Makes the message of a row of the outbox: what it says by its template, and the headers by which mail programs put it where it belongs and robots leave it alone.
/// The same row gives the same Message-ID each time.
/// </summary>
internal sealed class MailComposer(MailContent content, OutboxQueries outbox, MailTemplateQueries templates, MailSigner signer, EmailOptions options, Workspace workspace, TimeProvider clock)
{
    /// <exception cref="InvalidOperationException">It cannot be made, however often it is tried; the message says why.</exception>
    public async Task<Composed> ComposeAsync(OutgoingMail mail, CancellationToken cancellation)
    {
        if (await content.ReadAsync(mail, cancellation) is not { } said)
        {
            return new(null, "Nobody needs it any more: what it is about is settled, or is somebody else's now.");
        }

        var frame = MailFrame.Of(await templates.CurrentAsync(mail.Kind, mail.Language, cancellation), said.Values, mail.Language, TakesReplies(mail));
        var message = new MimeMessage { Subject = frame.Subject, MessageId = mail.MessageId!, Date = clock.GetUtcNow() };
        message.From.Add(new MailboxAddress(MailFrame.SingleLine(said.Author is { } author ? $"{author} ({workspace.Name})" : options.From!.Name is { Length: > 0 } name ? name : workspace.Name), options.From!.Address));
        message.To.Add(new MailboxAddress(MailFrame.SingleLine(mail.ToName), Address(mail.To)));
        if (TakesReplies(mail))
        {
            message.ReplyTo.Add(new MailboxAddress(workspace.Name, signer.ReplyAddress(mail.TicketNumber!.Value)));
        }

        var thread = await outbox.ThreadAsync(mail, cancellation);
        if (thread.InReplyTo is { } answered && MimeUtils.ParseMessageId($"<{answered}>") is { } known)
        {
            message.InReplyTo = known;
        }

        foreach (var reference in thread.References)
        {
            if (MimeUtils.ParseMessageId($"<{reference}>") is { } id)
            {
                message.References.Add(id);
            }
        }

        if (said.Author is null)
        {
            // RFC 3834, and the header by which Exchange holds back its out-of-office notes.
            message.Headers.Add(HeaderId.AutoSubmitted, mail.InReplyTo is null ? "auto-generated" : "auto-replied");
            message.Headers.Add("X-Auto-Response-Suppress", "All");
        }

        message.Headers.Add(HeaderId.ContentLanguage, mail.Language);
        message.Body = Body(frame, said.Files);
        return new(message);
    }

    private static bool TakesReplies(OutgoingMail mail) => mail is { TicketNumber: not null, ContactId: not null };

    private static MimeEntity Body(MailFrame frame, IReadOnlyList<MailFile> files)
    {
        var body = new BodyBuilder { TextBody = frame.Text, HtmlBody = frame.Html };
        foreach (var file in files)
        {
            body.Attachments.Add(MailFrame.SingleLine(file.Name), file.Bytes, ContentType.TryParse(file.Kind, out var kind) ? kind : new ContentType("application", "octet-stream"));
        }

        return body.ToMessageBody();
    }

    /// <summary>An address that says nothing to a server but itself.</summary>
    private static string Address(string text) =>
        !text.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter) || letter is '<' or '>' or ',' or ';') && MailAddress.TryCreate(text, out var address) && address.Address == text
            ? text
            : throw new InvalidOperationException("That is not an address that a mail can be sent to.");
}
