using Microsoft.Data.Sqlite;

namespace PremiumSupport.Platform.Data;

/// <summary>
/// Whole copies of an SQLite database. Making one needs no rest: SQLite copies what was committed when it began, while others read and write. Files of messages lie beside the database and are not in it.
/// </summary>
internal static class SqliteBackup
{
    // A database that is moved on with each release is kept as it was before the last five.
    private const int Kept = 5;

    // The database and what SQLite writes beside it.
    private static readonly string[] Parts = ["", "-wal", "-shm"];

    /// <summary>Where copies of a database go by themselves: <c>backups</c> beside it.</summary>
    public static string FolderOf(string connectionString) => Path.Combine(Path.GetDirectoryName(FileOf(connectionString))!, "backups");

    /// <summary>The database's file.</summary>
    public static string FileOf(string connectionString) => Path.GetFullPath(new SqliteConnectionStringBuilder(connectionString).DataSource);

    /// <summary>Copies the database into a file that is whole, and on the disk, as soon as it has its name.</summary>
    /// <exception cref="IOException">There is such a file already.</exception>
    public static async Task MakeAsync(string connectionString, string file)
    {
        if (File.Exists(file))
        {
            throw new IOException($"{file} exists already.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        await CopyAsync(connectionString, $"{file}.part");
        File.Move($"{file}.part", file);
    }

    /// <summary>Keeps the database as it is before its tables change, and of such copies the newest; returns the file.</summary>
    public static async Task<string> BeforeMigrationAsync(string connectionString, DateTimeOffset now)
    {
        var folder = FolderOf(connectionString);
        var file = Path.Combine(folder, $"before-migration-{Stamp(now)}.db");
        await MakeAsync(connectionString, file);
        foreach (var old in Directory.GetFiles(folder, "before-migration-*.db").OrderDescending(StringComparer.Ordinal).Skip(Kept))
        {
            File.Delete(old);
        }

        return file;
    }

    /// <summary>Puts a copy in the place of the database, which is kept beside it under another name; returns that name, or null where there was none.</summary>
    /// <exception cref="InvalidOperationException">The file is no whole database of this product, or the database is in use.</exception>
    public static async Task<string?> RestoreAsync(string connectionString, string file, DateTimeOffset now)
    {
        await CheckAsync(file);
        var current = FileOf(connectionString);
        Directory.CreateDirectory(Path.GetDirectoryName(current)!);
        if (File.Exists(current))
        {
            await CloseAsync(current);
        }

        // Through SQLite and not by the file system, so that what a log beside the copy holds comes along.
        await CopyAsync(ReadOnly(file), $"{current}.part");
        string? kept = null;
        foreach (var name in Parts.Where(name => File.Exists(current + name)))
        {
            // A log that stayed would be played into the database that comes.
            kept = $"{current}.replaced-{Stamp(now)}";
            File.Move(current + name, kept + name);
        }

        File.Move($"{current}.part", current);
        return kept;
    }

    private static async Task CopyAsync(string connectionString, string part)
    {
        File.Delete(part);
        await using (var connection = new SqliteConnection(connectionString))
        {
            await connection.OpenAsync();
            await using var copy = connection.CreateCommand();
            copy.CommandText = "VACUUM INTO $file";
            copy.Parameters.AddWithValue("$file", part);
            await copy.ExecuteNonQueryAsync();
        }

        await using var written = new FileStream(part, FileMode.Open, FileAccess.ReadWrite);
        written.Flush(flushToDisk: true);
    }

    private static string ReadOnly(string file) => new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString();

    private static string Stamp(DateTimeOffset now) => now.UtcDateTime.ToString("yyyyMMdd-HHmmss-fff", System.Globalization.CultureInfo.InvariantCulture);

    private static async Task CheckAsync(string file)
    {
        if (!File.Exists(file))
        {
            throw new InvalidOperationException($"There is no file {file}.");
        }

        try
        {
            await using var connection = new SqliteConnection(ReadOnly(file));
            await connection.OpenAsync();
            await using var look = connection.CreateCommand();
            look.CommandText = "SELECT (SELECT integrity_check FROM pragma_integrity_check LIMIT 1), (SELECT COUNT(*) FROM sqlite_master WHERE name = '__EFMigrationsHistory')";
            await using var row = await look.ExecuteReaderAsync();
            if (!await row.ReadAsync() || row.GetString(0) != "ok" || row.GetInt64(1) != 1)
            {
                throw new InvalidOperationException($"{file} is no whole database of this product.");
            }
        }
        catch (SqliteException broken)
        {
            throw new InvalidOperationException($"{file} is no whole database of this product: {broken.Message}", broken);
        }
    }

    // Leaving the log behind works only for whoever is alone with the file, and leaves all of the database in it.
    private static async Task CloseAsync(string file)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = 1 }.ToString());
        try
        {
            await connection.OpenAsync();
            await using var close = connection.CreateCommand();
            close.CommandText = "PRAGMA journal_mode = DELETE";
            await close.ExecuteNonQueryAsync();
        }
        catch (SqliteException busy) when (busy.SqliteErrorCode is 5 or 6)
        {
            throw new InvalidOperationException($"{file} is in use. Stop the server first.", busy);
        }
        catch (SqliteException broken) when (broken.SqliteErrorCode is 11 or 26)
        {
            // What is broken is what one restores for; it is moved aside with its log as it is.
        }
    }
}
