namespace PremiumSupport.Platform.Data;

/// <summary>A language that texts are indexed in.</summary>
/// <param name="Code">As browsers name it, e.g. <c>nb</c>.</param>
/// <param name="Dictionary">PostgreSQL's text search configuration, which stems its words.</param>
/// <param name="Endings">
/// Endings that its words are inflected by, longest first. What is left without one is looked for as a beginning, so that databases without a dictionary of the language
/// find the other forms too. English has none: both databases stem it.
/// </param>
public sealed record TextLanguage(string Code, string Dictionary, IReadOnlyList<string> Endings)
{
    private const int ShortestStump = 4;

    /// <summary>The official language, in which every article begins.</summary>
    public const string English = "en";

    /// <summary>All of them, English first.</summary>
    public static IReadOnlyList<TextLanguage> All { get; } =
    [
        new(English, "english", []),
        new("es", "spanish", ["aciones", "iciones", "amiento", "imiento", "amente", "acion", "icion", "ando", "iendo", "aron", "ados", "adas", "idos", "idas", "ado", "ada", "ido", "ida", "ar", "er", "ir", "os", "as", "es", "an", "en", "a", "o", "e", "s"]),
        new("it", "italian", ["azioni", "azione", "amento", "imento", "amente", "ando", "endo", "ati", "ate", "ato", "ata", "iti", "ite", "ito", "ita", "are", "ere", "ire", "i", "e", "a", "o"]),
        new("fr", "french", ["ations", "ation", "ements", "ement", "issent", "ees", "ent", "ant", "ez", "ee", "es", "er", "ir", "e", "s", "x"]),
        new("de", "german", ["ierungen", "ierung", "ierten", "ieren", "ierte", "ungen", "iert", "ung", "ten", "en", "er", "em", "es", "st", "e", "n", "s", "t"]),
        new("nb", "norwegian", ["eringen", "ering", "erte", "erer", "ene", "ere", "ers", "ert", "ing", "en", "er", "et", "te", "e", "a", "t", "s"]),
    ];

    /// <summary>The language of that code; English for any other.</summary>
    public static TextLanguage Of(string? code) => All.FirstOrDefault(language => language.Code == code) ?? All[0];

    /// <summary>The word without the ending that it is inflected by; null when nothing that tells would be left, or nothing came off.</summary>
    /// <param name="word">In lower case and without accents.</param>
    public string? Stump(string word) =>
        Endings.FirstOrDefault(ending => word.Length - ending.Length >= ShortestStump && word.EndsWith(ending, StringComparison.Ordinal)) is { } found ? word[..^found.Length] : null;
}
