namespace PremiumSupport.Desk.Intake;

/// <summary>Where a mail that came in stands.</summary>
public enum IntakeState
{
    /// <summary>Kept, and not looked at yet.</summary>
    Received,

    /// <summary>Became a ticket or a message, or told us of a bounce.</summary>
    Done,

    /// <summary>A machine's answer; counts as nothing.</summary>
    Ignored,

    /// <summary>Waits for somebody to say who wrote it.</summary>
    Unverified,

    /// <summary>Somebody else than the requester wrote on a ticket; shown there (trust rule 9).</summary>
    Pending,

    /// <summary>Could not be read; waits with the reason.</summary>
    Quarantined,

    /// <summary>Put away by hand.</summary>
    Discarded,
}

/// <summary>A mail that came in. Its bytes are kept before anybody looks into them (trust rule 12), beside it in <see cref="InboundBytes"/>, so that lists never load them.</summary>
public sealed class InboundMail
{
    public long Id { get; set; }

    /// <summary>The mailbox it came from, by the name of its configuration.</summary>
    public required string Mailbox { get; set; }

    /// <summary>The server's number of that mailbox's numbering.</summary>
    public long UidValidity { get; set; }

    /// <summary>The server's number of the mail.</summary>
    public long Uid { get; set; }

    /// <summary>Of id, date and body: the same mail delivered twice, or numbered anew, has the same.</summary>
    public required string Fingerprint { get; set; }

    /// <summary>How often the same mail came in all.</summary>
    public int Copies { get; set; } = 1;

    /// <summary>When the server got it.</summary>
    public DateTimeOffset ArrivedAt { get; set; }

    /// <summary>When we kept it.</summary>
    public DateTimeOffset KeptAt { get; set; }

    /// <summary>In bytes, as it lies in the mailbox.</summary>
    public long Size { get; set; }

    public IntakeState State { get; set; }

    /// <summary>Why it stands there, in a sentence for staff.</summary>
    public string Reason { get; set; } = "";

    /// <summary>How often somebody began to look into it: one that takes the product down each time is poison (trust rule 12).</summary>
    public int Attempts { get; set; }

    /// <summary>When it is looked at next, while it is <see cref="IntakeState.Received"/>.</summary>
    public DateTimeOffset DueAt { get; set; }

    /// <summary>What it says of its sender; empty before it was read.</summary>
    public string FromAddress { get; set; } = "";

    public string FromName { get; set; } = "";
    public string Subject { get; set; } = "";

    /// <summary>Without angle brackets; null when it has none.</summary>
    public string? MessageId { get; set; }

    /// <summary>What the receiving server found out about the sender, in the words of the field; empty when nothing is known.</summary>
    public string Proof { get; set; } = "";

    /// <summary>Whom somebody of the staff said it is from: it is then taken as theirs.</summary>
    public Guid? AcceptedAs { get; set; }

    /// <summary>The ticket that it belongs to; null when to none.</summary>
    public long? TicketNumber { get; set; }

    /// <summary>The message that it became.</summary>
    public long? Sequence { get; set; }

    /// <summary>When it got where it stands.</summary>
    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>Who put it there, when it was a person.</summary>
    public string? DecidedBy { get; set; }
}

/// <summary>The bytes of a mail as the server gave them; of one that is too large, its header.</summary>
public sealed class InboundBytes
{
    public long MailId { get; set; }
    public required byte[] Bytes { get; set; }
}

/// <summary>What was made of a mail when it came in: never made again, so that what is shown is what was cleaned (trust rule 13).</summary>
public sealed class InboundView
{
    public long MailId { get; set; }

    /// <summary>Its words, at most as long as a message.</summary>
    public string Said { get; set; } = "";

    public string Quoted { get; set; } = "";
    public string Signature { get; set; } = "";

    /// <summary>Cleaned; null when there is none to be shown.</summary>
    public string? Html { get; set; }

    /// <summary>What could not be shown, in sentences.</summary>
    public IReadOnlyList<string> Remarks { get; set; } = [];

    /// <summary>The files that its HTML shows, by the names it calls them.</summary>
    public IReadOnlyList<InlineFile> Inline { get; set; } = [];
}

/// <summary>A file shown within a mail's HTML.</summary>
public sealed record InlineFile(string ContentId, Guid FileId);

/// <summary>How far a mailbox was read. Moves in the transaction that keeps the mails (trust rule 12).</summary>
public sealed class MailCursor
{
    public required string Mailbox { get; set; }
    public long UidValidity { get; set; }
    public long Uid { get; set; }
}

/// <summary>An automatic mail to somebody who wrote to us: one a day and address, and not too many an hour (trust rule 11).</summary>
public sealed class AutoAnswer
{
    public long Id { get; set; }
    public required string Mailbox { get; set; }
    public required string Address { get; set; }
    public DateTimeOffset At { get; set; }
}
