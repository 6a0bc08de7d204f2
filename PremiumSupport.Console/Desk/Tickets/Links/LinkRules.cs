namespace PremiumSupport.Desk.Tickets.Links;

/// <summary>Which tickets can be linked: pure.</summary>
public static class LinkRules
{
    /// <summary>Links of one ticket; more would be a list that nobody reads.</summary>
    public const int Most = 20;

    /// <summary>Why it cannot be; null when it can.</summary>
    /// <param name="number">The ticket.</param>
    /// <param name="other">The number to link it to.</param>
    /// <param name="isThere">Whether there is such a ticket.</param>
    /// <param name="linked">What it is linked to already, in either direction.</param>
    public static Refusal? Check(long number, long other, bool isThere, IReadOnlyCollection<long> linked) =>
        number == other ? Refusal.Invalid(("other", "That is this ticket itself."))
        : !isThere ? Refusal.Invalid(("other", "There is no ticket of that number."))
        : linked.Contains(other) ? Refusal.Conflict("already-linked", $"It is linked to {other} already. Take that link away first to say it another way.")
        : linked.Count >= Most ? Refusal.Conflict("too-many-links", $"A ticket has {Most} links at most; take one away first.")
        : null;
}
