using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace PremiumSupport.Platform.Data;

/// <summary>The write queue's connection on SQLite. Its transactions begin IMMEDIATE, the driver's default.</summary>
internal sealed class SqliteWriteConnection(string connectionString, IServiceProvider services) : IWriteConnection
{
    // Moving pages from the log into the file takes two flushes and many writes, so another connection does it meanwhile (SqliteCheckpoints); only when that one has
    // fallen 64 MB behind does a commit wait for it. The log keeps the size that it once had, since writing over what is there flushes faster than making it longer.
    // Pages that a busy chat touches again and again stay in memory.
    private const string WriterPragmas = "PRAGMA wal_autocheckpoint=16000; PRAGMA cache_size=-32768; PRAGMA temp_store=MEMORY;";

    private (DbConnection Connection, DbContextOptions<SqliteSupportDb> Options)? _last;

    public int LargestGroup => 1_000;

    public async Task<DbConnection> OpenAsync()
    {
        var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync();
        await using var pragmas = connection.CreateCommand();
        pragmas.CommandText = SqlitePragmas.Sql + WriterPragmas;
        await pragmas.ExecuteNonQueryAsync();
        return connection;
    }

    public SupportDb CreateContext(DbConnection connection)
    {
        if (_last?.Connection != connection)
        {
            // Identity takes its schema version from the application's services; the first context of a process decides on the model for all.
            _last = (connection, new DbContextOptionsBuilder<SqliteSupportDb>().UseSqlite(connection).AddInterceptors(StorableTexts.Instance).UseApplicationServiceProvider(services).Options);
        }

        return new SqliteSupportDb(_last.Value.Options);
    }

    public async Task<(DbTransaction Transaction, string Name)> BeginAsync(DbConnection connection) => (await connection.BeginTransactionAsync(), "");

    // The file is written by this process: a commit that was not answered did not happen.
    public Task<bool> HasCommittedAsync(string name) => Task.FromResult(false);
}
