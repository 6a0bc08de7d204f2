using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using PremiumSupport.Platform.Data;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Platform.Data;

/// <summary>A wrong database stops the start with a sentence that says where to look.</summary>
public sealed class DatabaseOptionsTests
{
    [Theory]
    [InlineData("MySql", null, "Database:Provider (environment variable Database__Provider) is 'MySql'. There are 'Sqlite' and 'PostgreSql'.")]
    [InlineData("1", null, "Database:Provider (environment variable Database__Provider) is '1'. There are 'Sqlite' and 'PostgreSql'.")]
    [InlineData("postgresql", null, "ConnectionStrings:Support (environment variable ConnectionStrings__Support) is missing.")]
    [InlineData("PostgreSql", "  ", "ConnectionStrings:Support (environment variable ConnectionStrings__Support) is missing.")]
    [InlineData("PostgreSql", "Data Source=support.db", "ConnectionStrings:Support (environment variable ConnectionStrings__Support) is no PostgreSQL connection string:")]
    [InlineData("PostgreSql", "Host=localhost;Port=many;Database=support", "ConnectionStrings:Support (environment variable ConnectionStrings__Support) is no PostgreSQL connection string:")]
    [InlineData("PostgreSql", "nonsense", "ConnectionStrings:Support (environment variable ConnectionStrings__Support) is no PostgreSQL connection string:")]
    [InlineData("PostgreSql", "Database=support", "ConnectionStrings:Support (environment variable ConnectionStrings__Support) lacks 'Host'.")]
    [InlineData("PostgreSql", "Host=localhost", "ConnectionStrings:Support (environment variable ConnectionStrings__Support) lacks 'Database'.")]
    [InlineData("Sqlite", "Host=localhost;Database=support", "ConnectionStrings:Support (environment variable ConnectionStrings__Support) is no SQLite connection string:")]
    public void A_wrong_setting_stops_the_start_and_names_itself(string provider, string? connectionString, string sentence)
    {
        var refused = Assert.Throws<InvalidOperationException>(() => Build(provider, connectionString));
        Assert.StartsWith(sentence, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POSTGRESQL")]
    [InlineData("PostgreSql")]
    public void A_provider_is_known_in_any_letter_case(string word) =>
        Assert.Equal(DatabaseProvider.PostgreSql, DatabaseOptions.Read(new ConfigurationBuilder().AddInMemoryCollection([new("Database:Provider", word), new("ConnectionStrings:Support", "Host=x")]).Build()).Provider);

    [Fact]
    public void Without_a_word_it_is_a_sqlite_file() =>
        Assert.Equal(new(DatabaseProvider.Sqlite, "Data Source=App_Data/support.db"), DatabaseOptions.Read(new ConfigurationBuilder().Build()));

    [Fact]
    public async Task A_server_that_does_not_answer_stops_the_start_and_is_named()
    {
        using var host = Build("PostgreSql", "Host=127.0.0.1;Port=1;Database=support;Username=support;Timeout=5");
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => DataSetup.StartAloneAsync(host.Services));
        Assert.StartsWith("ConnectionStrings:Support (environment variable ConnectionStrings__Support) leads to no database that lets us in. 127.0.0.1:1 says: ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_whom_the_server_does_not_know_stops_the_start_and_hears_why()
    {
        PostgresServer.Require();
        using var host = Build("PostgreSql", PostgresServer.AddressOf("postgres") + ";Username=nobody");
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => DataSetup.StartAloneAsync(host.Services));
        Assert.Contains("\"nobody\"", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_made_once_by_whoever_comes_first()
    {
        PostgresServer.Require();
        var name = $"support \"made\" {Guid.NewGuid():N}";
        var hosts = Enumerable.Range(0, 2).Select(_ => Build("PostgreSql", new Npgsql.NpgsqlConnectionStringBuilder(PostgresServer.AddressOf(name)) { Pooling = false }.ConnectionString)).ToList();
        await Task.WhenAll(hosts.Select(async host =>
        {
            await using var alone = await DataSetup.StartAloneAsync(host.Services);
            await DataSetup.MigrateAsync(host.Services);
        }));

        hosts.ForEach(host => host.Dispose());
        await PostgresServer.DropAsync(name.Replace("\"", "\"\"", StringComparison.Ordinal));
    }

    private static IHost Build(string provider, string? connectionString)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true, ContentRootPath = Path.GetTempPath() });
        builder.Configuration["Database:Provider"] = provider;
        builder.Configuration["ConnectionStrings:Support"] = connectionString;
        builder.AddSupportData();
        return builder.Build();
    }
}
