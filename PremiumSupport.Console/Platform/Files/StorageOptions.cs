namespace PremiumSupport.Platform.Files;

/// <summary>Where files lie and what the machine allows, whoever they belong to (<c>Storage:Path</c>, <c>Files:*</c>).</summary>
public sealed record StorageOptions
{
    /// <summary>The folder of all files, <c>files</c> below <c>Storage:Path</c>. It belongs to the database: a backup needs both, and nodes that share one share the other.</summary>
    public required string Folder { get; init; }

    /// <summary>Pictures with more points than this are refused by their header, undecoded (<c>Files:MostPixels</c>). One that is decoded takes four bytes a point while it lasts.</summary>
    public long MostPixels { get; init; } = 36_000_000;

    /// <summary>Bytes of the disk that files leave free, so that they never stop the database (<c>Files:KeepFree</c>).</summary>
    public long KeepFree { get; init; } = 256L << 20;

    /// <summary>How long an upload that no message was sent with is kept (<c>Files:KeepUnsent</c>).</summary>
    public TimeSpan KeepUnsent { get; init; } = TimeSpan.FromHours(24);

    /// <summary>The virus scanner (<c>Files:ClamAv:*</c>); null when none is configured.</summary>
    public ScannerOptions? Scanner { get; init; }

    /// <summary>Reads the options.</summary>
    /// <exception cref="InvalidOperationException">One makes no sense; the message names the key.</exception>
    public static StorageOptions Read(IConfiguration configuration, string contentRoot)
    {
        var files = configuration.GetSection("Files");
        var storage = Path.GetFullPath(configuration["Storage:Path"] is { Length: > 0 } path ? path : "App_Data", contentRoot);
        var options = new StorageOptions { Folder = Path.Combine(storage, "files") };
        return options with
        {
            MostPixels = Positive(files, nameof(MostPixels), options.MostPixels),
            KeepFree = Positive(files, nameof(KeepFree), options.KeepFree),
            KeepUnsent = Duration(files, nameof(KeepUnsent), options.KeepUnsent),
            Scanner = files["ClamAv:Host"] is { Length: > 0 } host
                ? new(host, (int)Positive(files, "ClamAv:Port", 3310), Duration(files, "ClamAv:WaitFor", TimeSpan.Zero))
                : null,
        };
    }

    private static long Positive(IConfigurationSection files, string key, long otherwise) =>
        files[key] is not { Length: > 0 } text ? otherwise
        : long.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) && number > 0 ? number
        : throw Unusable(key, text, "a whole number above 0");

    private static TimeSpan Duration(IConfigurationSection files, string key, TimeSpan otherwise) =>
        files[key] is not { Length: > 0 } text ? otherwise
        : TimeSpan.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var duration) && duration >= TimeSpan.Zero ? duration
        : throw Unusable(key, text, "a duration like 00:00:30");

    private static InvalidOperationException Unusable(string key, string text, string expected) =>
        new($"Files:{key} (environment variable Files__{key.Replace(":", "__", StringComparison.Ordinal)}) is '{text}', which is not {expected}.");
}

/// <summary>A ClamAV daemon that checks every file before it is kept.</summary>
/// <param name="WaitFor">How long an upload waits for a daemon that cannot be reached before it is refused; zero refuses at once. Unchecked files are never kept.</param>
public sealed record ScannerOptions(string Host, int Port, TimeSpan WaitFor);
