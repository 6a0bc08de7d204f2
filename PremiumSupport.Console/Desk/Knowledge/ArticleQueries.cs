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
public sealed class ArticleQueries(IDbContextFactory<SupportDb> factory)
{
    private const int Suggested = 5;

    // The title says what it is about; a word there weighs as much as many in the text. Without a telling word nothing is guessed.
    private const string SearchSql = """
        SELECT a."Slug" AS "Slug", a."Title" AS "Title", snippet("ArticleSearch", 1, '', '', '…', 22) AS "Excerpt", a."UpdatedAt" AS "UpdatedTicks", length(a."Body") AS "Length"
        FROM "ArticleSearch" JOIN "Articles" a ON a."Id" = "ArticleSearch".rowid
        WHERE "ArticleSearch" MATCH {0} AND a."IsPublished"
        ORDER BY bm25("ArticleSearch", 6.0, 1.0), a."Id"
        LIMIT {1}
        """;

    /// <summary>The articles that fit best, at most five; none for a text without telling words. Any text is a safe one.</summary>
    public async Task<IReadOnlyList<ArticleHit>> SearchAsync(string? text, CancellationToken cancellation = default)
    {
        if (SearchWords.ToMatch(text) is not { } match)
        {
            return [];
        }

        await using var db = await factory.CreateDbContextAsync(cancellation);
        var rows = await db.Database.SqlQueryRaw<Row>(SearchSql, match, Suggested).ToListAsync(cancellation);
        return [.. rows.Select(row => new ArticleHit(row.Slug, row.Title, row.Excerpt, new(row.UpdatedTicks, TimeSpan.Zero), Minutes(row.Length)))];
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

    private sealed record Row(string Slug, string Title, string Excerpt, long UpdatedTicks, int Length);
}
