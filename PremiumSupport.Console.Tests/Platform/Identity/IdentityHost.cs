using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Identity.Bearer;
using PremiumSupport.Platform.Realtime;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Platform.Identity;

/// <summary>The identity room alone in a small application: one endpoint per policy, a database in a folder of its own.</summary>
public sealed class IdentityHost : IAsyncDisposable
{
    public const string Password = "correct horse battery";

    private static readonly string[] PolicyNames =
        [Access.Staff, Access.Lead, Access.Admin, Access.Api, Access.ApiTickets, Access.ApiReports, Access.ApiLead, Access.ApiAdmin, Access.Customer, Access.Chat, Access.Notes];

    private readonly string _folder = Directory.CreateTempSubdirectory("ps-identity").FullName;
    private readonly TestDatabase _database;

    private IdentityHost(TestDatabase database) => _database = database;

    public WebApplication App { get; private set; } = default!;

    public ClockFake Clock { get; } = new();

    public CustomerCard Customer { get; } = new(Guid.CreateVersion7(), Guid.CreateVersion7(), "Sofia", "sofia@acme.example");

    public LogLines Logs { get; } = new();

    public IServiceProvider Services => App.Services;

    public static Task<IdentityHost> StartAsync(params (string Key, string Value)[] settings) => StartAsync(DatabaseProvider.Sqlite, settings);

    public static async Task<IdentityHost> StartAsync(DatabaseProvider provider, params (string Key, string Value)[] settings)
    {
        var host = new IdentityHost(await TestDatabase.CreateAsync(provider));
        await host.BuildAsync(settings);
        return host;
    }

    /// <summary>A client with its own cookies that does not follow redirects.</summary>
    public HttpClient Client(string? bearer = null)
    {
        var client = new HttpClient(new CookieKeeper(App.GetTestServer().CreateHandler())) { BaseAddress = new("http://localhost") };
        client.DefaultRequestHeaders.Authorization = bearer is null ? null : new AuthenticationHeaderValue("Bearer", bearer);
        return client;
    }

    public async Task<StaffUser> AddStaffAsync(string role, string email)
    {
        await using var scope = Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<StaffUser>>();
        var user = new StaffUser { Id = Guid.CreateVersion7(), UserName = email, Email = email, DisplayName = "Name of " + role };
        Assert.True((await users.CreateAsync(user, Password)).Succeeded);
        Assert.True((await users.AddToRoleAsync(user, role)).Succeeded);
        return user;
    }

    public async Task<NewApiKey> AddKeyAsync(Guid staffId, params string[] scopes)
    {
        var made = await Services.GetRequiredService<ApiKeyCommands>().CreateAsync(staffId, "test", scopes, null, StaffFakes.Admin, TestContext.Current.CancellationToken);
        Assert.Null(made.Problem);
        return made.Value!;
    }

    public async Task<string> AddSessionAsync(TimeSpan? lifetime = null) => (await Services.GetRequiredService<CustomerSessions>()
        .CreateAsync(Customer.ContactId, ClientPlatform.Web, Clock.GetUtcNow() + (lifetime ?? TimeSpan.FromHours(1)), TestContext.Current.CancellationToken)).Token;

    public async Task ChangeAsync(Guid staffId, Action<StaffUser> change)
    {
        await using (var db = await Services.GetRequiredService<IDbContextFactory<SupportDb>>().CreateDbContextAsync())
        {
            change(await db.Users.SingleAsync(user => user.Id == staffId));
            await db.SaveChangesAsync();
        }

        Services.GetRequiredService<ChangeBus>().Publish(new(StaffDirectory.Topic, 0));
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task BuildAsync((string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development", ApplicationName = typeof(Access).Assembly.GetName().Name });
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders().AddProvider(Logs).SetMinimumLevel(LogLevel.Information);
        builder.Configuration.AddInMemoryCollection(_database.Settings);
        builder.Configuration.AddInMemoryCollection([new("Storage:Path", _folder)]);
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => new KeyValuePair<string, string?>(setting.Key, setting.Value)));
        builder.AddSupportData();
        builder.AddSupportIdentity();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddSingleton<ChangeBus>();
        builder.Services.AddSignalR();
        builder.Services.AddSingleton<ICustomerDirectory>(new OneCustomer(Customer));
        App = builder.Build();
        await using (var db = await Services.GetRequiredService<IDbContextFactory<SupportDb>>().CreateDbContextAsync())
        {
            await db.Database.EnsureCreatedAsync();
        }

        App.UseOriginGuard();
        App.UseAuthentication();
        App.UseAuthorization();
        foreach (var policy in PolicyNames)
        {
            App.MapGet($"/api/test/{policy}", (HttpContext context) => CallerReader.From(context.User)?.Name).RequireAuthorization(policy);
        }

        App.MapSupportIdentity();
        App.MapHub<EmptyHub>("/hubs/empty").RequireAuthorization(Access.Chat);
        App.MapPost("/_blazor/negotiate", () => "circuit").AllowAnonymous();
        App.MapGet("/_blazor", () => "circuit");
        App.MapGet("/queue", (HttpContext context) => CallerReader.Staff(context.User)?.Name).RequireAuthorization(Access.Staff);
        App.MapGet("/unnamed", () => "fallback");
        App.MapGet("/admin/test", () => "admin").RequireAuthorization(Access.Admin);
        App.Map(BearerPaths.Hub, (HttpContext context) => CallerReader.From(context.User)?.Name).RequireAuthorization(Access.Chat);
        App.Map("/hubs/other", (HttpContext context) => CallerReader.From(context.User)?.Name).RequireAuthorization(Access.Chat);
        await App.StartAsync();
    }

    private sealed class EmptyHub : Microsoft.AspNetCore.SignalR.Hub;

    private sealed class OneCustomer(CustomerCard card) : ICustomerDirectory
    {
        public ValueTask<CustomerCard?> FindAsync(Guid contactId, CancellationToken cancellation = default) => new(contactId == card.ContactId ? card : null);
    }
}

/// <summary>The chat hub's address, where a token may stand in the URL.</summary>
public static class BearerPaths
{
    public const string Hub = "/hubs/chat";
}
