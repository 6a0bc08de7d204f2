using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Knowledge.Search;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Desk.Knowledge;

/// <summary>An article among suggestions.</summary>
/// <param name="Minutes">How long it takes to read, at least 1.</param>
/// <param name="Language">The language of the title.</param>
public sealed record ArticleHit(string Slug, string Title, string Excerpt, DateTimeOffset UpdatedAt, int Minutes, string Language);

/// <summary>An article to read.</summary>
/// <param name="Html">Sanitised.</param>
/// <param name="Language">The one that it is in: the one asked for where there is such a text, else English.</param>
/// <param name="IsOutOfDate">Whether English, the official version, has changed since this was translated.</param>
/// <param name="Languages">All that it can be read in.</param>
public sealed record ArticleView(
    string Slug, string Title, string Category, string Html, DateTimeOffset UpdatedAt, int Minutes, string Language, TextOrigin Origin, bool IsOutOfDate, IReadOnlyList<string> Languages);

/// <summary>Articles of a subject, to browse.</summary>
public sealed record ArticleShelf(string Category, IReadOnlyList<ArticleHit> Articles);

/// <summary>Finds and reads published articles; open to everyone.</summary>
public sealed class ArticleQueries(IDbContextFactory<SupportDb> factory, ArticleSearchQueries search)
{
    /// <summary>The articles that fit best, at most five; see <see cref="ArticleSearchQueries.RankAsync"/>.</summary>
    public async Task<IReadOnlyList<ArticleHit>> SearchAsync(string? text, string? language = null, CancellationToken cancellation = default) =>
    [
        .. (await search.RankAsync(text, language, cancellation)).Where(found => found.IsSuggested)
            .Select(found => new ArticleHit(found.Slug, found.Title, found.Excerpt, found.UpdatedAt, Minutes(found.Length), found.Language)),
    ];

    /// <summary>A published article; null when there is none of that name.</summary>
    public async Task<ArticleView?> GetAsync(string slug, string? language = null, CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var texts = await (
            from text in db.Set<ArticleText>().AsNoTracking()
            join article in db.Set<Article>() on text.ArticleId equals article.Id
            join category in db.Set<ArticleCategory>() on article.CategoryId equals category.Id
            where article.Slug == slug && article.IsPublished
            select new { Text = text, Category = category }).ToListAsync(cancellation);
        var english = texts.SingleOrDefault(text => text.Text.Language == TextLanguage.English);
        if ((texts.SingleOrDefault(text => text.Text.Language == language) ?? english) is not { } shown || english is null)
        {
            return null;
        }

        return new(
            slug, shown.Text.Title, Name(shown.Category, shown.Text.Language), ArticleHtml.Render(shown.Text.Body), shown.Text.UpdatedAt, Minutes(shown.Text.Body.Length), shown.Text.Language,
            shown.Text.Origin, shown.Text.Language != TextLanguage.English && shown.Text.MadeFrom < english.Text.Version,
            [.. TextLanguage.All.Select(one => one.Code).Where(code => texts.Any(text => text.Text.Language == code))]);
    }

    /// <summary>All published articles by category, in the categories' order; titles in the language where there are any, else in English.</summary>
    public async Task<IReadOnlyList<ArticleShelf>> ShelvesAsync(string? language, CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var categories = await db.Set<ArticleCategory>().AsNoTracking().OrderBy(category => category.Position).ThenBy(category => category.Id).ToListAsync(cancellation);
        var texts = await (
            from text in db.Set<ArticleText>().AsNoTracking()
            join article in db.Set<Article>() on text.ArticleId equals article.Id
            where article.IsPublished && (text.Language == language || text.Language == TextLanguage.English)
            select new { article.Id, article.Slug, article.CategoryId, text.Language, text.Title, text.UpdatedAt, text.Body.Length }).ToListAsync(cancellation);
        var shown = texts.GroupBy(text => text.Id).Select(article => article.MaxBy(text => text.Language == language)!).ToLookup(text => text.CategoryId);
        return
        [
            .. categories.Where(category => shown.Contains(category.Id)).Select(category => new ArticleShelf(
                Name(category, language),
                [.. shown[category.Id].OrderBy(text => text.Title, StringComparer.OrdinalIgnoreCase).Select(text => new ArticleHit(text.Slug, text.Title, "", text.UpdatedAt, Minutes(text.Length), text.Language))])),
        ];
    }

    private static string Name(ArticleCategory category, string? language) => category.Names.FirstOrDefault(name => name.Language == language)?.Name ?? category.Name;

    // About 200 words of six characters a minute.
    private static int Minutes(int characters) => Math.Max(1, (int)Math.Round(characters / 1200.0));
}
