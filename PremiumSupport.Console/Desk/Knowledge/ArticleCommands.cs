using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Desk.Knowledge;

/// <summary>Writes articles, their search index and what readers say of them.</summary>
public sealed class ArticleCommands(WriteQueue writes, ITextIndex index, TimeProvider clock)
{
    /// <summary>Adds an article or replaces the one of that slug, and indexes it in the same transaction.</summary>
    public Task<long> SaveAsync(Article article, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(article);
        return writes.RunAsync(
            async db =>
            {
                var known = await db.Set<Article>().SingleOrDefaultAsync(known => known.Slug == article.Slug);
                if (known is null)
                {
                    known = new() { Slug = article.Slug, Title = article.Title, Category = article.Category, Body = article.Body };
                    db.Add(known);
                }

                (known.Title, known.Category, known.Body) = (article.Title, article.Category, article.Body);
                (known.UpdatedAt, known.IsPublished) = (article.UpdatedAt, article.IsPublished);
                await db.SaveChangesAsync();
                await index.PutAsync(db, known.Id, known.Title, ArticleHtml.PlainText(known.Body));
                return known.Id;
            },
            cancellation: cancellation);
    }

    /// <summary>Keeps one answer to "Was this helpful?". False when there is no such article.</summary>
    public Task<bool> RateAsync(string slug, bool helpful, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        return writes.RunAsync(
            async db =>
            {
                var id = await db.Set<Article>().Where(article => article.Slug == slug && article.IsPublished).Select(article => (long?)article.Id).SingleOrDefaultAsync();
                if (id is null)
                {
                    return false;
                }

                db.Add(new ArticleFeedback { ArticleId = id.Value, Helpful = helpful, At = now });
                return true;
            },
            cancellation: cancellation);
    }
}
