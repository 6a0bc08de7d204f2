using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Files;

namespace PremiumSupport.Desk.Files;

/// <summary>A file on its way in.</summary>
/// <param name="Id">Minted by the sender; the same again is the same file.</param>
/// <param name="OwnerId">The contact or staff member who sends it.</param>
/// <param name="AccountId">Whose limits hold.</param>
/// <param name="Name">What the sender calls it.</param>
/// <param name="Announced">The size that the sender announces, if any.</param>
/// <param name="Body">Read once.</param>
public sealed record UploadRequest(Guid Id, Guid OwnerId, Guid AccountId, string? Name, long? Announced, Stream Body);

/// <summary>Takes files in before the message that they belong to is sent.</summary>
public sealed class UploadCommands(
    FileIntake intake, FileStore store, FileLimitCommands limits, IDbContextFactory<SupportDb> factory, WriteQueue writes, TimeProvider clock)
{
    private const int MostAtOnce = 4;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static readonly FileProblem Busy = new(StatusCodes.Status429TooManyRequests, "too-many-uploads", $"Up to {MostAtOnce} files can be on their way at once. Wait for those.");
    private static readonly FileProblem Taken = new(StatusCodes.Status409Conflict, "id-taken", "There is another file of that id. Mint a new one for each.");

    private readonly ConcurrentDictionary<Guid, int> _underway = new();

    /// <summary>
    /// Keeps a file as a pending upload of its owner, under the limits of the account. A row is written when its file is whole on the disk, never before; what a crash leaves
    /// without a row, the sweep finds.
    /// </summary>
    public async Task<(StoredFile? File, FileProblem? Problem)> ReceiveAsync(UploadRequest request, CancellationToken cancellation = default)
    {
        if (await FindAsync(request.Id, cancellation) is { } before)
        {
            return before.OwnerId == request.OwnerId ? (before, null) : (null, Taken);
        }

        if (_underway.AddOrUpdate(request.OwnerId, 1, (_, count) => count + 1) > MostAtOnce)
        {
            Leave(request.OwnerId);
            return (null, Busy);
        }

        try
        {
            return await TakeAsync(request, cancellation);
        }
        finally
        {
            Leave(request.OwnerId);
        }
    }

    /// <summary>A pending upload of its owner; null when it is not there, not theirs, or already part of a message.</summary>
    public async Task<StoredFile?> PendingAsync(Guid id, Guid ownerId, CancellationToken cancellation = default) =>
        await FindAsync(id, cancellation) is { SentAt: null } file && file.OwnerId == ownerId ? file : null;

    /// <summary>Puts a pending upload away. What a message was sent with stays with it.</summary>
    public async Task<bool> DiscardAsync(Guid id, Guid ownerId, CancellationToken cancellation = default)
    {
        var gone = await writes.RunAsync(
            async db =>
            {
                var file = await db.Set<StoredFile>().SingleOrDefaultAsync(file => file.Id == id && file.OwnerId == ownerId && file.SentAt == null);
                if (file is not null)
                {
                    db.Remove(file);
                }

                return file?.StoredName;
            },
            cancellation: cancellation);
        if (gone is not null)
        {
            store.Delete(gone);
        }

        return gone is not null;
    }

    private async Task<(StoredFile?, FileProblem?)> TakeAsync(UploadRequest request, CancellationToken cancellation)
    {
        var allowed = await limits.OfAsync(request.AccountId, cancellation);
        await using (var db = await factory.CreateDbContextAsync(cancellation))
        {
            if ((await UsageAsync(db, request, clock.GetUtcNow())).Exceeds(allowed, request.Announced ?? 0) is { } full)
            {
                return (null, full);
            }
        }

        var received = await intake.ReceiveAsync(request.Body, request.Announced, request.Name, allowed.ToTerms(), cancellation);
        if (received.Problem is { } problem)
        {
            return (null, problem);
        }

        // From here on a sender who hangs up changes nothing: the file is whole, and its row follows. Where the database fails nobody knows whether it did; then the sweep finds out.
        var (file, refused) = await writes.RunAsync(db => KeepAsync(db, request, received, allowed), cancellation: CancellationToken.None);
        if (file?.StoredName == received.StoredName)
        {
            store.Keep(received.StoredName);
        }
        else
        {
            store.Delete(received.StoredName);
        }

        return (file, refused);
    }

    private async Task<(StoredFile? File, FileProblem? Problem)> KeepAsync(SupportDb db, UploadRequest request, Received received, FileLimits allowed)
    {
        if (await db.Set<StoredFile>().SingleOrDefaultAsync(file => file.Id == request.Id) is { } before)
        {
            return before.OwnerId == request.OwnerId ? (before, null) : (null, Taken);
        }

        // Again, now that nobody else writes: several at once may each have fitted.
        var now = clock.GetUtcNow();
        if ((await UsageAsync(db, request, now)).Exceeds(allowed, received.Size) is { } full)
        {
            return (null, full);
        }

        var file = new StoredFile
        {
            Id = request.Id,
            StoredName = received.StoredName,
            OwnerId = request.OwnerId,
            AccountId = request.AccountId,
            Name = received.Name,
            Kind = received.Kind.MediaType,
            Format = received.Kind.Format,
            Size = received.Size,
            Width = received.Preview.Width,
            Height = received.Preview.Height,
            HasPreview = received.Preview.Made,
            UploadedAt = now,
        };
        db.Add(file);
        return (file, null);
    }

    private static async Task<FileUsage> UsageAsync(SupportDb db, UploadRequest request, DateTimeOffset now)
    {
        var since = now - Hour;
        var mine = await db.Set<StoredFile>().Where(file => file.OwnerId == request.OwnerId && file.UploadedAt > since).Select(file => file.Size).ToListAsync();
        return new(mine.Count, mine.Sum(), await db.Set<StoredFile>().Where(file => file.AccountId == request.AccountId).SumAsync(file => file.Size));
    }

    private async Task<StoredFile?> FindAsync(Guid id, CancellationToken cancellation)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await db.Set<StoredFile>().AsNoTracking().SingleOrDefaultAsync(file => file.Id == id, cancellation);
    }

    // The last one out takes the entry along, so that the table holds those who are uploading and nobody else.
    private void Leave(Guid ownerId)
    {
        if (_underway.AddOrUpdate(ownerId, 0, (_, count) => count - 1) <= 0)
        {
            _underway.TryRemove(new(ownerId, 0));
        }
    }
}
