namespace PremiumSupport.Desk.Tickets.Drafts;

/// <summary>A draft as a window sends it.</summary>
/// <param name="Text">What is in the box, exactly; half of a text is kept as it is.</param>
/// <param name="Files">The author's pending uploads.</param>
/// <param name="MessageId">The id under which it will be sent.</param>
/// <param name="Seen">Up to which public message its author had read when they began.</param>
/// <param name="Version">The draft's version that the window knows: 0 for none, null to write over whatever is there.</param>
public sealed record DraftInput(string? Text, IReadOnlyList<Guid>? Files, string? MessageId, long? Seen, long? Version)
{
    /// <summary>What is to be done to the ticket when it goes; words of <see cref="Sending.SendDeeds"/>. By themselves they are nothing to keep.</summary>
    public IReadOnlyList<string>? Deeds { get; init; }

    /// <summary>Whether there is nothing to keep.</summary>
    public bool IsEmpty => string.IsNullOrWhiteSpace(Text) && Files is null or { Count: 0 };
}

/// <summary>What becomes of a draft that a window sends: pure.</summary>
public static class DraftRules
{
    /// <summary>Characters that are kept: more than can be sent, so that what is too long can be shortened anywhere.</summary>
    public const int LongestText = 2 * TicketLimits.Body;

    /// <summary>What is wrong with a draft whatever is stored; null when nothing is.</summary>
    public static Refusal? Check(DraftInput input) =>
        input.Text?.Length > LongestText ? Refusal.Invalid(("text", $"Drafts of up to {LongestText:N0} characters are kept on the server. This one stays on this device alone."))
        : input.Files?.Count > TicketLimits.Files ? Refusal.Invalid(("files", $"Up to {TicketLimits.Files} files fit into one message."))
        : input.IsEmpty || input.MessageId is { Length: > 0 and <= TicketLimits.ClientMessageId } ? null
        : Refusal.Invalid(("messageId", $"A message id has 1 to {TicketLimits.ClientMessageId} characters."));

    /// <summary>
    /// Whether the window wrote from an older draft than the one that is stored, and says something else. The stored one is newer then: it stays, and the window is shown it.
    /// Where nothing is stored any more, nothing can be lost by writing.
    /// </summary>
    public static bool IsStale(MessageDraft? stored, DraftInput input) =>
        stored is not null && input.Version is { } known && known != stored.Version && !IsSame(stored, input);

    /// <summary>Whether both say the same, so that keeping it again after a lost answer changes nothing.</summary>
    public static bool IsSame(MessageDraft stored, DraftInput input) => stored.Text == (input.Text ?? "") && stored.Files.SequenceEqual(input.Files ?? []) && stored.Deeds.SequenceEqual(input.Deeds ?? []);

    /// <summary>The version after that one, at that instant.</summary>
    public static long NextVersion(MessageDraft? stored, DateTimeOffset now) => Math.Max(now.ToUnixTimeMilliseconds(), (stored?.Version ?? 0) + 1);

    /// <summary>Two drafts of one person that come to the same ticket: both texts, the one that was there first on top, and all files.</summary>
    public static (string Text, IReadOnlyList<Guid> Files) Join(MessageDraft there, MessageDraft comes) =>
        (string.Join("\n\n", new[] { there.Text, comes.Text }.Where(text => text.Length > 0)), [.. there.Files.Concat(comes.Files).Distinct()]);
}
