namespace PremiumSupport.Channels.Email.Inbound.Rules;

/// <summary>Says what becomes of a mail: a pure function of what is known of it. From is a claim; what it claims counts only as far as somebody else stands behind it (trust rule 9).</summary>
public static class MailRules
{
    /// <summary>The fate.</summary>
    public static MailFate Decide(MailFacts facts)
    {
        var mail = facts.Mail;
        if (mail.Bounce is { } report)
        {
            return facts.Bounced is not { } bounced ? new MailFate.Ignored("It reports a mail as undelivered that is none of ours, or that nobody can prove to be.")
                : report.IsFinal ? new MailFate.Bounce(bounced, report.Reason)
                : new MailFate.Ignored($"A mail of ours is late: {report.Reason}");
        }

        if (mail.From is null)
        {
            return new MailFate.Quarantined(Because(mail.Limit, "It names no sender, so it is nobody's and cannot be answered."));
        }

        if (facts.IsOwn)
        {
            return new MailFate.Ignored("It comes from our own address: answering it would be talking to ourselves.");
        }

        var automation = AutomationRules.Judge(mail);
        if (automation.Kind == Automation.Reply)
        {
            return new MailFate.Ignored(automation.Reason);
        }

        var mayAnswer = automation.Kind == Automation.None && !facts.IsTampered;
        return Sender(facts) is { } doubt
            ? facts.Thread is { } thread ? new MailFate.Pending(thread.Number, doubt) : new MailFate.Unverified(doubt)
            : Belongs(facts, mayAnswer);
    }

    // Why the sender is not believed, whatever they bring along; null when nothing speaks against them.
    private static string? Sender(MailFacts facts) =>
        facts.Mail.Senders > 1 ? "It names several senders."
        : facts.IsStaff ? "Its sender's address is a colleague's. Staff answers in the console: by mail anybody could be anybody (trust rule 10)."
        : facts.Finding.Authenticity == Authenticity.Disproven ? $"The receiving server found that it is not from where it says ({facts.Finding.Words})."
        : null;

    private static MailFate Belongs(MailFacts facts, bool mayAnswer)
    {
        var from = facts.Mail.From!.Address;
        if (facts.Thread is { } thread)
        {
            return from != thread.RequesterAddress ? new MailFate.Pending(thread.Number, $"{from} is not the requester of this ticket.")
                : thread.IsClosed ? new MailFate.Opens(thread.RequesterId, $"It answers ticket {thread.Number}, which is closed.") { MayAnswer = mayAnswer }
                : new MailFate.Reply(thread.Number, thread.RequesterId, "It answers a mail that was signed for this ticket.");
        }

        // A stranger's address may be a victim's: only one that its own server stands behind is written to (trust rule 10).
        var isProven = facts.Finding.Authenticity == Authenticity.Proven;
        return facts.Contacts switch
        {
            [] => new MailFate.Unverified($"{from} is no contact of any account.") { MayAnswer = mayAnswer && isProven },
            { Count: > 1 } => new MailFate.Unverified($"{from} is a contact of {facts.Contacts.Count} accounts; say which is meant.") { MayAnswer = mayAnswer && isProven },
            _ when facts.ProofIsExpected && !isProven => new MailFate.Unverified($"Nothing proves that it is from {from}{(facts.Finding.Words.Length > 0 ? $" ({facts.Finding.Words})" : "")}."),
            [var contact] => new MailFate.Opens(contact.ContactId, "A known contact wrote straight to the mailbox.") { MayAnswer = mayAnswer },
        };
    }

    private static string Because(string? limit, string reason) => limit is null ? reason : $"{reason} {limit}";
}
