using System.Globalization;
using System.Text;

namespace PremiumSupport.Channels.Email.Inbound.Parsing;

/// <summary>Texts of strangers' header fields, made fit to show: a name that turns the line round, or a subject with a line break in it, is a trick and nothing else.</summary>
public static class MailText
{
    /// <summary>The text on one line, without control, bidi and other invisible characters, at most so long.</summary>
    public static string Line(string? text, int longest)
    {
        var kept = new StringBuilder();
        var wasSpace = true;
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            var isSpace = Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Control;
            // Joiners stay: emoji and several scripts are written with them.
            if (isSpace ? wasSpace : IsInvisible(rune) && rune.Value is not (0x200C or 0x200D))
            {
                continue;
            }

            kept.Append(isSpace ? " " : rune.ToString());
            wasSpace = isSpace;
            if (kept.Length > longest + 1)
            {
                break;
            }
        }

        var line = kept.ToString().Trim();
        return line.Length <= longest ? line : line[..(char.IsHighSurrogate(line[longest - 2]) ? longest - 2 : longest - 1)].TrimEnd() + "…";
    }

    /// <summary>A text of several lines without what no screen shows, and without what turns lines round.</summary>
    public static string Lines(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (rune.Value is '\n' or '\t' || (!IsInvisible(rune) && Rune.GetUnicodeCategory(rune) != UnicodeCategory.Control) || rune.Value is 0x200C or 0x200D)
            {
                kept.Append(rune.ToString());
            }
        }

        return kept.ToString();
    }

    /// <summary>An address as it is kept and compared; null when it is none.</summary>
    public static string? Address(string? text)
    {
        var address = Line(text, ParsingLimits.Address + 1).ToLowerInvariant();
        var at = address.LastIndexOf('@');
        return at > 0 && at < address.Length - 1 && address.Length <= ParsingLimits.Address && !address.Contains(' ', StringComparison.Ordinal) ? address : null;
    }

    private static bool IsInvisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate;
}
