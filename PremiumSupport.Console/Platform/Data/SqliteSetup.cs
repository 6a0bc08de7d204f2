using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace PremiumSupport.Platform.Data;

/// <summary>Registers SQLite: a file beside the product, for one node.</summary>
internal static class SqliteSetup
{
    public static void AddSqlite(this IHostApplicationBuilder builder, string configured)
    {
        var connectionString = ConnectionString(configured, builder.Environment.ContentRootPath);
        builder.Services.AddPooledDbContextFactory<SqliteSupportDb>(db => db.UseSqlite(connectionString).AddInterceptors(new SqlitePragmas(), StorableTexts.Instance));
        builder.Services.AddSingleton<IDbContextFactory<SupportDb>, SupportDbFactory<SqliteSupportDb>>();
        builder.Services.AddSingleton<IWriteConnection>(services => new SqliteWriteConnection(connectionString, services));
        builder.Services.AddHostedService(services => new SqliteCheckpoints(connectionString, services.GetRequiredService<ILogger<SqliteCheckpoints>>()));
        builder.Services.AddSingleton<INodeLocks, OneNode>();
        builder.Services.AddSingleton<ITextIndex, SqliteTextIndex>();
        builder.Services.AddSingleton<IRowSearch, SqliteRowSearch>();
    }

    /// <summary>
    /// Puts right what a start leaves behind that is killed while it makes or changes the tables: EF's lock, a row that nobody would ever take away and for which every later start would wait,
    /// and the journal of a file that had just been made. The file is written by this process alone, so a lock that stands is nobody's.
    /// </summary>
    public static async Task ForgetKilledStartAsync(SupportDb db)
    {
        if (await db.GetService<IRelationalDatabaseCreator>().ExistsAsync())
        {
            await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL; DROP TABLE IF EXISTS \"__EFMigrationsLock\";");
        }
    }

    /// <summary>Makes a relative data source relative to the content root, whatever folder the process was started in, and its folder exist.</summary>
    public static string ConnectionString(string configured, string contentRoot)
    {
        var connection = Read(configured);
        if (connection.DataSource is not ":memory:" && connection.Mode != SqliteOpenMode.Memory)
        {
            connection.DataSource = Path.GetFullPath(connection.DataSource, contentRoot);
            Directory.CreateDirectory(Path.GetDirectoryName(connection.DataSource)!);
        }

        return connection.ToString();
    }

    private static SqliteConnectionStringBuilder Read(string configured)
    {
        try
        {
            return new(configured);
        }
        catch (ArgumentException wrong)
        {
            throw DatabaseOptions.Unusable($"is no SQLite connection string: {wrong.Message}", wrong);
        }
    }
}
