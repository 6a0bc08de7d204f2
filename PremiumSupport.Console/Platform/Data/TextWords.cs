using System.Globalization;
using System.Text;

namespace PremiumSupport.Platform.Data;

/// <summary>What counts as a word in a full-text search: letters, digits and their accents, and nothing that any database could take for an operator.</summary>
public static class TextWords
{
    /// <summary>A word is this long at most; what is longer is cut.</summary>
    public const int Longest = 40;

    /// <summary>The shortest word that stands for all that begin with it.</summary>
    internal const int ShortestBeginning = 3;

    /// <summary>The words in their order, in lower case.</summary>
    public static IEnumerable<string> Of(string text)
    {
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark)
            {
                if (word.Length < Longest)
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

    /// <summary>The text, cut where it is longer than that many characters of UTF-16, and never through a surrogate pair: half of one is no text to a database.</summary>
    internal static string Cut(string text, int longest) =>
        text.Length <= longest ? text : text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)];

    /// <summary>The word without its accents; empty when it was nothing else.</summary>
    internal static string WithoutAccents(string word) => word.All(char.IsAscii)
        ? word
        : string.Concat(word.Normalize(NormalizationForm.FormD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)).Normalize(NormalizationForm.FormC);
}
