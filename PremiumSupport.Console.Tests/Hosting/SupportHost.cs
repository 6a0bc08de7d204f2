using System.Net.Http.Headers;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PremiumSupport.Desk.Accounts;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity.Bearer;
using PremiumSupport.Sla;

namespace PremiumSupport.Tests.Hosting;

/// <summary>
/// The whole product on a real Kestrel port of its own, with the demo's people but no tickets; on SQLite in a temporary folder unless a database is given.
/// </summary>
public class SupportHost : WebApplicationFactory<Program>
{
    public const string ApiKey = "test-admin-key-0123456789";
    public const string LeadApiKey = "test-lead-key-0123456789";
    public const string Password = "Test-Premium-1";
    public const string WidgetSecret = "a-secret-of-the-tests-0123456789-abcdef";

    private readonly Dictionary<string, string?> _settings;
    private readonly Action<IServiceCollection>? _services;
    private TestDatabase? _database;

    /// <summary>For class fixtures, which allow one public constructor without arguments.</summary>
    public SupportHost()
        : this(new Dictionary<string, string?>())
    {
    }

    /// <param name="database">Is the caller's, and outlives the host.</param>
    internal SupportHost(IReadOnlyDictionary<string, string?> settings, Action<IServiceCollection>? services = null, TestDatabase? database = null)
    {
        _settings = new()
        {
            ["ConnectionStrings:Support"] = OwnDatabase,
            ["Storage:Path"] = Folder,
            ["Demo:Enabled"] = "true",
            ["Demo:Tickets"] = "false",
            ["Demo:Traffic"] = "false",
            ["Demo:Password"] = Password,
            ["Demo:ApiKey"] = ApiKey,
            ["Demo:LeadApiKey"] = LeadApiKey,
            ["Widget:Secret"] = WidgetSecret,
            ["Undo:Email"] = "00:00:00",
        };
        foreach (var (key, value) in settings.Concat(database?.Settings ?? new Dictionary<string, string?>()))
        {
            _settings[key] = value;
        }

        _services = services;
        UseKestrel(0);
    }

    /// <summary>Where keys are, and the database unless another was given; goes when the host does.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("premium-support-").FullName;

    private string OwnFile => Path.Combine(Folder, "support.db");

    private string OwnDatabase => $"Data Source={OwnFile}";

    /// <summary>The address that it listens on.</summary>
    public Uri Address
    {
        get
        {
            StartServer();
            return ClientOptions.BaseAddress;
        }
    }

    /// <summary>A client of the REST API that acts for the demo's admin.</summary>
    public HttpClient Api(string key = ApiKey)
    {
        _ = Address;
        var client = CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    /// <summary>A session token of a demo customer.</summary>
    public async Task<string> SessionAsync(string email, ClientPlatform platform = ClientPlatform.Web)
    {
        _ = Address;
        await using var db = await Services.GetRequiredService<IDbContextFactory<SupportDb>>().CreateDbContextAsync();
        var contact = await db.Set<Contact>().SingleAsync(contact => contact.Email == email);
        var clock = Services.GetRequiredService<TimeProvider>();
        return (await Services.GetRequiredService<CustomerSessions>().CreateAsync(contact.Id, platform, clock.GetUtcNow().AddHours(1))).Token;
    }

    /// <summary>A started connection to the chat hub.</summary>
    public async Task<HubConnection> ConnectAsync(string token)
    {
        var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(Address, "/hubs/chat"), http => http.AccessTokenProvider = () => Task.FromResult<string?>(token))
            .Build();
        await connection.StartAsync();
        return connection;
    }

    /// <summary>Takes another database, before the start; it goes when the host does.</summary>
    protected async Task MoveToAsync(DatabaseProvider provider)
    {
        _database = await TestDatabase.CreateAsync(provider);
        foreach (var (key, value) in _database.Settings)
        {
            _settings[key] = value;
        }
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development");
        // Figures bring a database of their own with a million tickets in it.
        if (_settings["ConnectionStrings:Support"] == OwnDatabase && !File.Exists(OwnFile))
        {
            SqliteTemplate.WriteTo(OwnFile);
        }

        foreach (var (key, value) in _settings)
        {
            builder.UseSetting(key, value);
        }

        if (_services is not null)
        {
            builder.ConfigureServices(_services);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(Folder, recursive: true);
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }
}
