using Microsoft.EntityFrameworkCore;

namespace PremiumSupport.Platform.Data;

/// <summary>The index as a table of FTS5, which splits, folds and ranks (BM25) by itself.</summary>
internal sealed class SqliteTextIndex : ITextIndex
{
    private const string Sql = """
        SELECT rowid AS "Id", snippet("ArticleSearch", 1, '', '', '…', 22) AS "Excerpt"
        FROM "ArticleSearch"
        WHERE "ArticleSearch" MATCH {0}
        ORDER BY bm25("ArticleSearch", 6.0, 1.0), rowid
        LIMIT {1}
        """;

    public async Task PutAsync(SupportDb db, long id, string title, string body)
    {
        await db.Database.ExecuteSqlAsync($"""DELETE FROM "ArticleSearch" WHERE rowid = {id}""");
        await db.Database.ExecuteSqlAsync($"""INSERT INTO "ArticleSearch" (rowid, "Title", "Body") VALUES ({id}, {title}, {body})""");
    }

    public async Task<IReadOnlyList<TextHit>> FindAsync(SupportDb db, IReadOnlyList<string> words, int most, CancellationToken cancellation = default) =>
        await db.Database.SqlQueryRaw<TextHit>(Sql, Match(words), most).ToListAsync(cancellation);

    /// <summary>Any of the words, each in quotes.</summary>
    internal static string Match(IReadOnlyList<string> words) =>
        string.Join(" OR ", words.Select(word => word.Length >= TextWords.ShortestBeginning ? $"\"{word}\"*" : $"\"{word}\""));
}
