namespace PremiumSupport.Platform.Data;

/// <summary>The databases that the product runs on.</summary>
public enum DatabaseProvider { Sqlite, PostgreSql }

/// <summary>Which database holds everything (<c>Database:*</c>, <c>ConnectionStrings:Support</c>).</summary>
/// <param name="Provider"><c>Sqlite</c>, the default: one file, one node. <c>PostgreSql</c>: a server, and as many nodes as share it.</param>
/// <param name="ConnectionString">As it was configured.</param>
public sealed record DatabaseOptions(DatabaseProvider Provider, string ConnectionString)
{
    private const string SqliteFile = "Data Source=App_Data/support.db";

    /// <summary>Reads the options; SQLite needs none.</summary>
    /// <exception cref="InvalidOperationException">A provider that is not known, or PostgreSQL without an address; the message names the key.</exception>
    public static DatabaseOptions Read(IConfiguration configuration)
    {
        var provider = configuration["Database:Provider"] is { Length: > 0 } word ? Provide(word) : DatabaseProvider.Sqlite;
        var connectionString = configuration.GetConnectionString("Support");
        return string.IsNullOrWhiteSpace(connectionString) && provider == DatabaseProvider.PostgreSql
            ? throw Unusable("is missing. PostgreSQL needs its address, for example Host=localhost;Database=support;Username=support;Password=…")
            : new(provider, string.IsNullOrWhiteSpace(connectionString) ? SqliteFile : connectionString);
    }

    /// <summary>What stops a start that has no database to run on. A sentence that begins with the key.</summary>
    internal static InvalidOperationException Unusable(string reason, Exception? cause = null) =>
        new($"ConnectionStrings:Support (environment variable ConnectionStrings__Support) {reason}", cause);

    private static DatabaseProvider Provide(string word) =>
        word.Equals(nameof(DatabaseProvider.Sqlite), StringComparison.OrdinalIgnoreCase) ? DatabaseProvider.Sqlite
        : word.Equals(nameof(DatabaseProvider.PostgreSql), StringComparison.OrdinalIgnoreCase) ? DatabaseProvider.PostgreSql
        : throw new InvalidOperationException($"Database:Provider (environment variable Database__Provider) is '{word}'. There are 'Sqlite' and 'PostgreSql'.");
}
