using System.Globalization;
using System.Reflection;

namespace PremiumSupport.Desk.Knowledge;

/// <summary>The articles that come with the product: Markdown files with a few lines in front, kept in the assembly.</summary>
public static class ArticleFile
{
    private const string Folder = "Articles/";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Article> All() =>
        [.. typeof(ArticleFile).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(Read)];

    /// <summary>One file: <c>key: value</c> lines between two <c>---</c>, then Markdown.</summary>
    /// <exception cref="FormatException">A line in front is missing or wrong; the message names it.</exception>
    public static Article Parse(string text)
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
        return new()
        {
            Slug = Need("slug"),
            Title = Need("title"),
            Category = Need("category"),
            Body = parts[2].Trim(),
            UpdatedAt = new(DateTime.ParseExact(Need("updated"), "yyyy-MM-dd", CultureInfo.InvariantCulture), TimeSpan.Zero),
        };
    }

    private static Article Read(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd());
    }
}
