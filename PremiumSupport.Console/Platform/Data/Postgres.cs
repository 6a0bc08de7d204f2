using Npgsql;

namespace PremiumSupport.Platform.Data;

/// <summary>Where the PostgreSQL database is. Registered only where it is the database, so whoever finds it may use what only PostgreSQL has.</summary>
public sealed class Postgres
{
    private readonly NpgsqlConnectionStringBuilder _address;

    /// <summary>Checks the connection string and fills in what it leaves open.</summary>
    /// <exception cref="InvalidOperationException">It is none, or lacks host or database; the message names the key.</exception>
    internal Postgres(string configured)
    {
        _address = Read(configured);
        foreach (var (key, value) in new[] { (nameof(_address.Host), _address.Host), (nameof(_address.Database), _address.Database) })
        {
            if (string.IsNullOrWhiteSpace(value))
            {
                throw DatabaseOptions.Unusable($"lacks '{key}'. Write for example Host=localhost;Database=support;Username=support;Password=…");
            }
        }

        // Two nodes with pools of the driver's own default size would not fit on a server of default size.
        Default("Maximum Pool Size", 40);
        // Finds out that the server is gone where nothing is asked of it for long: on the connections that write and listen. By the operating system, because the driver's own
        // pings give up an idle connection whose answer a busy machine was slow to read, and whoever takes it from the pool next pays for it.
        Default("Tcp Keepalive", true);
        Default("Tcp Keepalive Time", 30);
        Default("Tcp Keepalive Interval", 10);
        Default("Application Name", "PremiumSupport");
        ConnectionString = _address.ConnectionString;
    }

    /// <summary>Every connection made with it comes from one pool.</summary>
    internal string ConnectionString { get; }

    private string Name => _address.Database!;

    private string Host => $"{_address.Host}:{_address.Port}";

    /// <summary>A connection that is not open yet, to be disposed by the caller.</summary>
    public NpgsqlConnection Connect() => new(ConnectionString);

    /// <summary>A connection that is open, to be disposed by the caller.</summary>
    public async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellation = default)
    {
        var connection = Connect();
        try
        {
            await connection.OpenAsync(cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sees to it that the server answers and the database exists, making an empty one where there is none.</summary>
    /// <exception cref="InvalidOperationException">It cannot be reached, or not be made; the message names the key and says what the server said.</exception>
    internal async Task ReachAsync()
    {
        try
        {
            try
            {
                await using var connection = await OpenAsync();
            }
            catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.InvalidCatalogName)
            {
                await CreateAsync();
            }
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException)
        {
            throw DatabaseOptions.Unusable($"leads to no database that lets us in. {Host} says: {(failure.InnerException ?? failure).Message}", failure);
        }
    }

    private async Task CreateAsync()
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString) { Database = "postgres", Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var create = connection.CreateCommand();
        create.CommandText = $"CREATE DATABASE \"{Name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        try
        {
            await create.ExecuteNonQueryAsync();
        }
        catch (PostgresException others) when (others.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another node made it in the same moment.
        }
    }

    private void Default(string keyword, object value)
    {
        if (!_address.ShouldSerialize(keyword))
        {
            _address[keyword] = value;
        }
    }

    private static NpgsqlConnectionStringBuilder Read(string configured)
    {
        try
        {
            return new(configured);
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException or InvalidCastException)
        {
            throw DatabaseOptions.Unusable($"is no PostgreSQL connection string: {wrong.Message}", wrong);
        }
    }
}
