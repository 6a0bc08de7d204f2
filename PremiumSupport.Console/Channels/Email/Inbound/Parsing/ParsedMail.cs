namespace PremiumSupport.Channels.Email.Inbound.Parsing;

/// <summary>A mail as far as it could be read. Everything in it is what somebody claims: texts are tidied and cut, nothing is trusted.</summary>
public sealed record ParsedMail
{
    /// <summary>Who it says it is from; null when it names nobody.</summary>
    public MailPerson? From { get; init; }

    /// <summary>How many senders it names. More than one is a way to look like somebody else, so nobody is believed then.</summary>
    public int Senders { get; init; }

    /// <summary>Those it was sent to, To before Cc, at most <see cref="ParsingLimits.Recipients"/>, and those that servers say they delivered it to.</summary>
    public IReadOnlyList<MailPerson> Recipients { get; init; } = [];

    /// <summary>How many there were in all.</summary>
    public int RecipientCount { get; init; }

    /// <summary>On one line, without control and bidi characters; empty when there is none.</summary>
    public string Subject { get; init; } = "";

    /// <summary>Without angle brackets; null when it has none.</summary>
    public string? MessageId { get; init; }

    /// <summary>The mails that it says it answers, nearest first, without angle brackets.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>When it says it was written; null when it does not, or nonsense.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>Its words, in plain text.</summary>
    public MailWords Words { get; init; } = MailWords.None;

    /// <summary>Its HTML, cleaned (trust rule 13); null when it has none, or none that may be shown.</summary>
    public string? Html { get; init; }

    /// <summary>Attached and inline files, in their order.</summary>
    public IReadOnlyList<MailFile> Files { get; init; } = [];

    /// <summary>What of it could not be shown, or not as it was meant, in sentences for staff. Silence would be a loss (trust rule 12).</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>What speaks of the machine that sent it.</summary>
    public MailSigns Signs { get; init; } = new();

    /// <summary>What it reports as undelivered; null when it is no such report.</summary>
    public BounceReport? Bounce { get; init; }

    /// <summary>A limit that it broke, so that only its header was read; null when all of it was.</summary>
    public string? Limit { get; init; }
}

/// <summary>A person or machine as a header field names it: an address in lower case, a name that may be a lie.</summary>
public sealed record MailPerson(string Address, string Name);

/// <summary>A mail's text in its three layers.</summary>
/// <param name="Said">What its author says in it.</param>
/// <param name="Quoted">What they left standing of earlier mails; kept, and folded when shown.</param>
/// <param name="Signature">Their signature, likewise.</param>
public sealed record MailWords(string Said, string Quoted, string Signature)
{
    /// <summary>Nothing at all.</summary>
    public static MailWords None { get; } = new("", "", "");
}

/// <summary>A file in a mail.</summary>
/// <param name="Name">Tidied, never empty (trust rule 15).</param>
/// <param name="Bytes">Decoded.</param>
/// <param name="ContentId">By which the HTML shows it, without angle brackets; null for a plain attachment.</param>
public sealed record MailFile(string Name, byte[] Bytes, string? ContentId);

/// <summary>Header fields that tell a machine from a human (trust rule 11); null where a field is missing.</summary>
public sealed record MailSigns
{
    public string? AutoSubmitted { get; init; }
    public string? Precedence { get; init; }

    /// <summary>True when the receiving server noted an empty return path: nobody is to answer it.</summary>
    public bool HasNullReturnPath { get; init; }

    /// <summary>Names of the fields that mailing lists add.</summary>
    public IReadOnlyList<string> ListFields { get; init; } = [];

    /// <summary>Names of the fields that automatic answers of common programs carry.</summary>
    public IReadOnlyList<string> ReplyFields { get; init; } = [];

    public string? AutoResponseSuppress { get; init; }

    /// <summary>The parameter of a multipart/report: <c>delivery-status</c>, <c>disposition-notification</c>…; empty when it has none.</summary>
    public string? ReportType { get; init; }

    /// <summary>The fields <c>Authentication-Results</c>, topmost first, as they stand.</summary>
    public IReadOnlyList<string> AuthenticationResults { get; init; } = [];
}

/// <summary>What a mail system says of a mail that it could not deliver.</summary>
/// <param name="OriginalIds">Ids of the mail in question, wherever they were found, without angle brackets.</param>
/// <param name="IsFinal">False for a mere delay, which changes nothing.</param>
/// <param name="Reason">In the mail system's words, on one line; never empty.</param>
public sealed record BounceReport(IReadOnlyList<string> OriginalIds, bool IsFinal, string Reason);
