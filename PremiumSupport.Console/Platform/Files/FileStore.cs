using System.Security.Cryptography;

namespace PremiumSupport.Platform.Files;

/// <summary>
/// Files on disk under random names that say nothing; their real names are in the database only (trust rule 15). A file comes in under <c>incoming</c> and is moved to its place once
/// its row is there, so that what lies in place is never half of something, and a sweep that looks for leftovers never has to touch it: whatever the database says, even an older
/// one that was restored beside newer files.
/// </summary>
public class FileStore(StorageOptions options)
{
    private const string Incoming = "incoming";
    private const string PreviewEnding = ".webp";

    /// <summary>A name that nobody can guess and no file has.</summary>
    public static string NewName() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>Where a kept file lies.</summary>
    public string PathOf(string storedName) => Path.Combine(options.Folder, Checked(storedName)[..2], storedName);

    /// <summary>Where the preview of a kept file lies, if it has one.</summary>
    public string PreviewPathOf(string storedName) => PathOf(storedName) + PreviewEnding;

    /// <summary>The path of a file that has a row: in its place, or still where it came in if a crash kept it there; null when the disk has lost it.</summary>
    public string? Find(string storedName) => new[] { PathOf(storedName), IncomingPathOf(storedName) }.FirstOrDefault(File.Exists);

    /// <summary>The same of its preview.</summary>
    public string? FindPreview(string storedName) => new[] { PreviewPathOf(storedName), IncomingPreviewPathOf(storedName) }.FirstOrDefault(File.Exists);

    /// <summary>Where a file lies while it comes in.</summary>
    public string IncomingPathOf(string storedName) => Path.Combine(options.Folder, Incoming, Checked(storedName));

    /// <summary>Where its preview does.</summary>
    public string IncomingPreviewPathOf(string storedName) => IncomingPathOf(storedName) + PreviewEnding;

    /// <summary>Whether the disk has so much room beside what is to stay free.</summary>
    public bool HasRoomFor(long bytes)
    {
        Directory.CreateDirectory(options.Folder);
        return new DriveInfo(options.Folder).AvailableFreeSpace - bytes > options.KeepFree;
    }

    /// <summary>A new file to write to, that only this process's user may read and nobody may run.</summary>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public virtual Stream Create(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        // Unbuffered: what a full disk does not take is said by the write itself, not by a flush while everything is being put away.
        var creation = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
        {
            creation.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, creation);
    }

    /// <summary>Moves a file that has a row to its place, its preview first. One that is there already stays there.</summary>
    public void Keep(string storedName)
    {
        if (!File.Exists(IncomingPathOf(storedName)))
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(storedName))!);
        if (File.Exists(IncomingPreviewPathOf(storedName)))
        {
            File.Move(IncomingPreviewPathOf(storedName), PreviewPathOf(storedName));
        }

        File.Move(IncomingPathOf(storedName), PathOf(storedName));
    }

    /// <summary>Removes a file and its preview, wherever they are; nothing happens when they are not there.</summary>
    public void Delete(string storedName)
    {
        foreach (var path in (string[])[IncomingPathOf(storedName), IncomingPreviewPathOf(storedName), PathOf(storedName), PreviewPathOf(storedName)])
        {
            if (File.Exists(path))
            {
                File.Delete(path);
            }
        }
    }

    /// <summary>The names of files that were written before an instant and are still where they came in.</summary>
    public IEnumerable<string> IncomingBefore(DateTimeOffset instant) => Path.Combine(options.Folder, Incoming) is var folder && !Directory.Exists(folder) ? [] :
        Directory.EnumerateFiles(folder)
            .Where(path => File.GetLastWriteTimeUtc(path) < instant.UtcDateTime)
            .Select(path => Path.GetFileName(path).Replace(PreviewEnding, "", StringComparison.Ordinal))
            .Where(IsName)
            .Distinct();

    private static bool IsName(string name) => name.Length == 32 && name.All(char.IsAsciiHexDigitLower);

    // Names come from our own rows; that no other text ever becomes a path is checked all the same.
    private static string Checked(string name) => IsName(name) ? name : throw new ArgumentException("That is not a name of a stored file.", nameof(name));
}
