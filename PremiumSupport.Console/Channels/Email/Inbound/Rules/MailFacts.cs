using PremiumSupport.Channels.Email.Inbound.Parsing;

namespace PremiumSupport.Channels.Email.Inbound.Rules;

/// <summary>What has to be known of a mail to say what becomes of it.</summary>
public sealed record MailFacts
{
    /// <summary>The mail.</summary>
    public required ParsedMail Mail { get; init; }

    /// <summary>The ticket that a signature of ours leads to, checked; null when the mail bears none (trust rule 9).</summary>
    public TicketThread? Thread { get; init; }

    /// <summary>Whether it bears something that looks like our signature and is none: somebody guessed or altered it.</summary>
    public bool IsTampered { get; init; }

    /// <summary>The mail of ours that a report of undelivered mail means, by its checked id; null when it means none.</summary>
    public BouncedMail? Bounced { get; init; }

    /// <summary>Contacts of the sender's address; of several accounts there may be several.</summary>
    public IReadOnlyList<KnownContact> Contacts { get; init; } = [];

    /// <summary>Whether somebody of the staff has the sender's address.</summary>
    public bool IsStaff { get; init; }

    /// <summary>Whether the sender's address is one of our own mailboxes.</summary>
    public bool IsOwn { get; init; }

    /// <summary>Whether the receiving server's findings are believed here, so that a sender without one is not.</summary>
    public bool ProofIsExpected { get; init; }

    /// <summary>What it found.</summary>
    public SenderFinding Finding { get; init; } = SenderFinding.Nothing;
}

/// <summary>A ticket that a mail belongs to.</summary>
/// <param name="Number">The ticket.</param>
/// <param name="RequesterId">Its requester.</param>
/// <param name="RequesterAddress">In lower case.</param>
/// <param name="IsClosed">Whether it takes no more messages.</param>
public sealed record TicketThread(long Number, Guid RequesterId, string RequesterAddress, bool IsClosed);

/// <summary>A contact whose address stands in From.</summary>
public sealed record KnownContact(Guid ContactId);

/// <summary>A mail of ours that never arrived.</summary>
/// <param name="Mail">The row of the outbox.</param>
/// <param name="TicketNumber">What it was about; 0 for no ticket.</param>
public sealed record BouncedMail(Guid Mail, long TicketNumber);

/// <summary>What becomes of a mail; each with its reason in a sentence for staff.</summary>
public abstract record MailFate(string Reason)
{
    /// <summary>Whether a machine may answer the sender, once a day at most (trust rules 10 and 11).</summary>
    public bool MayAnswer { get; init; }

    /// <summary>The next message of a ticket's own requester.</summary>
    public sealed record Reply(long Number, Guid ContactId, string Reason) : MailFate(Reason);

    /// <summary>A new ticket of a known contact, with the target and not the guarantee, which belongs to the form.</summary>
    public sealed record Opens(Guid ContactId, string Reason) : MailFate(Reason);

    /// <summary>Somebody else writes on a ticket: shown there as unverified, and sent nothing (trust rule 9).</summary>
    public sealed record Pending(long Number, string Reason) : MailFate(Reason);

    /// <summary>Waits for somebody of the staff.</summary>
    public sealed record Unverified(string Reason) : MailFate(Reason);

    /// <summary>A machine's answer; kept and counted as nothing.</summary>
    public sealed record Ignored(string Reason) : MailFate(Reason);

    /// <summary>A mail of ours never arrived.</summary>
    public sealed record Bounce(BouncedMail Mail, string Reason) : MailFate(Reason);

    /// <summary>Could not be read as a mail of anybody's; waits with its reason and a button.</summary>
    public sealed record Quarantined(string Reason) : MailFate(Reason);
}
