using PremiumSupport.Platform.Data;

namespace PremiumSupport.Desk.Knowledge.Search;

/// <summary>
/// Picks the words to look for from what a person types. Only letters and digits survive, so that no input can be an operator or a syntax error of a query.
/// </summary>
public static class SearchWords
{
    private const int MostWords = 16;

    /// <summary>The words that tell something in a language, each once, at most sixteen.</summary>
    public static IReadOnlyList<string> Telling(string? text, string language = TextLanguage.English)
    {
        var common = CommonWords.Of(language);
        return [.. TextWords.Of(text ?? "").Distinct(StringComparer.Ordinal).Where(word => !common.Contains(TextWords.WithoutAccents(word))).Take(MostWords)];
    }

    /// <summary>The same words in the alphabet's order, so that questions which are asked alike are counted together.</summary>
    public static string Key(string? text, string language, int longest) =>
        TextWords.Cut(string.Join(' ', Telling(text, language).Order(StringComparer.Ordinal)), longest);

    /// <summary>Whether somebody may still be typing the last word: nothing stands behind it.</summary>
    public static bool EndsInAWord(string? text) => text is { Length: > 0 } && char.IsLetterOrDigit(text[^1]);
}
