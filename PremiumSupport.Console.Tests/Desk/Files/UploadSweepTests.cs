using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Files;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Files;
using PremiumSupport.Tests.Channels.Files;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Desk.Files;

public sealed class SqliteUploadSweepTests(QuietHost host) : UploadSweepTests(host), IClassFixture<QuietHost>;

public sealed class PostgresUploadSweepTests(PostgresQuietHost host) : UploadSweepTests(host.OrSkip()), IClassFixture<PostgresQuietHost>;

/// <summary>What nobody sent goes after a day, and so does what a crash left on the disk; what was sent stays.</summary>
public abstract class UploadSweepTests(QuietHost host)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Unsent_uploads_and_files_without_a_row_go_after_a_day_and_sent_ones_stay()
    {
        using var sofia = await host.Host.CustomerAsync("sofia@acme.example");
        var sent = await sofia.UploadedAsync("sent.txt", "Sent"u8.ToArray());
        var number = (await sofia.AskAsync("With a file", sent)).GetProperty("number").GetInt64();
        var unsent = await sofia.UploadedAsync("unsent.txt", "Unsent"u8.ToArray());
        var store = host.Get<FileStore>();
        var orphan = store.IncomingPathOf(FileStore.NewName());
        Directory.CreateDirectory(Path.GetDirectoryName(orphan)!);
        await File.WriteAllTextAsync(orphan, "What a crash left", Cancel);
        var foreign = store.PathOf(FileStore.NewName());
        Directory.CreateDirectory(Path.GetDirectoryName(foreign)!);
        await File.WriteAllTextAsync(foreign, "Of a newer database than this one", Cancel);
        string stored;
        await using (var rows = await host.Get<IDbContextFactory<SupportDb>>().CreateDbContextAsync(Cancel))
        {
            stored = (await rows.Set<StoredFile>().SingleAsync(file => file.Id == sent, Cancel)).StoredName;
        }

        // A crash came between the row and the move; the file is given out all the same.
        File.Move(store.PathOf(stored), store.IncomingPathOf(stored));
        Assert.Equal("Sent", await (await sofia.FetchAsync($"/files/{number}/1/{sent}")).Content.ReadAsStringAsync(Cancel));
        // The clock of this desk stands in another year than the disk's; all files are as old as their uploads.
        Backdate();
        var sweep = host.Get<UploadSweepCommands>();

        host.Clock.Advance(TimeSpan.FromHours(23));
        Assert.Equal(0, await sweep.RunAsync(Cancel));
        host.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(2, await sweep.RunAsync(Cancel));
        Assert.Equal(0, await sweep.RunAsync(Cancel));

        Assert.False(File.Exists(orphan));
        Assert.True(File.Exists(foreign));
        Assert.True(File.Exists(store.PathOf(stored)));
        await using var db = await host.Get<IDbContextFactory<SupportDb>>().CreateDbContextAsync(Cancel);
        var left = await db.Set<StoredFile>().ToListAsync(Cancel);
        Assert.DoesNotContain(left, file => file.Id == unsent);
        Assert.All(left, file => Assert.True(File.Exists(store.PathOf(file.StoredName))));
        using var again = await host.Host.CustomerAsync("sofia@acme.example");
        Assert.Equal("Sent", await (await again.FetchAsync($"/files/{number}/1/{sent}")).Content.ReadAsStringAsync(Cancel));

        void Backdate()
        {
            foreach (var path in Directory.EnumerateFiles(host.Get<StorageOptions>().Folder, "*", SearchOption.AllDirectories))
            {
                File.SetLastWriteTimeUtc(path, host.Clock.GetUtcNow().UtcDateTime);
            }
        }
    }
}
