using Microsoft.EntityFrameworkCore;

namespace PremiumSupport.Platform.Data;

/// <summary>Registers PostgreSQL: a server that several nodes may share.</summary>
internal static class PostgresSetup
{
    public static void AddPostgres(this IHostApplicationBuilder builder, string configured)
    {
        var postgres = new Postgres(configured);
        builder.Services.AddSingleton(postgres);
        builder.Services.AddPooledDbContextFactory<PostgresSupportDb>(db => db.UseNpgsql(postgres.ConnectionString).AddInterceptors(StorableTexts.Instance));
        builder.Services.AddSingleton<IDbContextFactory<SupportDb>, SupportDbFactory<PostgresSupportDb>>();
        // The ring of data protection asks for its context by its own type.
        builder.Services.AddScoped(services => services.GetRequiredService<IDbContextFactory<PostgresSupportDb>>().CreateDbContext());
        builder.Services.AddSingleton<IWriteConnection, PostgresWriteConnection>();
        builder.Services.AddSingleton<INodeLocks, PostgresLocks>();
        builder.Services.AddSingleton<ITextIndex, PostgresTextIndex>();
        builder.Services.AddSingleton<IRowSearch, PostgresRowSearch>();
    }
}
