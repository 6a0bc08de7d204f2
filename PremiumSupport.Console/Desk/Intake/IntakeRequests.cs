namespace PremiumSupport.Desk.Intake;

/// <summary>A mail as a mailbox gave it.</summary>
/// <param name="Uid">The server's number.</param>
/// <param name="ArrivedAt">When the server got it.</param>
/// <param name="Size">As it lies in the mailbox.</param>
/// <param name="Bytes">All of it; of one that is too large, its header.</param>
public sealed record FetchedMail(long Uid, DateTimeOffset ArrivedAt, long Size, byte[] Bytes);

/// <summary>A mail to be looked into.</summary>
/// <param name="IsPoison">Whoever began to look into it was taken down too often.</param>
public sealed record WaitingMail(long Id, string Mailbox, string Fingerprint, long Size, byte[] Bytes, DateTimeOffset ArrivedAt, DateTimeOffset KeptAt, Guid? AcceptedAs, bool IsPoison);

/// <summary>What became of a mail, to be noted beside it.</summary>
public sealed record IntakeResult(IntakeState State, string Reason)
{
    public string FromAddress { get; init; } = "";
    public string FromName { get; init; } = "";
    public string Subject { get; init; } = "";
    public string? MessageId { get; init; }
    public string Proof { get; init; } = "";
    public long? TicketNumber { get; init; }
    public long? Sequence { get; init; }

    /// <summary>What is shown of it; null when it could not be read.</summary>
    public InboundView? View { get; init; }

    /// <summary>What a machine may write to the sender, as far as <see cref="AutoAnswerRules"/> lets it.</summary>
    public AutoAnswerKind Answer { get; init; }
}

/// <summary>What a machine writes to somebody who wrote to us.</summary>
public enum AutoAnswerKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The receipt of the ticket that the mail became.</summary>
    Receipt,

    /// <summary>A neutral sentence to somebody whom nobody here knows, with none of their words in it (trust rule 10).</summary>
    Stranger,
}
