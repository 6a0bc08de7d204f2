using PremiumSupport.Platform.Data;

namespace PremiumSupport.Desk.Knowledge;

/// <summary>
/// Picks the words to look for from what a person types. Only letters and digits survive, so that no input can be an operator or a syntax error of a query.
/// </summary>
public static class SearchWords
{
    private const int MostWords = 16;

    // Words that every English sentence has say nothing about its subject.
    private static readonly HashSet<string> Common = new(StringComparer.Ordinal)
    {
        "a", "about", "after", "all", "am", "an", "and", "any", "are", "as", "at", "be", "been", "but", "by", "can", "cannot", "could", "did", "do", "does", "doesn", "don", "for", "from",
        "get", "had", "has", "have", "how", "i", "if", "in", "is", "isn", "it", "its", "just", "me", "my", "no", "not", "of", "on", "or", "our", "please", "s", "since", "so", "t", "than",
        "that", "the", "their", "them", "then", "there", "they", "this", "to", "us", "want", "was", "we", "were", "what", "when", "where", "which", "who", "why", "will", "with", "would", "you", "your",
    };

    /// <summary>The words that tell something, each once, at most sixteen.</summary>
    public static IReadOnlyList<string> Telling(string? text) => [.. TextWords.Of(text ?? "").Distinct(StringComparer.Ordinal).Where(word => !Common.Contains(word)).Take(MostWords)];
}
