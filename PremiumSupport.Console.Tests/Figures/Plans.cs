using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace PremiumSupport.Tests.Figures;

/// <summary>Hears which queries the product runs, and asks the database how it would run them.</summary>
internal sealed class Plans : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly List<(string Sql, IReadOnlyList<(string Name, object? Value)> Parameters)> _heard = [];
    private readonly IDisposable _listening;
    private readonly List<IDisposable> _sources = [];

    public Plans() => _listening = DiagnosticListener.AllListeners.Subscribe(this);

    /// <summary>The plans of the queries heard since the last call, each below its query.</summary>
    public IReadOnlyList<string> Explain(DbContext db)
    {
        (string, IReadOnlyList<(string, object?)>)[] heard;
        lock (_heard)
        {
            heard = [.. _heard.DistinctBy(query => query.Sql).Where(query => query.Sql.StartsWith("SELECT", StringComparison.Ordinal))];
            _heard.Clear();
        }

        return [.. heard.Select(query => $"{query.Item1}\n{Explain(db, query.Item1, query.Item2)}")];
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name)
        {
            _sources.Add(value.Subscribe(this));
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is CommandEventData { Command: { } command } && value.Key == RelationalEventId.CommandExecuting.Name)
        {
            lock (_heard)
            {
                _heard.Add((command.CommandText, [.. command.Parameters.Cast<DbParameter>().Select(parameter => (parameter.ParameterName, parameter.Value))]));
            }
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose()
    {
        _listening.Dispose();
        _sources.ForEach(source => source.Dispose());
    }

    private static string Explain(DbContext db, string sql, IReadOnlyList<(string Name, object? Value)> parameters)
    {
        var connection = db.Database.GetDbConnection();
        if (connection.State != System.Data.ConnectionState.Open)
        {
            connection.Open();
        }

        using var command = connection.CreateCommand();
        command.CommandText = (db.Database.IsSqlite() ? "EXPLAIN QUERY PLAN " : "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) ") + sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
            command.Parameters.Add(parameter);
        }

        using var reader = command.ExecuteReader();
        var steps = new List<string>();
        while (reader.Read())
        {
            steps.Add("  " + Convert.ToString(reader.GetValue(reader.FieldCount - 1), CultureInfo.InvariantCulture));
        }

        return string.Join('\n', steps);
    }
}
