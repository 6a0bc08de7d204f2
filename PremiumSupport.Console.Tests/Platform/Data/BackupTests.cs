using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using PremiumSupport.CommandLine;
using PremiumSupport.Platform.Data;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Platform.Data;

/// <summary>An SQLite database is copied before its tables change, and a copy is put back by one command.</summary>
public sealed class BackupTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("premium-support-").FullName;
    private readonly FakeTimeProvider _clock = new(new(2026, 11, 28, 8, 0, 0, TimeSpan.Zero));

    private string File => Path.Combine(_folder, "support.db");

    private string Address => $"Data Source={File};Pooling=false";

    private string[] Copies => Directory.Exists(Path.Combine(_folder, "backups")) ? Directory.GetFiles(Path.Combine(_folder, "backups")) : [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Before_tables_change_the_database_is_copied_and_the_copy_is_put_back_by_one_command()
    {
        var (first, last) = await BeginWithAsync(steps: 2);
        var said = 0;
        await MigrateAsync(() =>
        {
            // Whoever answers meanwhile does so before the copy is made and the first table changes.
            Assert.Empty(Copies);
            said++;
            return Task.FromResult<IAsyncDisposable>(new MemoryStream());
        });
        Assert.Equal(last, await NewestAsync());
        Assert.Equal(1, said);
        var copy = Assert.Single(Copies);

        await using (var user = new SqliteConnection(Address))
        {
            await user.OpenAsync(TestContext.Current.CancellationToken);
            await using var look = user.CreateCommand();
            look.CommandText = "SELECT COUNT(*) FROM Tickets";
            await look.ExecuteScalarAsync(TestContext.Current.CancellationToken);
            Assert.Equal((1, true), await RestoreAsync(copy, "is in use. Stop the server first."));
        }

        Assert.Equal(last, await NewestAsync());
        Assert.Equal((0, true), await RestoreAsync(copy, "is the database now"));
        Assert.Equal(first, await NewestAsync());
        Assert.Single(Directory.GetFiles(_folder, "support.db.replaced-*"));

        // And it goes on from there as it would have then.
        await MigrateAsync();
        Assert.Equal(last, await NewestAsync());
    }

    [Fact]
    public async Task A_new_database_and_one_that_is_up_to_date_are_not_copied_and_nobody_is_told_to_wait()
    {
        SqliteTemplate.WriteTo(File);
        await MigrateAsync(() => throw new InvalidOperationException("Nothing changes."));
        Assert.Empty(Copies);
    }

    [Fact]
    public async Task What_is_no_database_of_ours_is_not_put_in_its_place()
    {
        SqliteTemplate.WriteTo(File);
        var before = await System.IO.File.ReadAllBytesAsync(File, TestContext.Current.CancellationToken);
        var other = Path.Combine(_folder, "other.db");
        await System.IO.File.WriteAllTextAsync(other, "a letter to nobody, longer than a page of a database has as its head, so that it is read as one", TestContext.Current.CancellationToken);
        Assert.Equal((1, true), await RestoreAsync(other, "is no whole database of this product"));
        Assert.Equal((1, true), await RestoreAsync(Path.Combine(_folder, "nowhere.db"), "There is no file"));
        Assert.Equal(before, await System.IO.File.ReadAllBytesAsync(File, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_database_that_is_broken_or_gone_is_replaced_and_nothing_of_its_log_comes_back()
    {
        SqliteTemplate.WriteTo(File);
        var copy = Path.Combine(_folder, "copy.db");
        Assert.Equal((0, true), await RunAsync(["backup", copy], "Copied to"));
        await System.IO.File.WriteAllTextAsync(File, new string('x', 10_000), TestContext.Current.CancellationToken);
        Assert.Equal((0, true), await RestoreAsync(copy, "is the database now"));
        var last = await NewestAsync();

        System.IO.File.Delete(File);
        await System.IO.File.WriteAllTextAsync($"{File}-wal", new string('y', 5_000), TestContext.Current.CancellationToken);
        Assert.Equal((0, true), await RestoreAsync(copy, "is the database now"));
        Assert.Equal(last, await NewestAsync());
        Assert.Empty(Directory.GetFiles(_folder, "*.part"));
    }

    [Fact]
    public async Task A_copy_can_be_made_at_any_time_and_never_writes_over_another()
    {
        SqliteTemplate.WriteTo(File);
        var copy = Path.Combine(_folder, "elsewhere", "monday.db");
        Assert.Equal((0, true), await RunAsync(["backup", copy], "Copied to"));
        Assert.True(System.IO.File.Exists(copy));
        Assert.Equal((1, true), await RunAsync(["backup", copy], "exists"));
    }

    private async Task<(string First, string Last)> BeginWithAsync(int steps)
    {
        using var room = DataRoom.On(Settings);
        await using var db = await room.Services.GetRequiredService<IDbContextFactory<SupportDb>>().CreateDbContextAsync();
        var all = db.Database.GetMigrations().ToList();
        await db.GetService<IMigrator>().MigrateAsync(all[^(steps + 1)]);
        return (all[^(steps + 1)], all[^1]);
    }

    private async Task MigrateAsync(Func<Task<IAsyncDisposable>>? meanwhile = null)
    {
        using var room = DataRoom.On(Settings);
        await DataSetup.MigrateAsync(room.Services, meanwhile);
    }

    private async Task<string> NewestAsync()
    {
        using var room = DataRoom.On(Settings);
        await using var db = await room.Services.GetRequiredService<IDbContextFactory<SupportDb>>().CreateDbContextAsync();
        return (await db.Database.GetAppliedMigrationsAsync()).Last();
    }

    private KeyValuePair<string, string?>[] Settings => [new("Database:Provider", "Sqlite"), new("ConnectionStrings:Support", Address)];

    private Task<(int Code, bool IsSaid)> RestoreAsync(string copy, string sentence) => RunAsync(["restore", copy], sentence);

    private async Task<(int Code, bool IsSaid)> RunAsync(string[] args, string sentence)
    {
        var said = new StringWriter();
        Assert.True(KeepCopies.IsAsked(args));
        var code = await KeepCopies.RunAsync([.. args, "--Database:Provider=Sqlite", $"--ConnectionStrings:Support={Address}"], said, said, _clock);
        return (code, said.ToString().Contains(sentence, StringComparison.Ordinal) ? true : throw new InvalidOperationException(said.ToString()));
    }
}
