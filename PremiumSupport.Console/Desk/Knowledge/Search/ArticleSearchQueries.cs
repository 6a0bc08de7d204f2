using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Desk.Knowledge.Search;

/// <summary>An article that was found, with why.</summary>
/// <param name="Language">The language of the text to show: the asker's where there is one, else English.</param>
/// <param name="IsSuggested">Whether customers see it: it fits well enough and stands among the first five.</param>
public sealed record Found(string Slug, string Title, string Excerpt, DateTimeOffset UpdatedAt, int Length, string Language, Ranked Rank, ArticleSignal Signal, bool IsSuggested);

/// <summary>Finds published articles for a question, in the asker's language and in English, and says why each stands where it does.</summary>
public sealed class ArticleSearchQueries(IDbContextFactory<SupportDb> factory, ITextIndex index, ArticleSignalQueries signals)
{
    /// <summary>How many articles are suggested at most.</summary>
    public const int Suggested = 5;

    /// <summary>All that fit in any way, best first; nothing for a text without telling words, for then nothing is guessed. Any text is a safe one.</summary>
    public async Task<IReadOnlyList<Found>> RankAsync(string? question, string? language = null, CancellationToken cancellation = default)
    {
        var (asker, english) = (TextLanguage.Of(language), TextLanguage.All[0]);
        var open = SearchWords.EndsInAWord(question);
        var words = SearchWords.Telling(question, asker.Code);
        if (words.Count == 0)
        {
            return [];
        }

        await using var db = await factory.CreateDbContextAsync(cancellation);
        var own = await TextSearch.RunAsync(index, db, asker, words, open, _ => true, cancellation);
        var findings = new List<(TextLanguage Language, TextFindings Findings)> { (asker, own) };
        if (asker != english && words.Intersect(SearchWords.Telling(question)).ToList() is { Count: > 0 } inEnglish)
        {
            // A word of the asker's language is no English one with a typo.
            findings.Add((english, await TextSearch.RunAsync(index, db, english, inEnglish, open, word => !own.Known.Contains(word), cancellation)));
        }

        return await ShowAsync(db, asker, findings, cancellation);
    }

    private async Task<IReadOnlyList<Found>> ShowAsync(SupportDb db, TextLanguage asker, List<(TextLanguage Language, TextFindings Findings)> findings, CancellationToken cancellation)
    {
        var ids = findings.SelectMany(found => found.Findings.Evidence.Keys).ToList();
        var texts = await (
            from text in db.Set<ArticleText>().AsNoTracking()
            join article in db.Set<Article>() on text.ArticleId equals article.Id
            where ids.Contains(text.Id) && article.IsPublished
            select new { text.Id, text.ArticleId }).ToDictionaryAsync(text => text.Id, text => text.ArticleId, cancellation);
        var (known, usual) = await signals.ReadAsync(cancellation);

        // An article that is found in both languages is ranked by the one in which it fits better.
        var ranked = ArticleRank.Order(findings
            .SelectMany(found => found.Findings.Evidence.Where(text => texts.ContainsKey(text.Key)).Select(text => (TextId: text.Key, Rank: Rank(found.Language, found.Findings, texts[text.Key], text.Value))))
            .GroupBy(found => found.Rank.ArticleId)
            .Select(found => found.MaxBy(one => one.Rank.Text).Rank));
        var articles = ranked.Select(rank => rank.ArticleId).ToList();
        var shown = await Shown(db, articles, asker).ToListAsync(cancellation);
        var excerpts = new Dictionary<long, string>();
        foreach (var (language, found) in findings)
        {
            var of = shown.Where(text => text.Language == language.Code).Select(text => text.TextId).Where(found.Evidence.ContainsKey).ToList();
            foreach (var excerpt in await index.ExcerptsAsync(db, language, found.Forms, of, cancellation))
            {
                excerpts[excerpt.Key] = excerpt.Value;
            }
        }

        var first = ranked.Count == 0 ? 0 : ranked[0].Score;
        var suggested = ranked.Where(rank => ArticleRank.IsWorthShowing(rank, first)).Take(Suggested).Select(rank => rank.ArticleId).ToHashSet();
        return
        [
            .. from rank in ranked
            let text = shown.Where(text => text.ArticleId == rank.ArticleId).MaxBy(text => text.Language == asker.Code)
            where text is not null
            select new Found(
                text.Slug, text.Title, excerpts.GetValueOrDefault(text.TextId) ?? text.Beginning, text.UpdatedAt, text.Length, text.Language, rank,
                known.GetValueOrDefault(rank.ArticleId) ?? ArticleSignal.None, suggested.Contains(rank.ArticleId)),
        ];

        Ranked Rank(TextLanguage language, TextFindings found, long article, List<WordEvidence> evidence)
        {
            var signal = known.GetValueOrDefault(article) ?? ArticleSignal.None;
            return new(
                article, language.Code, [.. evidence.OrderByDescending(word => word.Score)], evidence.Sum(word => word.Score),
                found.Asked == 0 ? 0 : evidence.Sum(word => word.Rarity) / found.Asked, ArticleRank.Votes(signal), ArticleRank.Solved(signal, usual));
        }
    }

    private static IQueryable<ShownText> Shown(SupportDb db, List<long> articles, TextLanguage asker) =>
        from text in db.Set<ArticleText>().AsNoTracking()
        join article in db.Set<Article>() on text.ArticleId equals article.Id
        where articles.Contains(article.Id) && article.IsPublished && (text.Language == asker.Code || text.Language == TextLanguage.English)
        select new ShownText(text.Id, article.Id, article.Slug, text.Language, text.Title, text.Body.Substring(0, 160), text.Body.Length, text.UpdatedAt);

    private sealed record ShownText(long TextId, long ArticleId, string Slug, string Language, string Title, string Beginning, int Length, DateTimeOffset UpdatedAt);
}
