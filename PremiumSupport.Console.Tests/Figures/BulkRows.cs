using System.Collections;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace PremiumSupport.Tests.Figures;

/// <summary>
/// Writes rows of an entity by the million: the database counts to a number and makes a row of each, on SQLite and on PostgreSQL alike. Columns that are not spoken of
/// get the plainest value that their type has, written as the model writes it.
/// </summary>
internal sealed class BulkRows(DbContext db)
{
    private static readonly DateTimeOffset Epoch = DateTimeOffset.UnixEpoch;

    private bool IsSqlite => db.Database.IsSqlite();

    /// <summary>An instant so many milliseconds after 1970; an expression in SQL.</summary>
    public string Instant(string milliseconds) => IsSqlite ? $"({Epoch.UtcTicks} + ({milliseconds}) * 10000)" : $"to_timestamp(({milliseconds}) / 1000.0)";

    /// <summary>The same as the ledger writes it.</summary>
    public string Text(string milliseconds) => IsSqlite
        ? $"strftime('%Y-%m-%dT%H:%M:%fZ', ({milliseconds}) / 1000.0, 'unixepoch')"
        : $"to_char(to_timestamp(({milliseconds}) / 1000.0) AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')";

    /// <summary>A value as the model writes it into that column.</summary>
    public string Literal<T>(string property, object value) => Entity<T>().FindProperty(property)!.GetRelationalTypeMapping().GenerateSqlLiteral(value);

    /// <summary>Inserts a row for each number from 1 to <paramref name="count"/> that fits, which the expressions call <c>i</c>.</summary>
    public async Task InsertAsync<T>(int count, Dictionary<string, string> columns, string fits = "1 = 1")
    {
        var entity = Entity<T>();
        var values = new Dictionary<string, string>();
        foreach (var property in entity.GetProperties())
        {
            if (columns.TryGetValue(property.Name, out var expression))
            {
                values[property.GetColumnName()] = expression;
            }
            else if (!property.IsNullable && !(property.IsPrimaryKey() && property.ValueGenerated == ValueGenerated.OnAdd))
            {
                values[property.GetColumnName()] = property.GetRelationalTypeMapping().GenerateSqlLiteral(Plainest(property.ClrType));
            }
        }

        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
        await db.Database.ExecuteSqlRawAsync(
            $"WITH RECURSIVE n(i) AS (SELECT CAST(1 AS bigint) UNION ALL SELECT i + 1 FROM n WHERE i < {count}) INSERT INTO \"{entity.GetTableName()}\" ({string.Join(", ", values.Keys.Select(column => $"\"{column}\""))}) SELECT {string.Join(", ", values.Values)} FROM n WHERE {fits}"
                .Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));
    }

    private IEntityType Entity<T>() => db.Model.FindEntityType(typeof(T))!;

    private static object Plainest(Type type) => type switch
    {
        _ when type == typeof(string) => "",
        _ when type == typeof(DateTimeOffset) => Epoch,
        { IsValueType: true } => Activator.CreateInstance(type)!,
        _ when typeof(IEnumerable).IsAssignableFrom(type) => Array.CreateInstance(type.GenericTypeArguments[0], 0),
        _ => throw new NotSupportedException($"No plain {type}."),
    };
}
