using System.Text.RegularExpressions;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Desk.Tickets.Search;

/// <summary>A stretch of an excerpt.</summary>
/// <param name="IsMatch">Whether it is a word that was looked for.</param>
public sealed record ExcerptPart(string Text, bool IsMatch);

/// <summary>The place in a text where the words stand, with the words marked: pure, and so the same on every database.</summary>
public static partial class SearchExcerpt
{
    private const int Before = 60;
    private const int Longest = 220;

    /// <summary>About <see cref="Longest"/> characters of the text on one line, from shortly before the first of the words; from its beginning where it holds none.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="words">Words of <see cref="TextWords.Of"/>; each stands for all that begin with it, letter case and accents aside.</param>
    public static IReadOnlyList<ExcerptPart> Of(string text, IReadOnlyList<string> words)
    {
        string[] asked = [.. words.Select(TextWords.WithoutAccents).Where(word => word.Length > 0)];
        var (from, to) = Window(text, FirstOf(text, asked));
        var parts = new List<ExcerptPart>();
        var at = from;
        foreach (var match in Word().EnumerateMatches(text, from))
        {
            if (match.Index + match.Length > to)
            {
                break;
            }

            if (IsAsked(text.AsSpan(match.Index, match.Length), asked))
            {
                Add(parts, text[at..match.Index], isMatch: false);
                Add(parts, text.Substring(match.Index, match.Length), isMatch: true);
                at = match.Index + match.Length;
            }
        }

        Add(parts, text[at..to] + (to < text.Length ? "…" : ""), isMatch: false);
        return from > 0 ? [new("…", false), .. parts] : parts;
    }

    private static int FirstOf(string text, string[] asked)
    {
        foreach (var match in Word().EnumerateMatches(text))
        {
            if (IsAsked(text.AsSpan(match.Index, match.Length), asked))
            {
                return match.Index;
            }
        }

        return 0;
    }

    // Begins and ends between words, never inside a pair of surrogates.
    private static (int From, int To) Window(string text, int first)
    {
        var from = Math.Max(0, first - Before);
        while (from > 0 && from < first && !char.IsWhiteSpace(text[from - 1]))
        {
            from++;
        }

        var to = Math.Min(text.Length, from + Longest);
        return (from, to < text.Length && char.IsHighSurrogate(text[to - 1]) ? to - 1 : to);
    }

    private static bool IsAsked(ReadOnlySpan<char> word, string[] asked)
    {
        var plain = TextWords.WithoutAccents(word.ToString().ToLowerInvariant());
        return asked.Any(one => plain.StartsWith(one, StringComparison.Ordinal));
    }

    private static void Add(List<ExcerptPart> parts, string text, bool isMatch)
    {
        var line = Blank().Replace(text, " ");
        if (line.Length > 0)
        {
            parts.Add(new(line, isMatch));
        }
    }

    [GeneratedRegex(@"[\p{L}\p{Nd}\p{Mn}]+", RegexOptions.NonBacktracking)]
    private static partial Regex Word();

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Blank();
}
