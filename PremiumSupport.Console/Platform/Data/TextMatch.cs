namespace PremiumSupport.Platform.Data;

/// <summary>Looks for words in a column, the same on every database: letters of the Latin alphabet match in either case.</summary>
public static class TextMatch
{
    /// <summary>Whether the text fits a pattern of <see cref="Anywhere"/>. For queries only.</summary>
    public static bool Holds(string text, string pattern) => throw new NotSupportedException("This is said in SQL.");

    /// <summary>The pattern of a text that holds these words somewhere, character by character.</summary>
    public static string Anywhere(string words) =>
        $"%{words.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
}
