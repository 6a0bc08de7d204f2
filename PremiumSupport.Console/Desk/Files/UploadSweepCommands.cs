using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Files;

namespace PremiumSupport.Desk.Files;

/// <summary>Puts away the files that no message was sent with.</summary>
public sealed class UploadSweepCommands(FileStore store, StorageOptions options, IDbContextFactory<SupportDb> factory, WriteQueue writes, TimeProvider clock)
{
    private const int Batch = 200;

    /// <summary>
    /// Puts away uploads that no message was sent with in time, and what a crash left where files come in: without a row it goes, with one it gets its place. Files in place go with
    /// their rows only. Safe to run at any time, twice or never, on any node.
    /// </summary>
    public async Task<int> RunAsync(CancellationToken cancellation = default)
    {
        var before = clock.GetUtcNow() - options.KeepUnsent;
        var swept = 0;
        List<string> unsent;
        do
        {
            // The row first: once it is gone, no message can take the file any more.
            unsent = await writes.RunAsync(
                async db =>
                {
                    var files = await db.Set<StoredFile>().Where(file => file.SentAt == null && file.UploadedAt < before).OrderBy(file => file.UploadedAt).Take(Batch).ToListAsync();
                    db.RemoveRange(files);
                    return files.ConvertAll(file => file.StoredName);
                },
                cancellation: cancellation);
            unsent.ForEach(store.Delete);
            swept += unsent.Count;
        }
        while (unsent.Count == Batch);

        foreach (var names in store.IncomingBefore(before).ToList().Chunk(Batch))
        {
            await using var db = await factory.CreateDbContextAsync(cancellation);
            var known = await db.Set<StoredFile>().Where(file => names.Contains(file.StoredName)).Select(file => file.StoredName).ToListAsync(cancellation);
            known.ForEach(store.Keep);
            foreach (var orphan in names.Except(known))
            {
                store.Delete(orphan);
                swept++;
            }
        }

        return swept;
    }
}
