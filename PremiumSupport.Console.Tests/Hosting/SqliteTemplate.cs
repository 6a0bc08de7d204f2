using PremiumSupport.Platform.Data;

namespace PremiumSupport.Tests.Hosting;

/// <summary>A SQLite database with all its tables, made once and written wherever a host begins: migrating anew would cost each of hundreds of hosts a second of processor.</summary>
internal static class SqliteTemplate
{
    // Not on the caller's context, which may be waiting for it.
    private static readonly Lazy<Task<byte[]>> Made = new(() => Task.Run(MakeAsync));

    /// <summary>Writes it to a file that is not there yet.</summary>
    public static void WriteTo(string file)
    {
        using var stream = new FileStream(file, FileMode.CreateNew);
        stream.Write(Made.Value.GetAwaiter().GetResult());
    }

    private static async Task<byte[]> MakeAsync()
    {
        var folder = Directory.CreateTempSubdirectory("premium-support-");
        var file = Path.Combine(folder.FullName, "support.db");
        // Without a pool the last connection closes, and with it what SQLite still keeps beside the file.
        using (var room = DataRoom.On([new("Database:Provider", "Sqlite"), new("ConnectionStrings:Support", $"Data Source={file};Pooling=false")]))
        {
            await DataSetup.MigrateAsync(room.Services);
        }

        Assert.False(File.Exists(file + "-wal"), "The template is not whole in its file.");
        var bytes = await File.ReadAllBytesAsync(file);
        folder.Delete(recursive: true);
        return bytes;
    }
}
