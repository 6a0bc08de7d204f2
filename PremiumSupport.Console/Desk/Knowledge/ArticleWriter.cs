using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Desk.Knowledge;

/// <summary>The inside of <see cref="ArticleCommands"/> and of the first start: writes a version, what customers read, and the index, in the caller's transaction.</summary>
internal static class ArticleWriter
{
    /// <summary>Writes the next version and returns its number.</summary>
    /// <param name="madeFrom">The English version that it was translated from; null leaves it as it was.</param>
    public static async Task<int> WriteAsync(
        SupportDb db, ITextIndex index, long articleId, string language, string title, string body, TextOrigin origin, int? madeFrom, (Guid? Id, string Name) author, DateTimeOffset at)
    {
        var number = await db.Set<ArticleVersion>().Where(version => version.ArticleId == articleId && version.Language == language).MaxAsync(version => (int?)version.Number) ?? 0;
        var text = await db.TextAsync(articleId, language);
        if (text is null)
        {
            db.Add(text = new() { ArticleId = articleId, Language = language, Title = title, Body = body });
        }

        (text.Version, text.Title, text.Body, text.Origin, text.UpdatedAt) = (++number, title, body, origin, at);
        text.MadeFrom = madeFrom ?? text.MadeFrom;
        db.Add(new ArticleVersion
        {
            ArticleId = articleId, Language = language, Number = number, Title = title, Body = body, Origin = origin, MadeFrom = text.MadeFrom,
            AuthorId = author.Id, AuthorName = author.Name, PublishedAt = at,
        });
        if (language == TextLanguage.English)
        {
            (await db.Set<Article>().SingleAsync(article => article.Id == articleId)).IsPublished = true;
        }

        await db.SaveChangesAsync();
        await IndexAsync(db, index, text);
        return number;
    }

    /// <summary>Makes a text findable by what it says now.</summary>
    public static async Task IndexAsync(SupportDb db, ITextIndex index, ArticleText text)
    {
        var language = TextLanguage.Of(text.Language);
        var words = ArticleHtml.PlainText(text.Body);
        await index.PutAsync(db, language, text.Id, text.Title, words);
        await WordIndex.PutAsync(db, language, $"{text.Title} {words}");
    }

    public static Task<ArticleDraft?> DraftAsync(this SupportDb db, long articleId, string language) =>
        db.Set<ArticleDraft>().SingleOrDefaultAsync(draft => draft.ArticleId == articleId && draft.Language == language);

    public static Task<ArticleText?> TextAsync(this SupportDb db, long articleId, string language) =>
        db.Set<ArticleText>().SingleOrDefaultAsync(text => text.ArticleId == articleId && text.Language == language);
}
