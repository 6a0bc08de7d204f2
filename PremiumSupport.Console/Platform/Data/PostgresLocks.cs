using Npgsql;

namespace PremiumSupport.Platform.Data;

/// <summary>
/// Locks among nodes as PostgreSQL's advisory locks, each held by a connection of its own: when its process dies, the server lets go of it.
/// Needs sessions, so a pooler in between that lends connections by the transaction will not do.
/// </summary>
internal sealed class PostgresLocks(Postgres postgres) : INodeLocks, IDisposable
{
    // Whoever holds a lock will need another connection for the work, so locks must never take all of the pool.
    private const int MostAtOnce = 16;

    private readonly SemaphoreSlim _places = new(MostAtOnce, MostAtOnce);

    public async Task<IAsyncDisposable> TakeAsync(string name, CancellationToken cancellation = default)
    {
        await _places.WaitAsync(cancellation);
        NpgsqlConnection? connection = null;
        try
        {
            connection = await postgres.OpenAsync(cancellation);
            // Waits as long as it takes; another node may be filling the demo workspace.
            await ExecuteAsync(connection, "SELECT pg_advisory_lock(hashtextextended($1, 0))", name, timeout: 0, cancellation);
            return new Held(connection, name, _places);
        }
        catch
        {
            if (connection is not null)
            {
                await connection.DisposeAsync();
            }

            _places.Release();
            throw;
        }
    }

    public void Dispose() => _places.Dispose();

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, string name, int timeout, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = timeout };
        command.Parameters.Add(new() { Value = name });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private sealed class Held(NpgsqlConnection connection, string name, SemaphoreSlim places) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            try
            {
                // The connection goes back to the pool, where the lock would live on.
                await ExecuteAsync(connection, "SELECT pg_advisory_unlock(hashtextextended($1, 0))", name, timeout: 30, CancellationToken.None);
            }
            catch (NpgsqlException)
            {
                // The connection broke, and the lock ended with it.
            }
            finally
            {
                await connection.DisposeAsync();
                places.Release();
            }
        }
    }
}
