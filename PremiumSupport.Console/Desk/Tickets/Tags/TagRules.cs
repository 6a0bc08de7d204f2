namespace PremiumSupport.Desk.Tickets.Tags;

/// <summary>What tags may be: pure.</summary>
public static class TagRules
{
    /// <summary>Tags of one ticket.</summary>
    public const int Most = 20;

    /// <summary>Characters of one tag.</summary>
    public const int Longest = 40;

    /// <summary>A tag as it is kept: on one line, in lower case. Empty when there is nothing in it.</summary>
    public static string Tidy(string tag) => MessageText.SingleLine(tag).ToLowerInvariant();

    /// <summary>Tags as they are kept, each once, none empty.</summary>
    public static List<string> Tidy(IEnumerable<string> tags) => [.. tags.Select(Tidy).Where(tag => tag.Length > 0).Distinct()];

    /// <summary>The tags of a ticket after some were added and others taken away. What is both added and taken away is not there.</summary>
    public static Outcome<List<string>> Change(IReadOnlyList<string> tags, IEnumerable<string> add, IEnumerable<string> remove)
    {
        var changed = Tidy(tags.Concat(add)).Except(Tidy(remove)).ToList();
        return changed.Count > Most || changed.Any(tag => tag.Length > Longest) ? Refused : changed;
    }

    /// <summary>The sentence about tags that do not fit.</summary>
    public static Refusal Refused { get; } = Refusal.Invalid(("tags", $"Up to {Most} tags of {Longest} characters fit."));
}
