using Microsoft.EntityFrameworkCore;

namespace PremiumSupport.Platform.Data;

/// <summary>By tables of FTS5 without a content of their own, kept by triggers (<see cref="Migrations.MessageSearch"/>).</summary>
internal sealed class SqliteRowSearch : IRowSearch
{
    public IQueryable<T> Holding<T>(SupportDb db, IReadOnlyList<string> words)
        where T : class
    {
        // The name is one of ours; the words go in quotes, in which nothing is an operator.
        var table = db.Model.FindEntityType(typeof(T))!.GetTableName();
        var sql = $"SELECT * FROM \"{table}\" WHERE \"Id\" IN (SELECT rowid FROM \"{table}Search\" WHERE \"{table}Search\" MATCH {{0}})";
        return db.Set<T>().FromSqlRaw(sql, string.Join(" AND ", words.Select(word => $"\"{word}\"*")));
    }
}
