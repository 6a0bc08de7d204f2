using PremiumSupport.Desk.Tickets.Links;

namespace PremiumSupport.Screens.Workspace;

/// <summary>A link in words, from either of its tickets.</summary>
public static class LinkWords
{
    /// <summary>What the other ticket is to this one.</summary>
    public static string Of(LinkKind kind, bool isFromHere) => (kind, isFromHere) switch
    {
        (LinkKind.DuplicateOf, true) => "duplicate of",
        (LinkKind.DuplicateOf, false) => "has the duplicate",
        (LinkKind.CausedBy, true) => "caused by",
        (LinkKind.CausedBy, false) => "is the cause of",
        _ => "related to",
    };

    /// <summary>What a timeline keeps of a link, <c>duplicateOf 1042</c> or <c>duplicateOf &lt; 1042</c> read from the other side, in words.</summary>
    public static string OfEvent(string detail) =>
        detail.Split(' ') is [var word, .. var rest] && rest is [.., var number] && Enum.TryParse<LinkKind>(word, ignoreCase: true, out var kind) ? $"{Of(kind, rest.Length == 1)} #{number}" : detail;
}
