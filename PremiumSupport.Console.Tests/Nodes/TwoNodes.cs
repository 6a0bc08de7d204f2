using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Realtime;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Nodes;

/// <summary>Two nodes that were started in the same moment on one empty PostgreSQL database.</summary>
public sealed class TwoNodes : IAsyncLifetime
{
    private TestDatabase? _database;

    public SupportHost First { get; private set; } = default!;

    public SupportHost Second { get; private set; } = default!;

    public IReadOnlyList<SupportHost> Both => [First, Second];

    /// <summary>Itself; the test that asks is skipped where there is no server.</summary>
    public TwoNodes OrSkip()
    {
        PostgresServer.Require();
        return this;
    }

    public async ValueTask InitializeAsync()
    {
        if (!PostgresServer.IsThere)
        {
            return;
        }

        _database = await TestDatabase.CreateEmptyAsync(DatabaseProvider.PostgreSql);
        // Nothing is given that the first start would otherwise make: the secret, and the demo's tickets.
        Dictionary<string, string?> settings = new() { ["Widget:Secret"] = "", ["Demo:Tickets"] = "true" };
        (First, Second) = (new(settings, database: _database), new(settings, database: _database));
        await Task.WhenAll(Both.Select(node => Task.Run(() => node.Address)));
        await Task.WhenAll(Both.Select(node => node.Services.GetRequiredService<NodeBridge>().Listening));
    }

    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            await First.DisposeAsync();
            await Second.DisposeAsync();
            await _database.DisposeAsync();
        }
    }

    /// <summary>The address of their database.</summary>
    public string ConnectionString => _database!.Settings["ConnectionStrings:Support"]!;

    /// <summary>A context of the first node.</summary>
    public Task<SupportDb> ReadAsync() => First.Services.GetRequiredService<IDbContextFactory<SupportDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
}
