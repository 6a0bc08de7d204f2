using PremiumSupport.Platform.Data;

namespace PremiumSupport.Desk.Knowledge.Search;

/// <summary>What was found in the texts of one language.</summary>
/// <param name="Evidence">By the id of the text.</param>
/// <param name="Forms">What was looked for, for excerpts.</param>
/// <param name="Asked">The rarity of all words that were asked for, those that nothing holds at the most.</param>
/// <param name="Known">The words that some text holds as they are.</param>
internal sealed record TextFindings(IReadOnlyDictionary<long, List<WordEvidence>> Evidence, IReadOnlyList<TextForm> Forms, double Asked, IReadOnlySet<string> Known);

/// <summary>Looks for the words of a question among the texts of a language, each in several ways, and takes for each text the way that weighs most.</summary>
internal static class TextSearch
{
    /// <param name="words">The telling words.</param>
    /// <param name="lastIsOpen">Whether the last of them may still be being typed.</param>
    /// <param name="mayBeWrong">Whether a word that no text holds may be one with a typo.</param>
    public static async Task<TextFindings> RunAsync(
        ITextIndex index, SupportDb db, TextLanguage language, IReadOnlyList<string> words, bool lastIsOpen, Func<string, bool> mayBeWrong, CancellationToken cancellation)
    {
        var ways = words.SelectMany(word => Ways(language, word)).ToList();
        var hits = (await index.FindAsync(db, language, [.. ways.Select(way => way.Form)], cancellation)).Select(hit => (Way: ways[hit.Form], Hit: hit)).ToList();
        var known = hits.Select(found => found.Way.Word).ToHashSet(StringComparer.Ordinal);

        var meant = new List<Way>();
        foreach (var word in words.Where(word => !known.Contains(word) && mayBeWrong(word)))
        {
            var near = await WordIndex.NearAsync(db, language, word, lastIsOpen && word == words[^1], cancellation);
            meant.AddRange(near.Select(other => new Way(word, new(other.Word, IsBeginning: false), FoundAs.Typo, ArticleRank.Quality(FoundAs.Typo, other.Slips))));
        }

        hits.AddRange((await index.FindAsync(db, language, [.. meant.Select(way => way.Form)], cancellation)).Select(hit => (meant[hit.Form], hit)));
        var texts = await index.CountAsync(db, language, cancellation);
        return new(Weigh(hits, texts), [.. ways.Concat(meant).Select(way => way.Form)], Asked(words, hits, texts), known);
    }

    private static IEnumerable<Way> Ways(TextLanguage language, string word)
    {
        yield return new(word, new(word, IsBeginning: false), FoundAs.Word, ArticleRank.Quality(FoundAs.Word));
        if (word.Length < TextWords.ShortestBeginning)
        {
            yield break;
        }

        yield return new(word, new(word, IsBeginning: true), FoundAs.Beginning, ArticleRank.Quality(FoundAs.Beginning));
        if (language.Stump(TextWords.WithoutAccents(word)) is { } stump)
        {
            yield return new(word, new(stump, IsBeginning: true), FoundAs.Stump, ArticleRank.Quality(FoundAs.Stump));
        }
    }

    private static Dictionary<long, List<WordEvidence>> Weigh(List<(Way Way, TextHit Hit)> hits, int texts)
    {
        var evidence = new Dictionary<long, List<WordEvidence>>();
        foreach (var word in hits.GroupBy(found => found.Way.Word))
        {
            var rarity = ArticleRank.Rarity(texts, word.Select(found => found.Hit.Id).Distinct().Count());
            foreach (var text in word.GroupBy(found => found.Hit.Id))
            {
                var best = text.Select(found => Evidence(found.Way, found.Hit, rarity)).MaxBy(one => one.Score)!;
                (evidence.TryGetValue(text.Key, out var known) ? known : evidence[text.Key] = []).Add(best);
            }
        }

        return evidence;
    }

    private static WordEvidence Evidence(Way way, TextHit hit, double rarity) =>
        new(way.Word, way.As, way.Form.Word == way.Word ? null : way.Form.Word, hit.InTitle, hit.Body, rarity, ArticleRank.WordScore(hit.InTitle, hit.Body, rarity, way.Quality));

    private static double Asked(IReadOnlyList<string> words, List<(Way Way, TextHit Hit)> hits, int texts) =>
        words.Sum(word => ArticleRank.Rarity(texts, hits.Where(found => found.Way.Word == word).Select(found => found.Hit.Id).Distinct().Count()));

    private sealed record Way(string Word, TextForm Form, FoundAs As, double Quality);
}
