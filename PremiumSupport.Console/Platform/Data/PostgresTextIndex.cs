using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace PremiumSupport.Platform.Data;

/// <summary>
/// The index as a column of words under GIN. Words are split and folded here and not by the server's text search configuration, so that neither its settings nor
/// its extensions (unaccent is one) change what is found, and so that it is what SQLite finds.
/// </summary>
internal sealed class PostgresTextIndex : ITextIndex
{
    // PostgreSQL's rank knows how often a word stands in a text, but not how rare it is among all texts; what BM25 multiplies with is added here.
    private const string Sql = """
        WITH "Asked" AS (
            SELECT word::tsquery AS "Word", ln(1 + (texts.number - holding.number + 0.5) / (holding.number + 0.5)) AS "Rarity"
            FROM unnest({0}) AS word
            CROSS JOIN (SELECT count(*)::float8 AS number FROM "ArticleSearch") AS texts
            CROSS JOIN LATERAL (SELECT count(*)::float8 AS number FROM "ArticleSearch" WHERE "Words" @@ word::tsquery) AS holding
        ), "Best" AS (
            SELECT "Id", "Body", sum("Rarity" * ts_rank(ARRAY[0, 0, 0.17, 1]::real[], "Words", "Word")) AS "Rank"
            FROM "ArticleSearch" JOIN "Asked" ON "Words" @@ "Word"
            GROUP BY "Id"
            ORDER BY "Rank" DESC, "Id"
            LIMIT {2}
        )
        SELECT "Id", (CASE WHEN starts_with("Body", part) THEN '' ELSE '…' END) || part || (CASE WHEN right("Body", length(part)) = part THEN '' ELSE '…' END) AS "Excerpt"
        FROM "Best" CROSS JOIN ts_headline('simple', "Body", {1}::tsquery, 'MaxWords=22, MinWords=12, MaxFragments=1, StartSel="", StopSel=""') AS part
        ORDER BY "Rank" DESC, "Id"
        """;

    // What a position in a text may be at most, and how many of them a word has.
    private const int LastPosition = 16_383;
    private const int MostPositions = 255;

    public async Task PutAsync(SupportDb db, long id, string title, string body)
    {
        var words = Vector(title, body);
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO "ArticleSearch" ("Id", "Body", "Words") VALUES ({id}, {body}, {words}::tsvector)
            ON CONFLICT ("Id") DO UPDATE SET "Body" = excluded."Body", "Words" = excluded."Words"
            """);
    }

    public async Task<IReadOnlyList<TextHit>> FindAsync(SupportDb db, IReadOnlyList<string> words, int most, CancellationToken cancellation = default)
    {
        string[] asked = [.. words.Select(TextWords.WithoutAccents).Where(word => word.Length > 0).Distinct().Select(word => word.Length >= TextWords.ShortestBeginning ? $"'{word}':*" : $"'{word}'")];
        return asked.Length == 0 ? [] : await db.Database.SqlQueryRaw<TextHit>(Sql, asked, string.Join(" | ", asked), most).ToListAsync(cancellation);
    }

    /// <summary>The words of a text with their places, those of the title marked A and those of the body B.</summary>
    internal static string Vector(string title, string body)
    {
        var places = new Dictionary<string, List<(int At, char Weight)>>();
        var at = 0;
        foreach (var (word, weight) in TextWords.Of(title).Select(word => (word, 'A')).Concat(TextWords.Of(body).Select(word => (word, 'B'))))
        {
            at++;
            if (TextWords.WithoutAccents(word) is { Length: > 0 } folded)
            {
                if (!places.TryGetValue(folded, out var known))
                {
                    places[folded] = known = [];
                }

                if (known.Count < MostPositions)
                {
                    known.Add((Math.Min(at, LastPosition), weight));
                }
            }
        }

        var vector = new StringBuilder();
        foreach (var (word, known) in places)
        {
            vector.Append(CultureInfo.InvariantCulture, $"'{word}':{string.Join(',', known.Select(place => $"{place.At}{place.Weight}"))} ");
        }

        return vector.ToString();
    }
}
