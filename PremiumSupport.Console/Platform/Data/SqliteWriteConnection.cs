using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace PremiumSupport.Platform.Data;

/// <summary>The write queue's connection on SQLite. Its transactions begin IMMEDIATE, the driver's default.</summary>
internal sealed class SqliteWriteConnection(string connectionString, IServiceProvider services) : IWriteConnection
{
    public async Task<DbConnection> OpenAsync()
    {
        var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync();
        await using var pragmas = connection.CreateCommand();
        pragmas.CommandText = SqlitePragmas.Sql;
        await pragmas.ExecuteNonQueryAsync();
        return connection;
    }

    public SupportDb CreateContext(DbConnection connection) =>
        // Identity takes its schema version from the application's services; the first context of a process decides on the model for all.
        new SqliteSupportDb(new DbContextOptionsBuilder<SqliteSupportDb>().UseSqlite(connection).UseApplicationServiceProvider(services).Options);
}
