using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PremiumSupport.Channels.Chat;

namespace PremiumSupport.Tests.Figures;

/// <summary>
/// The yardsticks on a Kestrel port of their own: endpoints and hubs that do the least that could be called the same work, without rights, checks, promise or ledger.
/// </summary>
internal sealed class BareHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _folder = Directory.CreateTempSubdirectory("premium-support-bare-").FullName;

    private BareHost()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSignalR();
        builder.Services.AddDbContextFactory<NaiveDb>(db => db.UseSqlite($"Data Source={Path.Combine(_folder, "naive.db")}"));
        _app = builder.Build();
        _app.MapPost("/bare", (BareTicket ticket) => Results.Json(ticket, statusCode: 201));
        _app.MapPost("/naive", async (BareTicket ticket, NaiveDb db) =>
        {
            var row = new NaiveTicket { Subject = ticket.Subject, Body = ticket.Body, Email = ticket.Requester.Email, Account = ticket.Account };
            db.Add(row);
            await db.SaveChangesAsync();
            return Results.Json(row, statusCode: 201);
        });
        _app.MapHub<BareHub>("/hubs/bare");
        _app.MapHub<WireHub>("/hubs/wire");
        _app.MapHub<NaiveHub>("/hubs/naive");
    }

    public Uri Address => new(_app.Urls.Single());

    public static async Task<BareHost> StartAsync()
    {
        var host = new BareHost();
        await using (var db = await host._app.Services.GetRequiredService<IDbContextFactory<NaiveDb>>().CreateDbContextAsync())
        {
            await db.Database.EnsureCreatedAsync();
        }

        await host._app.StartAsync();
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}

internal sealed record BarePerson(string Email);

internal sealed record BareTicket(string Channel, BarePerson Requester, string Account, string Subject, string Body);

internal sealed record BareMessage(string ClientMessageId, string Body);

/// <summary>Tells the group and answers.</summary>
internal sealed class BareHub : Hub
{
    public Task Join(string group) => Groups.AddToGroupAsync(Context.ConnectionId, group);

    public async Task<string> Send(string group, BareMessage message)
    {
        await Clients.Group(group).SendAsync("MessagePosted", group, message);
        return message.ClientMessageId;
    }
}

/// <summary>Tells the group and answers in the words of the contract, and keeps nothing: what the wire itself costs.</summary>
internal sealed class WireHub : Hub
{
    private static long _sequence;

    public Task Join(string group) => Groups.AddToGroupAsync(Context.ConnectionId, group);

    public async Task<SendAnswer> Send(string group, BareMessage message)
    {
        var (sequence, sentAt) = (Interlocked.Increment(ref _sequence), TimeProvider.System.GetUtcNow());
        await Clients.Group(group).SendAsync("MessagePosted", group, new ChatMessage(sequence, message.ClientMessageId, "customer", "Sofia Marchetti", "public", message.Body, sentAt, []));
        return new(sequence, sentAt);
    }
}

/// <summary>Saves each message by itself, tells the group and answers.</summary>
internal sealed class NaiveHub(IDbContextFactory<NaiveDb> factory) : Hub
{
    public Task Join(string group) => Groups.AddToGroupAsync(Context.ConnectionId, group);

    public async Task<string> Send(string group, BareMessage message)
    {
        await using (var db = await factory.CreateDbContextAsync())
        {
            db.Add(new NaiveMessage { Conversation = group, ClientMessageId = message.ClientMessageId, Body = message.Body });
            await db.SaveChangesAsync();
        }

        await Clients.Group(group).SendAsync("MessagePosted", group, message);
        return message.ClientMessageId;
    }
}

internal sealed class NaiveTicket
{
    public long Id { get; set; }
    public required string Subject { get; set; }
    public required string Body { get; set; }
    public required string Email { get; set; }
    public required string Account { get; set; }
}

internal sealed class NaiveMessage
{
    public long Id { get; set; }
    public required string Conversation { get; set; }
    public required string ClientMessageId { get; set; }
    public required string Body { get; set; }
}

/// <summary>Two tables of one row per fact; SQLite's own default, a flush to disk per commit.</summary>
internal sealed class NaiveDb(DbContextOptions<NaiveDb> options) : DbContext(options)
{
    public DbSet<NaiveTicket> Tickets => Set<NaiveTicket>();

    public DbSet<NaiveMessage> Messages => Set<NaiveMessage>();
}
