using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Tests.Hosting;

/// <summary>The data room alone: a migrated database in a folder of its own and a write queue that a test starts when it likes.</summary>
public sealed class Database : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("premium-support-").FullName;
    private IHost _host = default!;

    public IDbContextFactory<SupportDb> Factory => _host.Services.GetRequiredService<IDbContextFactory<SupportDb>>();

    public WriteQueue Writes => _host.Services.GetRequiredService<WriteQueue>();

    public async ValueTask InitializeAsync()
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true, ContentRootPath = _folder });
        builder.Configuration["ConnectionStrings:Support"] = $"Data Source={Path.Combine(_folder, "support.db")}";
        builder.AddSupportData();
        _host = builder.Build();
        await DataSetup.MigrateAsync(_host.Services);
    }

    public async ValueTask DisposeAsync()
    {
        await Writes.StopAsync(CancellationToken.None);
        _host.Dispose();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}
