using Microsoft.Data.Sqlite;
using Npgsql;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Tests.Hosting;

/// <summary>A database for one test or one host, gone when disposed.</summary>
public abstract class TestDatabase : IAsyncDisposable
{
    /// <summary>The settings that lead the product to it.</summary>
    public abstract IReadOnlyDictionary<string, string?> Settings { get; }

    /// <summary>A fresh one that has its tables already. The test is skipped where PostgreSQL is asked for and there is no server.</summary>
    public static async Task<TestDatabase> CreateAsync(DatabaseProvider provider) =>
        provider == DatabaseProvider.Sqlite ? new SqliteFile(isMigrated: true) : new PostgresCopy(await PostgresServer.CopyAsync());

    /// <summary>An empty one, without tables.</summary>
    public static async Task<TestDatabase> CreateEmptyAsync(DatabaseProvider provider) =>
        provider == DatabaseProvider.Sqlite ? new SqliteFile(isMigrated: false) : new PostgresCopy(await PostgresServer.CreateEmptyAsync());

    public abstract ValueTask DisposeAsync();

    private sealed class SqliteFile : TestDatabase
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("premium-support-").FullName;

        public SqliteFile(bool isMigrated)
        {
            if (isMigrated)
            {
                SqliteTemplate.WriteTo(File);
            }
        }

        public override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
        {
            ["Database:Provider"] = "sqlite",
            ["ConnectionStrings:Support"] = $"Data Source={File}",
        };

        private string File => Path.Combine(_folder, "support.db");

        public override ValueTask DisposeAsync()
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(_folder, recursive: true);
            return ValueTask.CompletedTask;
        }
    }

    private sealed class PostgresCopy(string name) : TestDatabase
    {
        public override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
        {
            ["Database:Provider"] = "postgresql",
            ["ConnectionStrings:Support"] = PostgresServer.AddressOf(name),
        };

        public override async ValueTask DisposeAsync() => await PostgresServer.DropAsync(name);
    }
}
