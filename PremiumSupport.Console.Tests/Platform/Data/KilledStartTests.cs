using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PremiumSupport.Platform.Data;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Platform.Data;

/// <summary>A first start that is killed while it makes the tables.</summary>
public sealed class KilledStartTests
{
    [Fact]
    public async Task The_lock_that_it_leaves_holds_up_nobody_and_the_file_that_it_made_is_as_durable_as_any()
    {
        await using var place = await TestDatabase.CreateEmptyAsync(DatabaseProvider.Sqlite);
        await using (var killed = new SqliteConnection(place.Settings["ConnectionStrings:Support"]))
        {
            await killed.OpenAsync(TestContext.Current.CancellationToken);
            await RunAsync(killed, """CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER PRIMARY KEY, "Timestamp" TEXT NOT NULL); INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-11-22 15:32:32');""");
            Assert.Equal("delete", await RunAsync(killed, "PRAGMA journal_mode;"));
        }

        using var host = DataRoom.On(place.Settings);
        await DataSetup.MigrateAsync(host.Services).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        await using var db = await host.Services.GetRequiredService<IDbContextFactory<SupportDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        await db.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        Assert.Empty(await db.Database.GetPendingMigrationsAsync(TestContext.Current.CancellationToken));
        Assert.Equal("wal", await RunAsync((SqliteConnection)db.Database.GetDbConnection(), "PRAGMA journal_mode;"));
    }

    private static async Task<object?> RunAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
