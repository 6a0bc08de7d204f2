using PremiumSupport.Channels.Email.Inbound.Parsing;
using PremiumSupport.Channels.Email.Inbound.Rules;
using PremiumSupport.Desk.Intake;
using PremiumSupport.Desk.Outbox;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Mail;
using PremiumSupport.Sla;

namespace PremiumSupport.Channels.Email.Inbound.Sorting;

/// <summary>
/// Makes of one kept mail what it is to become: parse, look up, decide, do. Doing it twice does it once, for the id of the message follows from the mail; so a crash anywhere in between costs nothing.
/// </summary>
internal sealed class MailSorter(
    EmailInOptions options, EmailOptions email, MailSigner signer, SenderQueries senders, ICustomerDirectory customers, MailFiles files, TicketCommands tickets, OutboxQueries outbox, StaffLinkMails links, TimeProvider clock)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    /// <summary>What the mail became, to be noted.</summary>
    /// <exception cref="MailFiles.NotNowException">The server has no room or no scanner right now.</exception>
    public async Task<IntakeResult> SortAsync(WaitingMail waiting, CancellationToken cancellation)
    {
        if (waiting.IsPoison)
        {
            return new(IntakeState.Quarantined, $"Looking into it ended with the product {IntakeCommands.MostAttempts} times, so it is left unread.");
        }

        if (waiting.Size > ParsingLimits.Bytes)
        {
            var header = TryParse(waiting.Bytes);
            return Noted(header ?? new ParsedMail(), new(IntakeState.Quarantined, $"{MailGauge.TooLarge(waiting.Size)} It stays in the mailbox."), SenderFinding.Nothing, []);
        }

        ParsedMail mail;
        try
        {
            mail = MailParser.Parse(waiting.Bytes);
        }
        catch (Exception broken) when (broken is not OutOfMemoryException)
        {
            // A parser may fail in any way on what strangers make; one mail never stops the others (trust rule 12).
            return new(IntakeState.Quarantined, $"It could not be read: {MailText.Line(broken.Message, 300)}");
        }

        var finding = SenderProof.Of(mail, options.Mailboxes.FirstOrDefault(mailbox => mailbox.Name == waiting.Mailbox)?.AuthServId);
        var fate = await FateAsync(waiting, mail, finding, cancellation);
        return await DoAsync(fate, waiting, mail, finding, cancellation);
    }

    private async Task<MailFate> FateAsync(WaitingMail waiting, ParsedMail mail, SenderFinding finding, CancellationToken cancellation)
    {
        var proof = ThreadProof.Of(mail, signer, ReplyBox);
        var thread = proof.Ticket is { } number ? await senders.ThreadAsync(number, cancellation) : null;
        if (waiting.AcceptedAs is { } accepted)
        {
            return thread is { IsClosed: false } && thread.RequesterId == accepted
                ? new MailFate.Reply(thread.Number, accepted, "Somebody of the staff said whose it is.")
                : new MailFate.Opens(accepted, "Somebody of the staff said whose it is.");
        }

        var (contacts, isStaff) = mail.From is { } from ? await senders.OfAsync(from.Address, cancellation) : ([], false);
        return MailRules.Decide(new()
        {
            Mail = mail,
            Thread = thread,
            IsTampered = proof.IsTampered,
            Bounced = mail.Bounce is { } report ? ThreadProof.Bounced(report, signer) : null,
            Contacts = contacts,
            IsStaff = isStaff,
            IsOwn = mail.From is { } sender && IsOwn(sender.Address),
            ProofIsExpected = options.Mailboxes.Any(mailbox => mailbox.Name == waiting.Mailbox && mailbox.AuthServId is not null),
            Finding = finding,
        });
    }

    private async Task<IntakeResult> DoAsync(MailFate fate, WaitingMail waiting, ParsedMail mail, SenderFinding finding, CancellationToken cancellation)
    {
        switch (fate)
        {
            case MailFate.Reply reply:
                return await WriteAsync(reply.ContactId, reply.Number, reply, waiting, mail, finding, cancellation);
            case MailFate.Opens opens:
                return await WriteAsync(opens.ContactId, null, opens, waiting, mail, finding, cancellation);
            case MailFate.Pending pending:
                await tickets.HoldMailAsync(pending.Number, waiting.Id, $"{mail.From!.Name} <{mail.From.Address}>".Trim(), cancellation);
                return Noted(mail, new(IntakeState.Pending, pending.Reason) { TicketNumber = pending.Number }, finding, []);
            case MailFate.Bounce bounce:
                return Noted(mail, new(IntakeState.Done, $"A mail of ours never arrived: {bounce.Reason}") { TicketNumber = await BounceAsync(bounce, cancellation) }, finding, []);
            case MailFate.Unverified unverified:
                return Noted(mail, new(IntakeState.Unverified, unverified.Reason) { Answer = unverified.MayAnswer ? AutoAnswerKind.Stranger : AutoAnswerKind.None }, finding, []);
            case MailFate.Quarantined quarantined:
                return Noted(mail, new(IntakeState.Quarantined, quarantined.Reason), finding, []);
            default:
                return Noted(mail, new(IntakeState.Ignored, fate.Reason), finding, []);
        }
    }

    private async Task<IntakeResult> WriteAsync(Guid contactId, long? number, MailFate fate, WaitingMail waiting, ParsedMail mail, SenderFinding finding, CancellationToken cancellation)
    {
        if (await customers.FindAsync(contactId, cancellation) is not { } card)
        {
            return Noted(mail, new(IntakeState.Unverified, "The contact that it belonged to is gone."), finding, []);
        }

        var caller = new CustomerCaller(card.ContactId, card.AccountId, card.Name, card.Email);
        var taken = await files.TakeAsync(mail, waiting.Fingerprint, caller, clock.GetUtcNow() - waiting.KeptAt < LongestWait, cancellation);
        var clientId = $"mail-{waiting.Fingerprint[..40]}";
        var (body, cut) = Body(mail, taken.Ids.Count);
        var remarks = taken.Remarks.Concat(cut);
        if (number is { } ticket)
        {
            var posted = await tickets.PostAsync(ticket, new(body, taken.Ids), clientId, caller, cancellation);
            if (posted.Value is { } message)
            {
                return Noted(mail, new(IntakeState.Done, fate.Reason) { TicketNumber = ticket, Sequence = message.Sequence }, finding, taken.Inline, remarks);
            }

            // Closed or merged between the look and the write.
            if (posted.Refusal is { Kind: not RefusalKind.Conflict } refused)
            {
                return Noted(mail, new(IntakeState.Unverified, refused.Message), finding, [], remarks);
            }
        }

        var opened = await tickets.OpenAsync(
            new()
            {
                Channel = Channel.Mailbox, Subject = mail.Subject.Length > 0 ? mail.Subject : "(no subject)", Body = body, Files = taken.Ids, ClientMessageId = clientId,
            },
            caller, cancellation);
        return opened.Value is { } request
            ? Noted(mail, new(IntakeState.Done, fate.Reason) { TicketNumber = request.Number, Sequence = request.Sequence, Answer = fate.MayAnswer ? AutoAnswerKind.Receipt : AutoAnswerKind.None }, finding, taken.Inline, remarks)
            : Noted(mail, new(IntakeState.Unverified, opened.Refusal!.Message), finding, [], remarks);
    }

    private async Task<long?> BounceAsync(MailFate.Bounce bounce, CancellationToken cancellation)
    {
        if (bounce.Mail.TicketNumber == 0)
        {
            await links.NoteBouncedAsync(bounce.Mail.Mail, bounce.Reason, cancellation);
            return null;
        }

        // A mail that was cleared away still names its ticket; only what it carried is no longer known.
        var sent = await outbox.FindAsync(bounce.Mail.Mail, cancellation);
        var sequence = sent is { Kind: MailKind.Answer } && sent.TicketNumber == bounce.Mail.TicketNumber ? sent.Sequence : null;
        await tickets.BounceMailAsync(bounce.Mail.TicketNumber, bounce.Mail.Mail, sequence, bounce.Reason, cancellation);
        return bounce.Mail.TicketNumber;
    }

    private static (string Body, IReadOnlyList<string> Remarks) Body(ParsedMail mail, int files)
    {
        var said = MessageText.Tidy(mail.Words.Said);
        return MessageText.Check(said, "body", files > 0).ToList() is [] ? (said, [])
            : said.Length > TicketLimits.Body ? (said[..(TicketLimits.Body - 2)].TrimEnd() + "…", [$"Its text has {said.Length:N0} characters; the first {TicketLimits.Body:N0} are shown, and all are in the original."])
            : ("(no text)", []);
    }

    private static IntakeResult Noted(ParsedMail mail, IntakeResult result, SenderFinding finding, IReadOnlyList<InlineFile> inline, IEnumerable<string>? remarks = null) => result with
    {
        FromAddress = mail.From?.Address ?? "",
        FromName = mail.From?.Name ?? "",
        Subject = mail.Subject,
        MessageId = mail.MessageId,
        Proof = finding.Words,
        View = new()
        {
            Said = MessageText.Tidy(mail.Words.Said) is var said && said.Length > TicketLimits.Body ? said[..TicketLimits.Body] : said,
            Quoted = mail.Words.Quoted,
            Signature = mail.Words.Signature,
            Html = mail.Html,
            Remarks = [.. mail.Remarks, .. remarks ?? []],
            Inline = inline,
        },
    };

    private static ParsedMail? TryParse(byte[] header)
    {
        try
        {
            return MailParser.Parse(header);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    // What our reply addresses begin with, up to the plus sign.
    private string? ReplyBox => email.ReplyBox is { } box ? box.LocalPart : null;

    private bool IsOwn(string address) => options.OwnAddresses.Contains(address) || signer.TicketOf(address) is not null;
}
