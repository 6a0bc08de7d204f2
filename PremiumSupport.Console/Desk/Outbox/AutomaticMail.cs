namespace PremiumSupport.Desk.Outbox;

/// <summary>
/// A mail that a program sends by itself and that carries nothing of a conversation: a neutral answer to a stranger, for example. It says of itself that it is automatic.
/// Whether one may be sent at all, and how often to one address, is for the sender to decide (trust rule 11).
/// </summary>
/// <param name="Kind">Its template. A new kind is a member of <see cref="MailKind"/> and six default templates.</param>
/// <param name="To">The address, and nothing but the address.</param>
/// <param name="Language">One of the six languages; any other is read as English.</param>
public sealed record AutomaticMail(MailKind Kind, string To, string Language = "en")
{
    public string? ToName { get; init; }

    /// <summary>The reader's IANA zone, for instants.</summary>
    public string Zone { get; init; } = "Etc/UTC";

    /// <summary>What it is about, for its Message-ID and its reply address; null for nothing that has a number. Such a mail gets no signed reply address.</summary>
    public long? TicketNumber { get; init; }

    /// <summary>What the template may show, by name: text, never markup. Keep a stranger's own words out of it (trust rule 10).</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    /// <summary>The Message-ID of the mail that it answers, without angle brackets.</summary>
    public string? InReplyTo { get; init; }
}
