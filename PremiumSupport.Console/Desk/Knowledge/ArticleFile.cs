using System.Globalization;
using System.Reflection;
using System.Text.Json;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Desk.Knowledge;

/// <summary>A text that comes with the product.</summary>
/// <param name="Category">The English name of its category; empty for translations, which stand where their article does.</param>
public sealed record ArticleSource(string Slug, string Language, string Title, string Category, string Body, DateTimeOffset UpdatedAt, TextOrigin Origin);

/// <summary>The articles that come with the product: Markdown files with a few lines in front, kept in the assembly; <c>slug.md</c> in English, <c>slug.de.md</c> in German.</summary>
public static class ArticleFile
{
    private const string Folder = "Articles/";
    private const string CategoriesName = "ArticleCategories.json";

    /// <summary>All of them, English ones first.</summary>
    public static IReadOnlyList<ArticleSource> All() =>
    [
        .. typeof(ArticleFile).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(name => Parse(Read(name))).OrderBy(source => source.Language != TextLanguage.English),
    ];

    /// <summary>Their categories in their order, with their names in the other languages.</summary>
    public static IReadOnlyList<(string Name, IReadOnlyList<CategoryName> Names)> Categories() =>
    [
        .. JsonSerializer.Deserialize<List<Dictionary<string, string>>>(Read(CategoriesName))!
            .Select(names => (names[TextLanguage.English], (IReadOnlyList<CategoryName>)[.. names.Where(name => name.Key != TextLanguage.English).Select(name => new CategoryName(name.Key, name.Value))])),
    ];

    /// <summary>One file: <c>key: value</c> lines between two <c>---</c>, then Markdown.</summary>
    /// <exception cref="FormatException">A line in front is missing or wrong; the message names it.</exception>
    public static ArticleSource Parse(string text)
    {
        var parts = text.ReplaceLineEndings("\n").Split("---\n", 3);
        if (parts.Length != 3 || parts[0].Length != 0)
        {
            throw new FormatException("An article begins with its front matter between two lines of '---'.");
        }

        var front = parts[1].Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries))
            .ToDictionary(pair => pair[0], pair => pair[1]);
        string Need(string key) => front.GetValueOrDefault(key) is { Length: > 0 } value ? value : throw new FormatException($"The front matter lacks '{key}'.");
        var language = front.GetValueOrDefault("language") ?? TextLanguage.English;
        var isEnglish = language == TextLanguage.English;
        return new(
            Need("slug"),
            TextLanguage.All.Any(known => known.Code == language) ? language : throw new FormatException($"'{language}' is no language of ours."),
            Need("title"),
            isEnglish ? Need("category") : "",
            parts[2].Trim(),
            new(DateTime.ParseExact(Need("updated"), "yyyy-MM-dd", CultureInfo.InvariantCulture), TimeSpan.Zero),
            isEnglish ? TextOrigin.Written
                : Enum.TryParse<TextOrigin>(Need("origin"), ignoreCase: true, out var origin) && origin != TextOrigin.Written ? origin
                : throw new FormatException("The 'origin' of a translation is machine or reviewed."));
    }

    private static string Read(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
