using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace PremiumSupport.Platform.Data;

/// <summary>
/// The words that the texts of a language hold, so that a word with a typo finds the one that was meant. A table of our own on both databases: PostgreSQL's pg_trgm would
/// need a right that not every database user has, and SQLite's trigram tokenizer ranks texts, not words. Words stay when the last text with them goes: one more finds nothing.
/// </summary>
public static class WordIndex
{
    private const int Looked = 80;
    private const int InOneGo = 400;

    /// <summary>Takes in the words of a text that can have typos at all: four letters or more, no digits.</summary>
    internal static async Task PutAsync(SupportDb db, TextLanguage language, string text)
    {
        List<string> words = [.. TextWords.Of(text).Select(TextWords.WithoutAccents).Where(WordDistance.MayBeMeant).Distinct()];
        foreach (var some in words.Chunk(InOneGo))
        {
            var known = await db.Set<WordGram>().Where(gram => gram.Language == language.Code && some.Contains(gram.Word)).Select(gram => gram.Word).Distinct().ToListAsync();
            foreach (var rows in some.Except(known).SelectMany(word => Grams(word).Select(gram => (Gram: gram, Word: word))).Chunk(InOneGo))
            {
                // By hand, because a first start takes in some twenty thousand of them.
                var values = string.Join(", ", rows.Select((_, at) => string.Create(CultureInfo.InvariantCulture, $"({{0}}, {{{2 * at + 1}}}, {{{2 * at + 2}}})")));
                var insert = $"""INSERT INTO "ArticleWordGrams" ("Language", "Gram", "Word") VALUES {values} ON CONFLICT DO NOTHING""";
                await db.Database.ExecuteSqlRawAsync(insert, [language.Code, .. rows.SelectMany(row => new[] { row.Gram, row.Word })]);
            }
        }
    }

    /// <summary>Up to three words that were probably meant, all equally near to the one that was typed; none when it is too short to tell.</summary>
    /// <param name="db">The context to read with.</param>
    /// <param name="language">Whose words.</param>
    /// <param name="word">As typed, in lower case.</param>
    /// <param name="isBeginning">Whether it may still be being typed: then beginnings of words count too.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<IReadOnlyList<NearWord>> NearAsync(SupportDb db, TextLanguage language, string word, bool isBeginning, CancellationToken cancellation = default)
    {
        var asked = TextWords.WithoutAccents(word);
        if (!WordDistance.MayBeMeant(asked))
        {
            return [];
        }

        List<string> grams = [.. Grams(asked)];
        var candidates = await db.Set<WordGram>()
            .Where(gram => gram.Language == language.Code && grams.Contains(gram.Gram))
            .GroupBy(gram => gram.Word)
            .OrderByDescending(word => word.Count()).ThenBy(word => word.Key)
            .Select(word => word.Key)
            .Take(Looked)
            .ToListAsync(cancellation);
        return WordDistance.Nearest(asked, candidates, isBeginning);
    }

    // With two letters of nothing before the word and one behind, so that its beginning weighs more than its end.
    private static IEnumerable<string> Grams(string word)
    {
        // By whole characters: half a surrogate pair is a text that PostgreSQL's driver refuses.
        string[] padded = [.. $"  {word} ".EnumerateRunes().Select(rune => rune.ToString())];
        return Enumerable.Range(0, padded.Length - 2).Select(at => string.Concat(padded.AsSpan(at, 3))).Distinct();
    }
}
