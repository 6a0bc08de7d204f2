namespace PremiumSupport.Platform.Files;

/// <summary>What an account lets a file be.</summary>
public sealed record FileTerms(long MostBytes, IReadOnlyCollection<FileFamily> Families);

/// <summary>A file that is whole on the disk and waits for its row, or why it is not.</summary>
public sealed record Received(string StoredName, string Name, FileKind Kind, long Size, Preview Preview, FileProblem? Problem = null)
{
    /// <summary>Nothing was kept.</summary>
    public static Received Not(FileProblem problem) => new("", "", FileKind.Unknown, 0, Preview.None, problem);
}

/// <summary>
/// Takes a file in: counted while it is read, told by its bytes, scanned, measured before it is decoded. Whatever goes wrong on the way, nothing of it
/// stays.
/// </summary>
public sealed partial class FileIntake(FileStore store, StorageOptions options, VirusScanner scanner, ILogger<FileIntake> log)
{
    private const int Chunk = 64 << 10;

    // "No space left on device" and "disk quota exceeded" where errors are numbered so, and the same as Windows says it.
    private static readonly int[] Full = [28, 122, unchecked((int)0x80070070), unchecked((int)0x80070027)];

    /// <summary>Reads a file to its end. A caller that hangs up leaves nothing behind either.</summary>
    /// <param name="body">What is sent; read once, never held in memory as a whole.</param>
    /// <param name="announced">The size that the sender announces, if any; refused before a byte is read where that is too much.</param>
    /// <param name="name">What the sender calls it.</param>
    /// <param name="terms">What is allowed.</param>
    /// <param name="cancellation">The sender has gone.</param>
    public async Task<Received> ReceiveAsync(Stream body, long? announced, string? name, FileTerms terms, CancellationToken cancellation)
    {
        if (announced > terms.MostBytes)
        {
            return Received.Not(FileProblem.TooLarge(terms.MostBytes));
        }

        var storedName = FileStore.NewName();
        try
        {
            if (!store.HasRoomFor(announced ?? 0))
            {
                return Received.Not(FileProblem.NoRoom);
            }

            var received = await TakeInAsync(body, storedName, FileName.Clean(name), terms, cancellation);
            if (received.Problem is not null)
            {
                store.Delete(storedName);
            }

            return received;
        }
        catch (DiskException disk)
        {
            store.Delete(storedName);
            LogDisk(log, disk.InnerException!);
            return Received.Not(FileProblem.NoRoom);
        }
        catch
        {
            store.Delete(storedName);
            throw;
        }
    }

    private async Task<Received> TakeInAsync(Stream body, string storedName, string name, FileTerms terms, CancellationToken cancellation)
    {
        var path = store.IncomingPathOf(storedName);
        var (size, head) = await WriteAsync(body, path, terms.MostBytes, cancellation);
        if (size > terms.MostBytes)
        {
            return Received.Not(FileProblem.TooLarge(terms.MostBytes));
        }

        if (size == 0)
        {
            return Received.Not(FileProblem.Empty);
        }

        var kind = FileSignatures.Of(head, name);
        if (!terms.Families.Contains(kind.Family))
        {
            return Received.Not(FileProblem.KindNotAllowed(kind));
        }

        // Scanned before anything of it is decoded.
        if (await scanner.CheckAsync(path, cancellation) is { } found)
        {
            return Received.Not(found);
        }

        var preview = await OnDisk(() => PicturePreview.MakeAsync(kind, path, () => store.Create(store.IncomingPreviewPathOf(storedName)), options.MostPixels, cancellation));
        if (preview.Problem is { } problem)
        {
            return Received.Not(problem);
        }

        return new(storedName, name, kind, size, preview);
    }

    /// <summary>Writes what comes until there is no more or too much of it, and flushes it to the disk itself: a message that speaks of a file must not survive it.</summary>
    private async Task<(long Size, byte[] Head)> WriteAsync(Stream body, string path, long most, CancellationToken cancellation)
    {
        var chunk = new byte[Chunk];
        var (size, head) = (0L, new List<byte>(FileSignatures.Length));
        await using var file = await OnDisk(() => Task.FromResult(store.Create(path)));
        int read;
        while ((read = await body.ReadAsync(chunk, cancellation)) > 0 && (size += read) <= most)
        {
            head.AddRange(chunk.AsSpan(0, Math.Min(read, FileSignatures.Length - head.Count)));
            await OnDisk(async () =>
            {
                await file.WriteAsync(chunk.AsMemory(0, read), cancellation);
                return true;
            });
        }

        await OnDisk(async () =>
        {
            await file.FlushAsync(cancellation);
            (file as FileStream)?.Flush(flushToDisk: true);
            return true;
        });
        return (size, [.. head]);
    }

    // Keeps a disk that fails apart from a sender who hangs up: to the framework both are an IOException.
    private static async Task<T> OnDisk<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (IOException failure) when (Full.Contains(failure.HResult))
        {
            throw new DiskException(failure);
        }
    }

    private sealed class DiskException(IOException failure) : Exception(failure.Message, failure);

    [LoggerMessage(LogLevel.Error, "A file could not be stored: the disk is full")]
    private static partial void LogDisk(ILogger logger, Exception failure);
}
