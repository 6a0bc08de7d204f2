using PremiumSupport.Desk.Tickets.Tags;

namespace PremiumSupport.Desk.Tickets.Sending;

/// <summary>
/// What is done to a ticket when an answer or a note goes: what macros brought and its author left standing. Kept as words, one a deed, which a draft carries along:
/// <c>take</c>, <c>status=waiting</c>, <c>tag=billing</c>. Pure.
/// </summary>
/// <param name="Status">The status that it gets; null for the one it has.</param>
/// <param name="Takes">Whether it becomes the author's.</param>
/// <param name="Tags">Tags beside its own.</param>
public sealed record SendDeeds(TicketStatus? Status, bool Takes, IReadOnlyList<string> Tags)
{
    /// <summary>Words of one answer.</summary>
    public const int Most = TagRules.Most + 2;

    private const string TakeWord = "take";
    private const string StatusWord = "status=";
    private const string TagWord = "tag=";

    /// <summary>Nothing is done.</summary>
    public static SendDeeds None { get; } = new(null, false, []);

    /// <summary>Whether nothing is done.</summary>
    public bool IsNone => this is { Status: null, Takes: false, Tags.Count: 0 };

    /// <summary>The words of these deeds, in the order in which they are shown.</summary>
    public IReadOnlyList<string> ToWords() =>
        [.. Takes ? [TakeWord] : Array.Empty<string>(), .. Status is { } status ? [StatusWord + TicketRules.Word(status)] : Array.Empty<string>(), .. Tags.Select(tag => TagWord + tag)];

    /// <summary>The deeds of words; what is no such word is left out, and of several statuses the last one counts.</summary>
    public static SendDeeds Read(IEnumerable<string>? words)
    {
        string[] said = [.. (words ?? []).Take(Most)];
        var status = said.Where(word => word.StartsWith(StatusWord, StringComparison.Ordinal))
            .Select(word => Enum.TryParse<TicketStatus>(word[StatusWord.Length..], ignoreCase: true, out var one) && one is TicketStatus.Open or TicketStatus.Waiting or TicketStatus.Solved ? one : (TicketStatus?)null)
            .LastOrDefault(one => one is not null);
        return new(status, said.Contains(TakeWord), [.. TagRules.Tidy(said.Where(word => word.StartsWith(TagWord, StringComparison.Ordinal)).Select(word => word[TagWord.Length..])).Where(tag => tag.Length <= TagRules.Longest)]);
    }
}
