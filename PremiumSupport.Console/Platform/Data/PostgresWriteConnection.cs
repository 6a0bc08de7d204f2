using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace PremiumSupport.Platform.Data;

/// <summary>
/// The write queue's connection on PostgreSQL. Every group begins by taking one advisory lock that the server lets go of when the transaction has ended, so the
/// groups of all nodes run one after another and what a job reads is still true when it commits, whichever node it runs on. READ COMMITTED, because then each
/// statement sees what the node before has committed; a snapshot taken while waiting for the lock would not.
/// </summary>
internal sealed class PostgresWriteConnection(Postgres postgres, IServiceProvider services) : IWriteConnection
{
    // "premium" in letters of a telephone, which no other program is likely to have chosen in the same database.
    private const string BeginSql = "SELECT pg_advisory_xact_lock(7736486), pg_current_xact_id()::text";

    // A node that loses its power in the middle of a group must not keep the others waiting for as long as TCP is patient.
    private const string PatienceSql = "SET idle_in_transaction_session_timeout = '30s'";

    private const int Tries = 15;

    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(1);

    private (DbConnection Connection, DbContextOptions<PostgresSupportDb> Options, DbCommand Begin)? _last;

    // Savepoints beyond 64 make the server look them up on disk; a group has them only when something failed.
    public int LargestGroup => 500;

    public async Task<DbConnection> OpenAsync()
    {
        var connection = await postgres.OpenAsync();
        try
        {
            await using var patience = new NpgsqlCommand(PatienceSql, connection);
            await patience.ExecuteNonQueryAsync();
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public SupportDb CreateContext(DbConnection connection) => new PostgresSupportDb(On(connection).Options);

    public async Task<(DbTransaction Transaction, string Name)> BeginAsync(DbConnection connection)
    {
        var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.ReadCommitted);
        try
        {
            var begin = On(connection).Begin;
            begin.Transaction = transaction;
            await using var reader = await begin.ExecuteReaderAsync();
            await reader.ReadAsync();
            return (transaction, reader.GetString(1));
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    public async Task<bool> HasCommittedAsync(string name)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await AskAsync(name);
            }
            catch (Exception failure) when (failure is NpgsqlException or TimeoutException && tries < Tries)
            {
                // It restarts, most likely. By the machine's clock, whatever clock the product runs by.
                await Task.Delay(BetweenTries, TimeProvider.System);
            }
        }
    }

    private async Task<bool> AskAsync(string name)
    {
        await using var connection = await OpenAsync();
        // Only whoever holds the lock can be sure that the transaction is not still on its way: the server may not know yet that we lost each other.
        var (transaction, _) = await BeginAsync(connection);
        await using (transaction)
        {
            await using var ask = connection.CreateCommand();
            ask.CommandText = "SELECT pg_xact_status($1::xid8)";
            ask.Parameters.Add(new NpgsqlParameter { Value = name });
            return await ask.ExecuteScalarAsync() is "committed";
        }
    }

    private (DbConnection Connection, DbContextOptions<PostgresSupportDb> Options, DbCommand Begin) On(DbConnection connection)
    {
        if (_last is { } last && last.Connection == connection)
        {
            return last;
        }

        var begin = connection.CreateCommand();
        begin.CommandText = BeginSql;
        // Identity takes its schema version from the application's services; the first context of a process decides on the model for all.
        var fresh = (connection, new DbContextOptionsBuilder<PostgresSupportDb>().UseNpgsql(connection).AddInterceptors(StorableTexts.Instance).UseApplicationServiceProvider(services).Options, begin);
        _last = fresh;
        return fresh;
    }
}
