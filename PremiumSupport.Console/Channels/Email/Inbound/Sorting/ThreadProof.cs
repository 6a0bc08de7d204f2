using PremiumSupport.Channels.Email.Inbound.Parsing;
using PremiumSupport.Platform.Mail;

namespace PremiumSupport.Channels.Email.Inbound.Sorting;

/// <summary>What a mail bears of our signatures, each checked (trust rule 9; FreeScout CVE-2026-47123: made, and never checked). Pure.</summary>
/// <param name="Ticket">The ticket that a valid one leads to; null when there is none.</param>
/// <param name="IsTampered">Something looks like one of ours and is not.</param>
internal sealed record ThreadProof(long? Ticket, bool IsTampered)
{
    /// <summary>Looks at whom it was sent to first: that address was made for one ticket. Then at the mails that it answers.</summary>
    /// <param name="mail">The mail.</param>
    /// <param name="signer">Checks.</param>
    /// <param name="replyBox">What our reply addresses begin with, up to the plus sign.</param>
    public static ThreadProof Of(ParsedMail mail, MailSigner signer, string? replyBox)
    {
        var addressed = mail.Recipients.Select(person => person.Address).Where(address => replyBox is not null && address.StartsWith(replyBox + "+", StringComparison.OrdinalIgnoreCase)).ToList();
        var ours = mail.References.Where(id => id.EndsWith("@" + signer.Domain, StringComparison.OrdinalIgnoreCase)).ToList();
        var tickets = addressed.Select(signer.TicketOf).Concat(ours.Select(id => signer.MailOf(id)?.TicketNumber is > 0 and var ticket ? ticket : (long?)null)).OfType<long>();
        return new(tickets.Select(ticket => (long?)ticket).FirstOrDefault(), addressed.Any(address => signer.TicketOf(address) is null) || ours.Any(id => signer.MailOf(id) is null));
    }

    /// <summary>The mail of ours that a report of undelivered mail means; null when none of its ids is signed.</summary>
    public static Rules.BouncedMail? Bounced(BounceReport report, MailSigner signer) =>
        report.OriginalIds.Select(signer.MailOf).OfType<SignedMail>().Select(mail => new Rules.BouncedMail(mail.Id, mail.TicketNumber)).FirstOrDefault();
}
