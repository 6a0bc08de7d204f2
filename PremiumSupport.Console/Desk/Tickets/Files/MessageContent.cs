namespace PremiumSupport.Desk.Tickets.Files;

/// <summary>What somebody wants to say: words, files that they uploaded before, or both. Nothing in it is trusted yet; a text alone is one too.</summary>
public readonly record struct MessageContent(string? Text, IReadOnlyList<Guid>? Files = null)
{
    /// <summary>Words without files.</summary>
    public static implicit operator MessageContent(string? text) => new(text);

    /// <summary>The ids of the files, each once.</summary>
    public IReadOnlyList<Guid> FileIds => [.. (Files ?? []).Distinct()];
}
