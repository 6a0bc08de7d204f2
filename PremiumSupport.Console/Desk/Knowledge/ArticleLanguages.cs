using PremiumSupport.Platform.Data;

namespace PremiumSupport.Desk.Knowledge;

/// <summary>The languages that articles are written in, by their codes.</summary>
public static class ArticleLanguages
{
    /// <summary>The official one, in which every article begins.</summary>
    public const string English = TextLanguage.English;

    /// <summary>All of them, English first.</summary>
    public static IReadOnlyList<string> All { get; } = [.. TextLanguage.All.Select(language => language.Code)];

    /// <summary>The code if it is one of ours, else English.</summary>
    public static string Known(string? code) => TextLanguage.Of(code).Code;
}
