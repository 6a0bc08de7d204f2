using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Tests.Hosting;

/// <summary>The data room alone: a migrated database of its own and a write queue that a test starts when it likes.</summary>
public sealed class Database(DatabaseProvider provider) : IAsyncLifetime
{
    private TestDatabase _place = default!;
    private IHost _host = default!;

    public IDbContextFactory<SupportDb> Factory => _host.Services.GetRequiredService<IDbContextFactory<SupportDb>>();

    public WriteQueue Writes => _host.Services.GetRequiredService<WriteQueue>();

    public IServiceProvider Services => _host.Services;

    public async ValueTask InitializeAsync()
    {
        _place = await TestDatabase.CreateAsync(provider);
        _host = Node();
        await DataSetup.MigrateAsync(_host.Services);
    }

    /// <summary>The data room of another node on the same database, to be disposed by the caller.</summary>
    public IHost Node() => DataRoom.On(_place.Settings);

    public async ValueTask DisposeAsync()
    {
        await Writes.StopAsync(CancellationToken.None);
        _host.Dispose();
        await _place.DisposeAsync();
    }
}
