using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Desk.Knowledge;

/// <summary>Reads articles for staff: with drafts, versions, and what readers said.</summary>
public sealed class ArticleStaffQueries(IDbContextFactory<SupportDb> factory)
{
    private const int MostComments = 100;

    /// <summary>All articles, by category and title. There are hundreds of them, not thousands, so screens sort and search among them by themselves.</summary>
    public async Task<IReadOnlyList<ArticleRow>> ListAsync(CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await RowsAsync(db, db.Set<Article>(), cancellation);
    }

    /// <summary>The categories in their order.</summary>
    public async Task<IReadOnlyList<CategoryRow>> CategoriesAsync(CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var categories = await db.Set<ArticleCategory>().AsNoTracking().OrderBy(category => category.Position).ThenBy(category => category.Id).ToListAsync(cancellation);
        var standing = await db.Set<Article>().GroupBy(article => article.CategoryId).Select(group => new { group.Key, Articles = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Articles, cancellation);
        return [.. categories.Select(category => new CategoryRow(category.Id, category.Name, category.Names, standing.GetValueOrDefault(category.Id)))];
    }

    /// <summary>An article in a language; null when there is none of that id.</summary>
    public async Task<ArticleDesk?> FindAsync(long id, string language, CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        if ((await RowsAsync(db, db.Set<Article>().Where(article => article.Id == id), cancellation)).SingleOrDefault() is not { } row)
        {
            return null;
        }

        var text = await db.Set<ArticleText>().AsNoTracking().SingleOrDefaultAsync(text => text.ArticleId == id && text.Language == language, cancellation);
        var draft = await db.Set<ArticleDraft>().AsNoTracking().SingleOrDefaultAsync(draft => draft.ArticleId == id && draft.Language == language, cancellation);
        var english = language == TextLanguage.English ? text : await db.Set<ArticleText>().AsNoTracking().SingleOrDefaultAsync(text => text.ArticleId == id && text.Language == TextLanguage.English, cancellation);
        return new(row, language, text, draft, english);
    }

    /// <summary>The versions of a text, newest first.</summary>
    public async Task<IReadOnlyList<VersionRow>> VersionsAsync(long id, string language, CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await db.Set<ArticleVersion>().Where(version => version.ArticleId == id && version.Language == language).OrderByDescending(version => version.Number)
            .Select(version => new VersionRow(version.Number, version.Title, version.Origin, version.MadeFrom, version.AuthorName, version.PublishedAt)).ToListAsync(cancellation);
    }

    /// <summary>What a version said; null when there is none.</summary>
    public async Task<ArticleVersion?> VersionAsync(long id, string language, int number, CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await db.Set<ArticleVersion>().AsNoTracking().SingleOrDefaultAsync(version => version.ArticleId == id && version.Language == language && version.Number == number, cancellation);
    }

    /// <summary>The answers to "Was this helpful?" by language, and the latest hundred comments.</summary>
    public async Task<(IReadOnlyList<VoteRow> Votes, IReadOnlyList<CommentRow> Comments)> FeedbackAsync(long id, CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var of = db.Set<ArticleFeedback>().AsNoTracking().Where(feedback => feedback.ArticleId == id);
        var votes = await of.GroupBy(feedback => feedback.Language)
            .Select(group => new { group.Key, Yes = group.Count(feedback => feedback.Helpful), All = group.Count() }).OrderByDescending(group => group.All).ToListAsync(cancellation);
        var comments = await of.Where(feedback => feedback.Comment != "").OrderByDescending(feedback => feedback.At).Take(MostComments)
            .Select(feedback => new CommentRow(feedback.Language, feedback.Helpful, feedback.Comment, feedback.At)).ToListAsync(cancellation);
        return ([.. votes.Select(vote => new VoteRow(vote.Key, vote.Yes, vote.All - vote.Yes))], comments);
    }

    private static async Task<IReadOnlyList<ArticleRow>> RowsAsync(SupportDb db, IQueryable<Article> of, CancellationToken cancellation)
    {
        var articles = await (
            from article in of.AsNoTracking()
            join category in db.Set<ArticleCategory>() on article.CategoryId equals category.Id
            orderby category.Position, category.Id
            select new { Article = article, Category = category.Name }).ToListAsync(cancellation);
        var ids = of.Select(article => article.Id);
        var texts = (await db.Set<ArticleText>().Where(text => ids.Contains(text.ArticleId))
            .Select(text => new { text.ArticleId, text.Language, text.Title, text.Origin, text.Version, text.MadeFrom, text.UpdatedAt }).ToListAsync(cancellation)).ToLookup(text => text.ArticleId);
        var drafts = (await db.Set<ArticleDraft>().Where(draft => ids.Contains(draft.ArticleId))
            .Select(draft => new { draft.ArticleId, draft.Language, draft.Title }).ToListAsync(cancellation)).ToLookup(draft => draft.ArticleId);
        var votes = await db.Set<ArticleFeedback>().Where(vote => ids.Contains(vote.ArticleId)).GroupBy(vote => vote.ArticleId)
            .Select(group => new { group.Key, Yes = group.Count(vote => vote.Helpful), All = group.Count(), Comments = group.Count(vote => vote.Comment != "") }).ToDictionaryAsync(group => group.Key, cancellation);
        return
        [
            .. articles.Select(one =>
            {
                var (article, own, begun) = (one.Article, texts[one.Article.Id].ToDictionary(text => text.Language), drafts[one.Article.Id].ToDictionary(draft => draft.Language));
                var english = own.GetValueOrDefault(TextLanguage.English);
                var vote = votes.GetValueOrDefault(article.Id);
                return new ArticleRow(
                    article.Id, article.Slug, english?.Title ?? begun.GetValueOrDefault(TextLanguage.English)?.Title ?? article.Slug, article.CategoryId, one.Category, article.IsPublished, english?.UpdatedAt,
                    [
                        .. TextLanguage.All.Select(language => new LanguageState(
                            language.Code, own.GetValueOrDefault(language.Code)?.Origin, begun.ContainsKey(language.Code),
                            language.Code != TextLanguage.English && own.GetValueOrDefault(language.Code) is { } text && text.MadeFrom < english?.Version)),
                    ],
                    vote?.Yes ?? 0, (vote?.All ?? 0) - (vote?.Yes ?? 0), vote?.Comments ?? 0);
            }),
        ];
    }
}
