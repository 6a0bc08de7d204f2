namespace PremiumSupport.Desk.Tickets.Next;

/// <summary>Who skipped what lately, and how much each person carries at most; as of one reading.</summary>
/// <param name="Until">By person and ticket, until when it is not offered to them.</param>
/// <param name="Limits">By person; who is missing has no limit.</param>
public sealed record NextFacts(IReadOnlyDictionary<(Guid Staff, long Ticket), DateTimeOffset> Until, IReadOnlyDictionary<Guid, int> Limits)
{
    /// <summary>Nobody skipped anything, and nobody has a limit.</summary>
    public static NextFacts None { get; } = new(new Dictionary<(Guid, long), DateTimeOffset>(), new Dictionary<Guid, int>());

    /// <summary>Whether that person skipped that ticket and the skip still counts.</summary>
    public bool IsSkipped(Guid staff, long ticket, DateTimeOffset now) => Until.TryGetValue((staff, ticket), out var until) && now < until;

    /// <summary>How many open tickets that person carries at most; null for any number.</summary>
    public int? LimitOf(Guid staff) => Limits.TryGetValue(staff, out var most) ? most : null;
}
