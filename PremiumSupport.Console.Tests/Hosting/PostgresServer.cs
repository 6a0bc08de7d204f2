using Hangfire.PostgreSql;
using Microsoft.Extensions.Hosting;
using Npgsql;
using PremiumSupport.Platform.Data;
using PremiumSupport.Tests.Hosting;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace PremiumSupport.Tests.Hosting;

/// <summary>
/// The PostgreSQL server that eng/test.sh starts beside the tests. Its address comes by an environment variable; where there is none, the tests that need it are
/// skipped, visibly.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime
{
    public const string Variable = "PREMIUMSUPPORT_TEST_POSTGRES";

    private static readonly string Prefix = $"support_test_{Environment.ProcessId}_";
    private static readonly Lazy<Task<string>> Template = new(MakeTemplateAsync);
    private static int _made;

    /// <summary>Whether there is one.</summary>
    public static bool IsThere => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 };

    /// <summary>Skips the test where there is none.</summary>
    public static void Require() => Assert.SkipUnless(IsThere, $"There is no PostgreSQL: {Variable} does not say where. eng/test.sh starts one, and so does eng/with-postgres.sh.");

    /// <summary>PostgreSQL, for a test that takes a provider; the test is skipped where there is none.</summary>
    public static DatabaseProvider OrSkip()
    {
        Require();
        return DatabaseProvider.PostgreSql;
    }

    /// <summary>The connection string of a database of that name.</summary>
    public static string AddressOf(string name) => new NpgsqlConnectionStringBuilder(Environment.GetEnvironmentVariable(Variable)) { Database = name }.ConnectionString;

    /// <summary>Makes a database with all its tables and returns its name. Migrating anew would take seconds, copying takes a tenth of one.</summary>
    public static async Task<string> CopyAsync()
    {
        Require();
        return await CreateAsync(await Template.Value);
    }

    /// <summary>Makes an empty database and returns its name.</summary>
    public static Task<string> CreateEmptyAsync()
    {
        Require();
        return CreateAsync("template1");
    }

    /// <summary>Throws it away, whoever is still connected.</summary>
    public static Task DropAsync(string name) => ExecuteAsync($"DROP DATABASE IF EXISTS \"{name}\" WITH (FORCE)");

    /// <summary>Runs a statement on the server.</summary>
    public static async Task ExecuteAsync(string sql, string database = "postgres")
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(AddressOf(database)) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (Template.IsValueCreated && Template.Value.IsCompletedSuccessfully)
        {
            await DropAsync(await Template.Value);
        }
    }

    private static async Task<string> CreateAsync(string template)
    {
        var name = $"{Prefix}{Interlocked.Increment(ref _made)}";
        await ExecuteAsync($"CREATE DATABASE \"{name}\" TEMPLATE \"{template}\"");
        return name;
    }

    private static async Task<string> MakeTemplateAsync()
    {
        var name = await CreateAsync("template1");
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        // A copy can be made only while nobody is connected to the original.
        builder.Configuration["ConnectionStrings:Support"] = AddressOf(name) + ";Pooling=false";
        builder.Configuration["Database:Provider"] = "PostgreSql";
        builder.AddSupportData();
        using var host = builder.Build();
        await DataSetup.MigrateAsync(host.Services);
        await using var connection = new NpgsqlConnection(AddressOf(name) + ";Pooling=false");
        await connection.OpenAsync();
        // Hangfire keeps the log of whichever host came first for the whole process, and that host may be gone.
        Hangfire.Logging.LogProvider.SetCurrentLogProvider(null);
        PostgreSqlObjectsInstaller.Install(connection);
        return name;
    }
}
