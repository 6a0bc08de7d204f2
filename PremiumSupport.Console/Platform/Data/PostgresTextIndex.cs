using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace PremiumSupport.Platform.Data;

/// <summary>
/// The index as two columns under GIN. Words are split and folded here and not by the server, so that neither its settings nor its extensions (unaccent is one) change
/// what is found by beginnings; stems are the server's own, by the dictionaries that every PostgreSQL has.
/// </summary>
internal sealed class PostgresTextIndex : ITextIndex
{
    // ts_rank of one word is 0.6079 for one place and grows to 1 with more. Titles are marked A and bodies B.
    private const string Sql = """
        SELECT (asked.place - 1)::int AS "Form", texts."Id", greatest(ts_rank(ARRAY[0, 0, 0, 1]::real[], texts."Stems", stem), ts_rank(ARRAY[0, 0, 0, 1]::real[], texts."Words", word)) > 0 AS "InTitle",
            (greatest(ts_rank(ARRAY[0, 0, 1, 0]::real[], texts."Stems", stem), ts_rank(ARRAY[0, 0, 1, 0]::real[], texts."Words", word)) / 0.6079)::float8 AS "Body"
        FROM unnest(@whole, @words) WITH ORDINALITY AS asked(whole, words, place)
        CROSS JOIN LATERAL (SELECT plainto_tsquery(@dictionary::regconfig, asked.whole) AS stem, asked.words::tsquery AS word) AS query
        JOIN "ArticleSearch" AS texts ON texts."Language" = @language AND (texts."Stems" @@ stem OR texts."Words" @@ word)
        """;

    private const string ExcerptSql = """
        SELECT "Id", (CASE WHEN starts_with("Body", part) THEN '' ELSE '…' END) || part || (CASE WHEN right("Body", length(part)) = part THEN '' ELSE '…' END) AS "Excerpt"
        FROM "ArticleSearch" CROSS JOIN LATERAL ts_headline(@dictionary::regconfig, "Body", @asked::tsquery, 'MaxWords=22, MinWords=12, MaxFragments=1, StartSel="", StopSel=""') AS part
        WHERE "Id" = ANY(@ids)
        """;

    // What a position in a text may be at most, and how many of them a word has.
    private const int LastPosition = 16_383;
    private const int MostPositions = 255;

    public async Task PutAsync(SupportDb db, TextLanguage language, long id, string title, string body)
    {
        var words = Vector(title, body);
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO "ArticleSearch" ("Id", "Language", "Body", "Words", "Stems")
            VALUES ({id}, {language.Code}, {body}, {words}::tsvector,
                setweight(to_tsvector({language.Dictionary}::regconfig, {title}), 'A') || setweight(to_tsvector({language.Dictionary}::regconfig, {Indexable(body)}), 'B'))
            ON CONFLICT ("Id") DO UPDATE SET "Language" = excluded."Language", "Body" = excluded."Body", "Words" = excluded."Words", "Stems" = excluded."Stems"
            """);
    }

    public async Task RemoveAsync(SupportDb db, TextLanguage language, long id) =>
        await db.Database.ExecuteSqlAsync($"""DELETE FROM "ArticleSearch" WHERE "Id" = {id} AND "Language" = {language.Code}""");

    public Task<int> CountAsync(SupportDb db, TextLanguage language, CancellationToken cancellation = default) =>
        db.Set<PostgresText>().CountAsync(text => text.Language == language.Code, cancellation);

    public async Task<IReadOnlyList<TextHit>> FindAsync(SupportDb db, TextLanguage language, IReadOnlyList<TextForm> forms, CancellationToken cancellation = default)
    {
        if (forms.Count == 0)
        {
            return [];
        }

        return await db.Database.SqlQueryRaw<TextHit>(
            Sql,
            new Npgsql.NpgsqlParameter("whole", forms.Select(form => form.IsBeginning ? "" : form.Word).ToArray()),
            new Npgsql.NpgsqlParameter("words", forms.Select(Query).ToArray()),
            new Npgsql.NpgsqlParameter("dictionary", language.Dictionary),
            new Npgsql.NpgsqlParameter("language", language.Code)).ToListAsync(cancellation);
    }

    public async Task<IReadOnlyDictionary<long, string>> ExcerptsAsync(
        SupportDb db, TextLanguage language, IReadOnlyList<TextForm> forms, IReadOnlyList<long> ids, CancellationToken cancellation = default)
    {
        string[] asked = [.. forms.Select(Query).Where(word => word.Length > 0).Distinct()];
        return asked.Length == 0 || ids.Count == 0
            ? new Dictionary<long, string>()
            : await db.Database.SqlQueryRaw<TextExcerpt>(
                ExcerptSql,
                new Npgsql.NpgsqlParameter("dictionary", "simple"),
                new Npgsql.NpgsqlParameter("asked", string.Join(" | ", asked)),
                new Npgsql.NpgsqlParameter("ids", ids.ToArray())).ToDictionaryAsync(row => row.Id, row => row.Excerpt, cancellation);
    }

    private static string Query(TextForm form) => TextWords.WithoutAccents(form.Word) is { Length: > 0 } word ? form.IsBeginning ? $"'{word}':*" : $"'{word}'" : "";

    // The server refuses a tsvector of more than a megabyte; what is that far down is found by no stem, and by its words all the same.
    private static string Indexable(string body) => TextWords.Cut(body, 250_000);

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
