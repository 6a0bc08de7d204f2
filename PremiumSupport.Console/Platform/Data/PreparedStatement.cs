using System.Data.Common;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace PremiumSupport.Platform.Data;

/// <summary>
/// A statement about rows of <typeparamref name="T"/> for the write queue's hottest work, prepared once per connection where EF would build and prepare it anew each time.
/// Parameters and columns are named after properties, and the model converts their values, so it reads and writes what EF would. Not for two threads at once,
/// which the write queue, being the one writer, sees to.
/// </summary>
public sealed partial class PreparedStatement<T>
    where T : class
{
    private readonly Func<IEntityType, string> _sql;
    private readonly ConditionalWeakTable<DbConnection, Prepared> _prepared = [];

    private PreparedStatement(Func<IEntityType, string> sql) => _sql = sql;

    /// <param name="sql">Standard SQL with quoted names; <c>@Number</c> stands for a value of the property Number.</param>
    public PreparedStatement(string sql)
        : this(_ => sql)
    {
    }

    /// <summary>Inserts a whole row; its key, when the database gives it, is the one column that comes back.</summary>
    public PreparedStatement()
        : this(entity => InsertSql(entity))
    {
    }

    /// <summary>Inserts a whole row unless one is there that has the same values in columns of a unique index; then nothing comes back.</summary>
    /// <param name="unique">The columns of that index.</param>
    public PreparedStatement(IReadOnlyList<string> unique)
        : this(entity => InsertSql(entity, $" ON CONFLICT ({string.Join(", ", unique.Select(column => $"\"{column}\""))}) DO NOTHING"))
    {
    }

    /// <summary>The first row's values, in the order of its columns; null when there is none.</summary>
    /// <param name="db">The context that the write queue gave; its transaction is used.</param>
    /// <param name="values">In the order in which the parameters first appear.</param>
    public async Task<object?[]?> FirstAsync(SupportDb db, params object?[] values)
    {
        var prepared = await OnAsync(db);
        for (var i = 0; i < values.Length; i++)
        {
            prepared.Set(i, values[i]);
        }

        return await prepared.FirstAsync();
    }

    /// <summary>Runs it with the values that an entity has.</summary>
    public async Task<object?[]?> FirstAsync(SupportDb db, T entity)
    {
        var prepared = await OnAsync(db);
        for (var i = 0; i < prepared.Properties.Length; i++)
        {
            prepared.Set(i, prepared.Properties[i].GetGetter().GetClrValue(entity));
        }

        return await prepared.FirstAsync();
    }

    private async Task<Prepared> OnAsync(SupportDb db)
    {
        var (connection, transaction) = db.Writing is { } group ? group : (db.Database.GetDbConnection(), db.Database.CurrentTransaction?.GetDbTransaction());
        if (!_prepared.TryGetValue(connection, out var prepared))
        {
            prepared = new(connection, db.Model.FindEntityType(typeof(T))!, _sql);
            await prepared.Command.PrepareAsync();
            _prepared.Add(connection, prepared);
        }

        prepared.Command.Transaction = transaction;
        return prepared;
    }

    private static string InsertSql(IEntityType entity, string onConflict = "")
    {
        var key = entity.FindPrimaryKey()!.Properties.Where(property => property.ValueGenerated == ValueGenerated.OnAdd).ToList();
        var properties = entity.GetProperties().Except(key).ToList();
        var sql = $"INSERT INTO \"{entity.GetTableName()}\" ({string.Join(", ", properties.Select(property => $"\"{property.GetColumnName()}\""))}) VALUES ({string.Join(", ", properties.Select(property => "@" + property.Name))}){onConflict}";
        return key.Count == 0 ? sql : $"{sql} RETURNING {string.Join(", ", key.Select(property => $"\"{property.GetColumnName()}\""))}";
    }

    [GeneratedRegex("@([A-Za-z]+)")]
    private static partial Regex Parameters();

    private sealed class Prepared
    {
        private static readonly MethodInfo Boxed = typeof(Prepared).GetMethod(nameof(Read), BindingFlags.NonPublic | BindingFlags.Static)!;

        private readonly IEntityType _entity;
        private readonly RelationalTypeMapping[] _mappings;
        private (RelationalTypeMapping Mapping, Func<DbDataReader, int, object> Read)[]? _columns;

        public Prepared(DbConnection connection, IEntityType entity, Func<IEntityType, string> sql)
        {
            _entity = entity;
            Command = connection.CreateCommand();
            Command.CommandText = sql(entity);
            Properties = [.. Parameters().Matches(Command.CommandText).Select(match => match.Groups[1].Value).Distinct().Select(Property)];
            _mappings = [.. Properties.Select(property => property.GetRelationalTypeMapping())];
            foreach (var (property, mapping) in Properties.Zip(_mappings))
            {
                Command.Parameters.Add(mapping.CreateParameter(Command, "@" + property.Name, null, nullable: true));
            }
        }

        public DbCommand Command { get; }

        public IProperty[] Properties { get; }

        public void Set(int index, object? value)
        {
            var stored = value is not null && _mappings[index].Converter is { } converter ? converter.ConvertToProvider(value) : value;
            Command.Parameters[index].Value = stored is string text ? StorableText.Of(text) : stored ?? DBNull.Value;
        }

        public async Task<object?[]?> FirstAsync()
        {
            await using var reader = await Command.ExecuteReaderAsync();
            if (!await reader.ReadAsync())
            {
                return null;
            }

            _columns ??= [.. Enumerable.Range(0, reader.FieldCount).Select(i => Column(reader.GetName(i)))];
            var row = new object?[_columns.Length];
            for (var i = 0; i < row.Length; i++)
            {
                if (!await reader.IsDBNullAsync(i))
                {
                    var (mapping, read) = _columns[i];
                    var value = read(reader, i);
                    row[i] = mapping.Converter is { } converter ? converter.ConvertFromProvider(value) : value;
                }
            }

            return row;
        }

        private IProperty Property(string name) =>
            _entity.FindProperty(name) ?? throw new InvalidOperationException($"{_entity.DisplayName()} has no property {name}.");

        private (RelationalTypeMapping, Func<DbDataReader, int, object>) Column(string name)
        {
            var mapping = Property(name).GetRelationalTypeMapping();
            var type = mapping.Converter?.ProviderClrType ?? mapping.ClrType;
            return (mapping, Boxed.MakeGenericMethod(Nullable.GetUnderlyingType(type) ?? type).CreateDelegate<Func<DbDataReader, int, object>>());
        }

        private static object Read<TValue>(DbDataReader reader, int ordinal)
            where TValue : notnull => reader.GetFieldValue<TValue>(ordinal);
    }
}
