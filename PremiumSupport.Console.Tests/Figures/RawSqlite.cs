using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace PremiumSupport.Tests.Figures;

/// <summary>What SQLite can do without anything around it.</summary>
internal sealed class RawSqlite : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("premium-support-raw-").FullName;
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insert;

    public RawSqlite()
    {
        _connection = new($"Data Source={Path.Combine(_folder, "raw.db")};Pooling=False");
        _connection.Open();
        Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE Facts (Id INTEGER PRIMARY KEY, Body TEXT NOT NULL, At INTEGER NOT NULL)");
        _insert = _connection.CreateCommand();
        _insert.CommandText = "INSERT INTO Facts (Body, At) VALUES ('Since nine this morning nobody here can sign in.', 0)";
        _insert.Prepare();
    }

    /// <summary>One row, one transaction, one flush.</summary>
    public void CommitOne() => _insert.ExecuteNonQuery();

    /// <summary>Milliseconds for an update of that many rows in one transaction.</summary>
    public double UpdateMilliseconds(int rows)
    {
        Execute("DELETE FROM Facts");
        for (var i = 0; i < rows; i++)
        {
            CommitOne();
        }

        var start = Stopwatch.GetTimestamp();
        using var transaction = _connection.BeginTransaction();
        using var update = _connection.CreateCommand();
        update.Transaction = transaction;
        update.CommandText = "UPDATE Facts SET At = At + 1 WHERE Id = $id";
        var id = update.Parameters.Add("$id", SqliteType.Integer);
        foreach (var row in Ids(transaction))
        {
            id.Value = row;
            update.ExecuteNonQuery();
        }

        transaction.Commit();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    public void Dispose()
    {
        _insert.Dispose();
        _connection.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private List<long> Ids(SqliteTransaction transaction)
    {
        using var select = _connection.CreateCommand();
        select.Transaction = transaction;
        select.CommandText = "SELECT Id FROM Facts";
        using var reader = select.ExecuteReader();
        var ids = new List<long>();
        while (reader.Read())
        {
            ids.Add(reader.GetInt64(0));
        }

        return ids;
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
