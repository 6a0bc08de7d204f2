using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Desk.Knowledge;

/// <summary>Brings in the product's own articles that the database lacks, and keeps the index complete. What staff changed stays changed.</summary>
public sealed class ArticleSeedCommands(WriteQueue writes, IDbContextFactory<SupportDb> factory, ITextIndex index)
{
    /// <summary>Who the product's own versions are by.</summary>
    public const string Author = "PremiumSupport";

    // Counted up when texts have to be taken into the index anew, because it looks different or finds otherwise.
    private const string IndexKey = "article-index";
    private const string IndexEdition = "2";

    /// <summary>Adds what is missing.</summary>
    public async Task SeedAsync(CancellationToken cancellation = default)
    {
        await writes.RunAsync(AddCategoriesAsync, cancellation: cancellation);
        await IndexAsync(cancellation);
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var known = await (
            from version in db.Set<ArticleVersion>()
            join article in db.Set<Article>() on version.ArticleId equals article.Id
            select new { article.Slug, version.Language }).Distinct().ToListAsync(cancellation);
        var slugs = await db.Set<Article>().Select(article => article.Slug).ToListAsync(cancellation);
        foreach (var source in ArticleFile.All().ExceptBy(known.Select(one => (one.Slug, one.Language)), source => (source.Slug, source.Language)))
        {
            // A name that somebody began to write under is theirs.
            if (source.Language != TextLanguage.English || !slugs.Contains(source.Slug))
            {
                await SaveAsync(source, cancellation);
            }
        }
    }

    /// <summary>Publishes a text as the next version of the article of that slug, in the name of the product; the article is made where there is none.</summary>
    /// <exception cref="InvalidOperationException">A translation of an article that is not there, or a category that is not.</exception>
    public Task<long> SaveAsync(ArticleSource source, CancellationToken cancellation = default) => writes.RunAsync(
        async db =>
        {
            var article = await db.Set<Article>().SingleOrDefaultAsync(article => article.Slug == source.Slug);
            if (article is null)
            {
                var category = await db.Set<ArticleCategory>().SingleOrDefaultAsync(category => category.Name == source.Category)
                    ?? throw new InvalidOperationException($"There is no category '{source.Category}' for the article '{source.Slug}'.");
                db.Add(article = new() { Slug = source.Slug, CategoryId = category.Id, CreatedAt = source.UpdatedAt });
                await db.SaveChangesAsync();
            }

            // The product's translations are of its own first English version.
            await ArticleWriter.WriteAsync(db, index, article.Id, source.Language, source.Title, source.Body, source.Origin, source.Language == TextLanguage.English ? 0 : 1, (null, Author), source.UpdatedAt);
            return article.Id;
        },
        cancellation: cancellation);

    private static async Task<bool> AddCategoriesAsync(SupportDb db)
    {
        var known = await db.Set<ArticleCategory>().ToListAsync();
        foreach (var ((name, names), place) in ArticleFile.Categories().Select((category, place) => (category, place)))
        {
            if (known.Find(category => category.Name == name) is { } there)
            {
                there.Names = there.Names.Count == 0 ? names : there.Names;
            }
            else
            {
                db.Add(new ArticleCategory { Name = name, Names = names, Position = place });
            }
        }

        return true;
    }

    private async Task IndexAsync(CancellationToken cancellation)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        if (await db.Set<Setting>().AnyAsync(setting => setting.Key == IndexKey && setting.Value == IndexEdition, cancellation))
        {
            return;
        }

        foreach (var text in await db.Set<ArticleText>().AsNoTracking().ToListAsync(cancellation))
        {
            await writes.RunAsync(
                async writing =>
                {
                    await ArticleWriter.IndexAsync(writing, index, text);
                    return true;
                },
                cancellation: cancellation);
        }

        await writes.RunAsync(
            async writing =>
            {
                if (await writing.Set<Setting>().SingleOrDefaultAsync(setting => setting.Key == IndexKey) is { } setting)
                {
                    setting.Value = IndexEdition;
                }
                else
                {
                    writing.Add(new Setting { Key = IndexKey, Value = IndexEdition });
                }

                return true;
            },
            cancellation: cancellation);
    }
}
