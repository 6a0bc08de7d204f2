using System.Globalization;
using System.Text;

namespace PremiumSupport.Platform.Files;

/// <summary>File names as strangers give them, made fit to show and to save under (trust rule 15).</summary>
public static class FileName
{
    /// <summary>Longest name, in UTF-16 units.</summary>
    public const int Longest = 150;

    private const string Nameless = "file";
    private const string NotInNames = "<>:\"|?*";

    /// <summary>
    /// The last part of a path, without control, bidi and other invisible characters (which can make <c>exe.gpj</c> look like <c>jpg.exe</c> turned round), without what file systems
    /// do not take, and cut in the middle when too long, so that its ending stays. Never empty.
    /// </summary>
    public static string Clean(string? given)
    {
        var last = (given ?? "")[((given ?? "").LastIndexOfAny(['/', '\\']) + 1)..];
        var kept = new StringBuilder(last.Length);
        foreach (var rune in last.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned || rune.Value == 0xFFFD)
            {
                continue;
            }

            kept.Append(Rune.IsWhiteSpace(rune) ? " " : rune.IsAscii && NotInNames.Contains((char)rune.Value, StringComparison.Ordinal) ? "_" : rune.ToString());
        }

        var name = kept.ToString().Normalize(NormalizationForm.FormC).Trim(' ', '.');
        return name.Length == 0 ? Nameless : name.Length <= Longest ? name : Shorten(name);
    }

    private static string Shorten(string name)
    {
        var extension = Path.GetExtension(name);
        extension = extension.Length > 20 ? "" : extension;
        var end = Longest - extension.Length - 1;
        // Half of a surrogate pair is no character.
        end = char.IsHighSurrogate(name[end - 1]) ? end - 1 : end;
        return name[..end].TrimEnd() + "…" + extension;
    }
}
