using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Desk.Knowledge;

/// <summary>An article among suggestions.</summary>
/// <param name="Minutes">How long it takes to read, at least 1.</param>
public sealed record ArticleHit(string Slug, string Title, string Excerpt, DateTimeOffset UpdatedAt, int Minutes);

/// <summary>An article to read.</summary>
/// <param name="Html">Sanitised.</param>
public sealed record ArticleView(string Slug, string Title, string Category, string Html, DateTimeOffset UpdatedAt, int Minutes, string Language);

/// <summary>Finds and reads published articles; open to everyone.</summary>
public sealed class ArticleQueries(IDbContextFactory<SupportDb> factory, ITextIndex index)
{
    private const int Suggested = 5;

    /// <summary>The articles that fit best, at most five; none for a text without telling words, for then nothing is guessed. Any text is a safe one.</summary>
    public async Task<IReadOnlyList<ArticleHit>> SearchAsync(string? text, CancellationToken cancellation = default)
    {
        var words = SearchWords.Telling(text);
        if (words.Count == 0)
        {
            return [];
        }

        await using var db = await factory.CreateDbContextAsync(cancellation);
        var hits = await index.FindAsync(db, words, Suggested, cancellation);
        var ids = hits.Select(hit => hit.Id).ToList();
        var articles = await db.Set<Article>().AsNoTracking()
            .Where(article => ids.Contains(article.Id) && article.IsPublished)
            .Select(article => new { article.Id, article.Slug, article.Title, article.UpdatedAt, article.Body.Length })
            .ToDictionaryAsync(article => article.Id, cancellation);
        return [.. hits.Where(hit => articles.ContainsKey(hit.Id)).Select(hit => (hit.Excerpt, Article: articles[hit.Id]))
            .Select(found => new ArticleHit(found.Article.Slug, found.Article.Title, found.Excerpt, found.Article.UpdatedAt, Minutes(found.Article.Length)))];
    }

    /// <summary>A published article; null when there is none of that name.</summary>
    public async Task<ArticleView?> GetAsync(string slug, CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var article = await db.Set<Article>().AsNoTracking().SingleOrDefaultAsync(article => article.Slug == slug && article.IsPublished, cancellation);
        return article is null ? null : new(article.Slug, article.Title, article.Category, ArticleHtml.Render(article.Body), article.UpdatedAt, Minutes(article.Body.Length), "en");
    }

    // About 200 words of six characters a minute.
    private static int Minutes(int characters) => Math.Max(1, (int)Math.Round(characters / 1200.0));
}
