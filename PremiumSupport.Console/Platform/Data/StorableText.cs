using System.Text;

namespace PremiumSupport.Platform.Data;

/// <summary>Text as every database takes it. PostgreSQL refuses the character zero, and no driver can encode half of a surrogate pair.</summary>
internal static class StorableText
{
    private const char Replacement = '\ufffd';

    /// <summary>The text with what cannot be kept replaced by U+FFFD, so that looking for it finds nothing and storing it fails nobody; nearly always the text itself.</summary>
    public static string Of(string text)
    {
        if (!text.Contains('\0', StringComparison.Ordinal) && text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff') < 0)
        {
            return text;
        }

        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            kept.Append(rune.Value == 0 ? Replacement.ToString() : rune.ToString());
        }

        return kept.ToString();
    }
}
