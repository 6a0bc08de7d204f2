using System.Collections.Frozen;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace PremiumSupport.Channels.Help;

/// <summary>The words of the customer pages in their six languages, from the one place where they stand (<c>Texts/</c>).</summary>
public static class CustomerTexts
{
    /// <summary>The languages, English first: it is what a page falls back on.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["en", "es", "it", "fr", "de", "nb"];

    // Escapes what could end a script element, and leaves letters as they are: the block is half the size.
    private static readonly JsonSerializerOptions Block = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private static readonly FrozenDictionary<string, IReadOnlyDictionary<string, string>> All = Languages.ToFrozenDictionary(language => language, Load);

    private static readonly FrozenDictionary<string, string> Blocks = All.ToFrozenDictionary(pair => pair.Key, pair => JsonSerializer.Serialize(pair.Value, Block));

    private static readonly FrozenDictionary<string, string> HelpBlocks = All.ToFrozenDictionary(pair => pair.Key, pair => JsonSerializer.Serialize(pair.Value.Where(text => !IsOfChatAlone(text.Key)).ToDictionary(), Block));

    /// <summary>The texts of a language by key.</summary>
    public static IReadOnlyDictionary<string, string> Of(string language) => All[language];

    /// <summary>The texts of a language that a page needs, as JSON that is safe inside a script element.</summary>
    /// <param name="language">One of <see cref="Languages"/>.</param>
    /// <param name="module">The page: <c>help</c> does without what only a chat says.</param>
    public static string BlockOf(string language, string module) => (module == "help" ? HelpBlocks : Blocks)[language];

    // A request's own conversation says how its messages fare, and a callback waits in a line, too.
    private static bool IsOfChatAlone(string key) =>
        (key.StartsWith("chat.", StringComparison.Ordinal) && key is not ("chat.waiting" or "chat.refused" or "chat.notTaken" or "chat.sent" or "chat.delivered" or "chat.read"))
        || (key.StartsWith("wait.", StringComparison.Ordinal) && key is not ("wait.next" or "wait.place"));

    /// <summary>JSON that is safe inside a script element.</summary>
    public static string ToBlock<T>(T value) => JsonSerializer.Serialize(value, Block);

    /// <summary>The language of a request: <c>?lang=</c>, else the browser's first that we speak, else English.</summary>
    public static string Pick(HttpRequest request) =>
        Known(request.Query["lang"].ToString()) ?? Preferred(request.Headers.AcceptLanguage) ?? "en";

    private static string? Preferred(StringValues header) =>
        StringWithQualityHeaderValue.TryParseList(header, out var wanted)
            ? wanted.OrderByDescending(one => one.Quality ?? 1).Select(one => Known(one.Value.ToString())).FirstOrDefault(known => known is not null)
            : null;

    // Norwegian comes as nb, nn or no; all of them read Bokmål.
    private static string? Known(string? tag)
    {
        var language = (tag ?? "").Split('-', '_')[0].ToLowerInvariant();
        language = language is "no" or "nn" ? "nb" : language;
        return Languages.Contains(language) ? language : null;
    }

    private static IReadOnlyDictionary<string, string> Load(string language)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Texts/{language}.json")
            ?? throw new InvalidOperationException($"The texts of '{language}' are missing from the assembly.");
        return JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!;
    }
}
