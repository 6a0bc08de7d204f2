using PremiumSupport.Desk.Knowledge;

namespace PremiumSupport.Screens.Articles;

/// <summary>What the console calls languages and how a text in them came to be.</summary>
internal static class LanguageWords
{
    /// <summary>A language by its English name.</summary>
    public static string Of(string code) => code switch { "es" => "Spanish", "it" => "Italian", "fr" => "French", "de" => "German", "nb" => "Norwegian", _ => "English" };

    /// <summary>How a text came to be.</summary>
    public static string Of(TextOrigin origin) => origin switch { TextOrigin.Machine => "machine-made", TextOrigin.Reviewed => "reviewed", _ => "official" };

    /// <summary>A word for tests and styles.</summary>
    public static string Mark(LanguageState state) => state switch
    {
        { Origin: null, HasDraft: true } => "draft",
        { Origin: null } => "missing",
        { IsOutOfDate: true } => "older",
        { Origin: TextOrigin.Machine } => "machine",
        { Origin: TextOrigin.Reviewed } => "reviewed",
        _ => "official",
    };

    /// <summary>How an article stands in a language, in a sentence.</summary>
    public static string Sentence(LanguageState state) => $"{Of(state.Language)}: " + state switch
    {
        { Origin: null, HasDraft: true } => "only a draft",
        { Origin: null } => "not there; customers read English",
        { IsOutOfDate: true, Origin: { } origin } => $"{Of(origin)}, of an older English version",
        { Origin: { } origin } => Of(origin),
    } + (state is { Origin: not null, HasDraft: true } ? ", with a draft" : "");
}
