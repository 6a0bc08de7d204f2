using System.Globalization;
using System.Text;

namespace PremiumSupport.Desk.Knowledge;

/// <summary>
/// Turns what a person types into a query for SQLite's full-text search. Only letters and digits survive, each word in quotes, so that no input can be
/// an operator or a syntax error.
/// </summary>
public static class SearchWords
{
    private const int MostWords = 16;
    private const int LongestWord = 40;

    // Words that every English sentence has say nothing about its subject.
    private static readonly HashSet<string> Common = new(StringComparer.Ordinal)
    {
        "a", "about", "after", "all", "am", "an", "and", "any", "are", "as", "at", "be", "been", "but", "by", "can", "cannot", "could", "did", "do", "does", "doesn", "don", "for", "from",
        "get", "had", "has", "have", "how", "i", "if", "in", "is", "isn", "it", "its", "just", "me", "my", "no", "not", "of", "on", "or", "our", "please", "s", "since", "so", "t", "than",
        "that", "the", "their", "them", "then", "there", "they", "this", "to", "us", "want", "was", "we", "were", "what", "when", "where", "which", "who", "why", "will", "with", "would", "you", "your",
    };

    /// <summary>The query, any of the words and those that begin with them; null when there is nothing to look for.</summary>
    public static string? ToMatch(string? text)
    {
        var all = Split(text ?? "").Distinct(StringComparer.Ordinal).ToList();
        var telling = all.Where(word => !Common.Contains(word)).Take(MostWords).ToList();
        return telling.Count == 0 ? null : string.Join(" OR ", telling.Select(word => word.Length > 2 ? $"\"{word}\"*" : $"\"{word}\""));
    }

    private static IEnumerable<string> Split(string text)
    {
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark)
            {
                if (word.Length < LongestWord)
                {
                    word.Append(Rune.ToLowerInvariant(rune).ToString());
                }
            }
            else if (word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
        }

        if (word.Length > 0)
        {
            yield return word.ToString();
        }
    }
}
