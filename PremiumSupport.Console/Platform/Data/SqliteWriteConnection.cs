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

    // With the application's services, as every other context has: the model depends on Identity's options, and the first context of a process builds it for all.
    public SupportDb CreateContext(DbConnection connection) =>
        new SqliteSupportDb(new DbContextOptionsBuilder<SqliteSupportDb>().UseSqlite(connection).UseApplicationServiceProvider(services).Options);
}
