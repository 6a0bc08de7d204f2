using Microsoft.EntityFrameworkCore;

namespace PremiumSupport.Platform.Data;

/// <summary>By a column that the server generates (<see cref="Migrations.MessageSearch"/>).</summary>
internal sealed class PostgresRowSearch : IRowSearch
{
    public IQueryable<T> Holding<T>(SupportDb db, IReadOnlyList<string> words)
        where T : class
    {
        // The name is one of ours; the words are a parameter, and hold letters and digits alone (TextWords), so that nothing in them is an operator.
        var table = db.Model.FindEntityType(typeof(T))!.GetTableName();
        var sql = $"SELECT * FROM \"{table}\" WHERE \"Search\" @@ {{0}}::tsquery";
        return db.Set<T>().FromSqlRaw(sql, string.Join(" & ", words.Select(Either)));
    }

    // Letters that the column does not unfold are found as they were written.
    private static string Either(string word) => TextWords.WithoutAccents(word) is { Length: > 0 } plain && plain != word ? $"('{plain}':* | '{word}':*)" : $"'{word}':*";
}
