using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PremiumSupport.Platform.Data;

/// <summary>Registers the database and brings it up to date at start.</summary>
public static partial class DataSetup
{
    /// <summary>The lock of whoever makes what only the first start makes, among <see cref="INodeLocks"/>.</summary>
    public const string FirstStart = "first start";

    /// <summary>Adds the context factory and the write queue for the configured provider.</summary>
    /// <exception cref="InvalidOperationException">The provider or the connection string is not one we can use; the message names the key.</exception>
    public static IHostApplicationBuilder AddSupportData(this IHostApplicationBuilder builder)
    {
        var options = DatabaseOptions.Read(builder.Configuration);
        // Part of the model, so it stands beside it: Identity would leave out the passkeys' table otherwise.
        builder.Services.Configure<IdentityOptions>(identity => identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3);
        switch (options.Provider)
        {
            case DatabaseProvider.PostgreSql:
                builder.AddPostgres(options.ConnectionString);
                break;
            default:
                builder.AddSqlite(options.ConnectionString);
                break;
        }

        builder.Services.AddScoped<SupportDb>(services => services.GetRequiredService<IDbContextFactory<SupportDb>>().CreateDbContext());
        builder.Services.AddSingleton<WriteQueue>();
        builder.Services.AddHostedService(services => services.GetRequiredService<WriteQueue>());
        return builder;
    }

    /// <summary>
    /// Applies the migrations that the database lacks, creating it when there is none. An SQLite database that is to be changed is copied first; a PostgreSQL server is the operator's to back up.
    /// </summary>
    /// <param name="meanwhile">Begun before an existing database is changed and disposed afterwards: what answers in that time.</param>
    /// <exception cref="InvalidOperationException">There is no database to be reached; the message names the key.</exception>
    public static async Task MigrateAsync(IServiceProvider services, Func<Task<IAsyncDisposable>>? meanwhile = null)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<SupportDb>>().CreateDbContextAsync();
        if (db is PostgresSupportDb)
        {
            // EF would look into a table that is not there yet, and the log of a first start would begin with a failure that is none.
            await db.GetService<IHistoryRepository>().CreateIfNotExistsAsync();
        }

        // Migrating compares the whole model with its snapshot even when there is nothing to do; eng/test.sh has done that, and a restart should not wait for it.
        if (!(await db.Database.GetPendingMigrationsAsync()).Any())
        {
            return;
        }

        var isNew = !(await db.Database.GetAppliedMigrationsAsync()).Any();
        await using var answering = isNew || meanwhile is null ? null : await meanwhile();
        if (db is SqliteSupportDb)
        {
            await SqliteSetup.ForgetKilledStartAsync(db);
            if (!isNew)
            {
                var file = await SqliteBackup.BeforeMigrationAsync(db.Database.GetConnectionString()!, (services.GetService<TimeProvider>() ?? TimeProvider.System).GetUtcNow());
                LogCopied(services.GetRequiredService<ILogger<SupportDb>>(), file);
            }
        }

        await db.Database.MigrateAsync();
    }

    [LoggerMessage(LogLevel.Information, "The database is about to be changed and was copied to {File}; \"restore\" puts it back.")]
    private static partial void LogCopied(ILogger logger, string file);

    /// <summary>
    /// Keeps the other nodes waiting until disposed. A start holds it while it brings the database up to date and makes what only the first start makes, so that
    /// nodes that start together on an empty database end with one secret, one policy and one set of tables.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is no database to be reached; the message names the key.</exception>
    public static async Task<IAsyncDisposable> StartAloneAsync(IServiceProvider services)
    {
        if (services.GetService<Postgres>() is { } postgres)
        {
            await postgres.ReachAsync();
        }

        return await services.GetRequiredService<INodeLocks>().TakeAsync(FirstStart);
    }
}

/// <summary><see cref="IDbContextFactory{TContext}"/> is invariant; this one exposes the base type so that nobody names a provider.</summary>
internal sealed class SupportDbFactory<TContext>(IDbContextFactory<TContext> factory) : IDbContextFactory<SupportDb>
    where TContext : SupportDb
{
    public SupportDb CreateDbContext() => factory.CreateDbContext();
}
