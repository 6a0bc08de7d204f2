using System.Data.Common;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Tests.Figures.Million;

/// <summary>
/// Listens to what EF runs, and asks the database how it would run the same with the same values. To be made before the host: for a second EF remembers that nobody listened.
/// </summary>
internal sealed class SqlPlans : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly List<(string Sql, DbParameter[] Parameters)> _commands = [];
    private readonly List<IDisposable> _subscriptions = [];

    public SqlPlans() => _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));

    /// <summary>Whether commands are kept.</summary>
    public bool IsKeeping { get; set; }

    /// <summary>The plan of the last command that holds all of these words, in lines; throws when there was none.</summary>
    /// <param name="db">Where to ask.</param>
    /// <param name="isMeasured">PostgreSQL: run it and tell. Otherwise the planner is only asked, with scans and sorts forbidden where an index can serve: the tables of a test are too small for it to want one.</param>
    /// <param name="words">Parts of the statement; quotation marks do not matter.</param>
    public async Task<string> OfAsync(SupportDb db, bool isMeasured, params string[] words)
    {
        (string Sql, DbParameter[] Parameters) command;
        lock (_commands)
        {
            command = _commands.Last(run => words.All(word => run.Sql.Replace("\"", "", StringComparison.Ordinal).Contains(word, StringComparison.OrdinalIgnoreCase)));
        }

        await db.Database.OpenConnectionAsync();
        var connection = db.Database.GetDbConnection();
        var isSqlite = connection is SqliteConnection;
        if (!isSqlite)
        {
            await db.Database.ExecuteSqlRawAsync(isMeasured ? "RESET ALL" : "SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_sort = off");
        }

        await using var explain = connection.CreateCommand();
        explain.CommandText = $"{(isSqlite ? "EXPLAIN QUERY PLAN" : isMeasured ? "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF, BUFFERS OFF)" : "EXPLAIN (COSTS OFF)")} {command.Sql}";
        foreach (var parameter in command.Parameters)
        {
            explain.Parameters.Add(parameter is ICloneable copy ? copy.Clone() : new SqliteParameter(parameter.ParameterName, parameter.Value));
        }

        var lines = new List<string>();
        await using var reader = await explain.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            lines.Add(reader.GetString(isSqlite ? 3 : 0));
        }

        return string.Join('\n', lines);
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name)
        {
            _subscriptions.Add(value.Subscribe(this));
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (IsKeeping && value.Key == RelationalEventId.CommandExecuting.Name && value.Value is CommandEventData { Command: var command })
        {
            lock (_commands)
            {
                _commands.Add((command.CommandText, [.. command.Parameters.Cast<DbParameter>().Select(parameter => parameter is ICloneable copy ? (DbParameter)copy.Clone() : new SqliteParameter(parameter.ParameterName, parameter.Value))]));
            }
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose() => _subscriptions.ForEach(subscription => subscription.Dispose());
}
