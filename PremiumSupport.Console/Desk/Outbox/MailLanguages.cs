namespace PremiumSupport.Desk.Outbox;

/// <summary>The languages that mails are written in.</summary>
public static class MailLanguages
{
    /// <summary>English first: it is what every other language falls back on.</summary>
    public static IReadOnlyList<string> All { get; } = ["en", "es", "it", "fr", "de", "nb"];

    /// <summary>The language of a tag such as <c>de-AT</c>; Norwegian of any name reads Bokmål, what we do not speak reads English.</summary>
    public static string Known(string? tag)
    {
        var language = (tag ?? "").Split('-', '_')[0].ToLowerInvariant();
        language = language is "no" or "nn" ? "nb" : language;
        return All.Contains(language) ? language : All[0];
    }
}
