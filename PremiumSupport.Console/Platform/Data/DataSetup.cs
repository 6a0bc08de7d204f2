using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace PremiumSupport.Platform.Data;

/// <summary>Registers the database and brings it up to date at start.</summary>
public static class DataSetup
{
    /// <summary>Adds the context factory and the write queue for the configured provider.</summary>
    /// <exception cref="InvalidOperationException">The provider is not one we know; the message names the key.</exception>
    public static IHostApplicationBuilder AddSupportData(this IHostApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection("Database").Get<DatabaseOptions>() ?? new();
        if (!options.Provider.Equals("Sqlite", StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidOperationException(
                $"Database:Provider (environment variable Database__Provider) is '{options.Provider}'. This version knows 'Sqlite'.");
        }

        var connectionString = SqliteConnectionString(builder.Configuration.GetConnectionString("Support") ?? "Data Source=App_Data/support.db", builder.Environment.ContentRootPath);
        // Part of the model, so it stands beside it: Identity would leave out the passkeys' table otherwise.
        builder.Services.Configure<IdentityOptions>(identity => identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3);
        builder.Services.AddPooledDbContextFactory<SqliteSupportDb>(db => db.UseSqlite(connectionString).AddInterceptors(new SqlitePragmas()));
        builder.Services.AddSingleton<IDbContextFactory<SupportDb>, SupportDbFactory>();
        builder.Services.AddScoped<SupportDb>(services => services.GetRequiredService<IDbContextFactory<SupportDb>>().CreateDbContext());
        builder.Services.AddSingleton<IWriteConnection>(services => new SqliteWriteConnection(connectionString, services));
        builder.Services.AddSingleton<WriteQueue>();
        builder.Services.AddHostedService(services => services.GetRequiredService<WriteQueue>());
        return builder;
    }

    /// <summary>Applies the migrations that the database lacks, creating it when there is none.</summary>
    public static async Task MigrateAsync(IServiceProvider services)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<SupportDb>>().CreateDbContextAsync();
        await db.Database.MigrateAsync();
    }

    /// <summary>Makes a relative data source relative to the content root, whatever folder the process was started in, and its folder exist.</summary>
    private static string SqliteConnectionString(string configured, string contentRoot)
    {
        var connection = new SqliteConnectionStringBuilder(configured);
        if (connection.DataSource is not ":memory:" && connection.Mode != SqliteOpenMode.Memory)
        {
            connection.DataSource = Path.GetFullPath(connection.DataSource, contentRoot);
            Directory.CreateDirectory(Path.GetDirectoryName(connection.DataSource)!);
        }

        return connection.ToString();
    }
}

/// <summary><see cref="IDbContextFactory{TContext}"/> is invariant; this one exposes the base type so that nobody names a provider.</summary>
internal sealed class SupportDbFactory(IDbContextFactory<SqliteSupportDb> factory) : IDbContextFactory<SupportDb>
{
    public SupportDb CreateDbContext() => factory.CreateDbContext();
}
