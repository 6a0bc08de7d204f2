using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using PremiumSupport.Platform.Data;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Channels.Email.Inbound.FullDisk;

/// <summary>Makes a product's database refuse writes as a full disk does, and take them again. The refusals are the database's own.</summary>
internal abstract class FullStorage
{
    public static FullStorage Of(DatabaseProvider provider, TestDatabase database) => provider == DatabaseProvider.Sqlite ? new NoMorePages() : new ReadOnlyDatabase(database);

    /// <summary>Puts itself between the product and its database, where it must.</summary>
    public virtual void Enter(IServiceCollection services)
    {
    }

    public abstract Task FillAsync();

    public abstract Task FreeAsync();

    /// <summary>SQLite that may not take another page: what fits into the pages that are there is still written, as on a disk whose last blocks are gone.</summary>
    private sealed class NoMorePages : FullStorage
    {
        private volatile bool _isFull;

        public override void Enter(IServiceCollection services)
        {
            var real = services.Last(service => service.ServiceType == typeof(IWriteConnection));
            services.AddSingleton<IWriteConnection>(provider => new Tight((IWriteConnection)real.ImplementationFactory!(provider), this));
        }

        public override Task FillAsync()
        {
            _isFull = true;
            return Task.CompletedTask;
        }

        public override Task FreeAsync()
        {
            _isFull = false;
            return Task.CompletedTask;
        }

        private sealed class Tight(IWriteConnection real, NoMorePages disk) : IWriteConnection
        {
            private bool _isFilled;

            public int LargestGroup => real.LargestGroup;

            public Task<DbConnection> OpenAsync() => real.OpenAsync();

            public SupportDb CreateContext(DbConnection connection) => real.CreateContext(connection);

            public async Task<(DbTransaction Transaction, string Name)> BeginAsync(DbConnection connection)
            {
                // It never goes below what there is.
                await RunAsync(connection, $"PRAGMA max_page_count={(disk._isFull ? 1 : int.MaxValue)}");
                if (disk._isFull && !_isFilled)
                {
                    _isFilled = true;
                    await FillFreePagesAsync(connection);
                }

                return await real.BeginAsync(connection);
            }

            public Task<bool> HasCommittedAsync(string name) => real.HasCommittedAsync(name);

            // Pages that are there and empty are room as well.
            private static async Task FillFreePagesAsync(DbConnection connection)
            {
                await RunAsync(connection, $"PRAGMA max_page_count={int.MaxValue}; CREATE TABLE \"Filler\" (\"Bytes\" BLOB); PRAGMA max_page_count=1");
                foreach (var size in (int[])[1 << 20, 1 << 16, 3_000])
                {
                    try
                    {
                        while (true)
                        {
                            await RunAsync(connection, $"INSERT INTO \"Filler\" VALUES (zeroblob({size}))");
                        }
                    }
                    catch (SqliteException full) when (full.SqliteErrorCode == 13)
                    {
                    }
                }
            }

            private static async Task RunAsync(DbConnection connection, string sql)
            {
                await using var command = connection.CreateCommand();
                command.CommandText = sql;
                await command.ExecuteNonQueryAsync();
            }
        }
    }

    /// <summary>PostgreSQL that was told to take no writes, which is what its operators do when its disk is about to be full.</summary>
    private sealed class ReadOnlyDatabase(TestDatabase database) : FullStorage
    {
        private readonly string _name = new Npgsql.NpgsqlConnectionStringBuilder(database.Settings["ConnectionStrings:Support"]).Database!;

        public override Task FillAsync() => SetAsync("SET default_transaction_read_only = on");

        public override Task FreeAsync() => SetAsync("RESET default_transaction_read_only");

        private async Task SetAsync(string what)
        {
            await PostgresServer.ExecuteAsync($"ALTER DATABASE \"{_name}\" {what}");
            // It holds for connections that are made from now on.
            await PostgresServer.ExecuteAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{_name}'");
        }
    }
}
