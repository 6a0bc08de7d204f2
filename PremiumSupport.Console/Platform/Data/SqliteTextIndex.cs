using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace PremiumSupport.Platform.Data;

/// <summary>
/// The index as tables of FTS5, one for each language, so that each counts its own texts. FTS5 splits and folds by itself and stems English (porter); for the other
/// languages it has no stemmer.
/// </summary>
internal sealed class SqliteTextIndex : ITextIndex
{
    /// <summary>The table of a language. The code is one of ours, never anybody's input.</summary>
    internal static string Table(string language) => $"ArticleSearch_{language}";

    public async Task PutAsync(SupportDb db, TextLanguage language, long id, string title, string body)
    {
        await RemoveAsync(db, language, id);
        var insert = $"INSERT INTO \"{Table(language.Code)}\" (rowid, \"Title\", \"Body\") VALUES ({{0}}, {{1}}, {{2}})";
        await db.Database.ExecuteSqlRawAsync(insert, id, title, body);
    }

    public Task RemoveAsync(SupportDb db, TextLanguage language, long id)
    {
        var delete = $"DELETE FROM \"{Table(language.Code)}\" WHERE rowid = {{0}}";
        return db.Database.ExecuteSqlRawAsync(delete, id);
    }

    public Task<int> CountAsync(SupportDb db, TextLanguage language, CancellationToken cancellation = default)
    {
        var count = $"SELECT count(*) AS \"Value\" FROM \"{Table(language.Code)}\"";
        return db.Database.SqlQueryRaw<int>(count).SingleAsync(cancellation);
    }

    public async Task<IReadOnlyList<TextHit>> FindAsync(SupportDb db, TextLanguage language, IReadOnlyList<TextForm> forms, CancellationToken cancellation = default)
    {
        if (forms.Count == 0)
        {
            return [];
        }

        var table = Table(language.Code);
        var sql = new StringBuilder();
        for (var place = 0; place < forms.Count; place++)
        {
            sql.Append(place == 0 ? "" : " UNION ALL ").Append(CultureInfo.InvariantCulture, $"""
                SELECT {place} AS "Form", rowid AS "Id", bm25("{table}", 1.0, 0.0) AS "Title", bm25("{table}", 0.0, 1.0) AS "Body" FROM "{table}" WHERE "{table}" MATCH {"{"}{place}{"}"}
                """);
        }

        var rows = await db.Database.SqlQueryRaw<RankRow>(sql.ToString(), [.. forms.Select(Match)]).ToListAsync(cancellation);
        var texts = await CountAsync(db, language, cancellation);
        return
        [
            .. rows.GroupBy(row => row.Form).SelectMany(form =>
            {
                var rarity = Rarity(texts, form.Count());
                return form.Select(row => new TextHit(row.Form, row.Id, row.Title < 0, -row.Body / rarity));
            }),
        ];
    }

    public async Task<IReadOnlyDictionary<long, string>> ExcerptsAsync(
        SupportDb db, TextLanguage language, IReadOnlyList<TextForm> forms, IReadOnlyList<long> ids, CancellationToken cancellation = default)
    {
        var table = Table(language.Code);
        var sql = $"""
            SELECT rowid AS "Id", snippet("{table}", 1, '', '', '…', 22) AS "Excerpt" FROM "{table}"
            WHERE "{table}" MATCH {"{0}"} AND rowid IN (SELECT value FROM json_each({"{1}"}))
            """;
        return forms.Count == 0 || ids.Count == 0
            ? new Dictionary<long, string>()
            : await db.Database.SqlQueryRaw<TextExcerpt>(sql, string.Join(" OR ", forms.Select(Match)), $"[{string.Join(',', ids)}]").ToDictionaryAsync(row => row.Id, row => row.Excerpt, cancellation);
    }

    /// <summary>The form in quotes, in which nothing is an operator.</summary>
    private static string Match(TextForm form) => form.IsBeginning ? $"\"{form.Word}\"*" : $"\"{form.Word}\"";

    // BM25 has the word's rarity in it, by this formula of FTS5's, and gives none at all to words that half of the texts hold. Taken out, what is left is how often the
    // word stands in the body, saturated and by its length.
    private static double Rarity(int texts, int holding) => Math.Log((texts - holding + 0.5) / (holding + 0.5)) is > 0 and var rarity ? rarity : 1e-6;

    private sealed record RankRow(int Form, long Id, double Title, double Body);
}
