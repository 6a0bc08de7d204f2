using PremiumSupport.Platform.Files;

namespace PremiumSupport.Desk.Files;

/// <summary>What people of an account may upload, and how much of it.</summary>
/// <param name="FileBytes">The largest file.</param>
/// <param name="Families">The kinds that are taken.</param>
/// <param name="AccountBytes">All files of the account together.</param>
/// <param name="HourlyFiles">Files of one person within an hour.</param>
/// <param name="HourlyBytes">Bytes of one person within an hour.</param>
public sealed record FileLimits(long FileBytes, IReadOnlyList<FileFamily> Families, long AccountBytes, int HourlyFiles, long HourlyBytes)
{
    /// <summary>What holds where nobody has said anything else: 25 MB a file, everything but programs, 10 GB an account, 100 files and 500 MB an hour.</summary>
    public static FileLimits Default { get; } = new(
        25L << 20, [.. Enum.GetValues<FileFamily>().Where(family => family != FileFamily.Program)], 10L << 30, 100, 500L << 20);

    /// <summary>The limits with what somebody set instead.</summary>
    public FileLimits With(FileLimitChange? change) => change is null ? this : new(
        change.FileBytes ?? FileBytes, change.Families ?? Families, change.AccountBytes ?? AccountBytes, change.HourlyFiles ?? HourlyFiles, change.HourlyBytes ?? HourlyBytes);

    /// <summary>What the store has to know of them.</summary>
    public FileTerms ToTerms() => new(FileBytes, [.. Families]);
}

/// <summary>What an admin set for the workspace or for one account; what is null is as it was.</summary>
public sealed record FileLimitChange(long? FileBytes, IReadOnlyList<FileFamily>? Families, long? AccountBytes, int? HourlyFiles, long? HourlyBytes)
{
    /// <summary>No file is larger than this, whatever an admin sets: 1 GB.</summary>
    public const long LargestFile = 1L << 30;

    /// <summary>What is wrong with it, by field.</summary>
    public IEnumerable<(string Field, string Message)> Problems()
    {
        if (FileBytes is < 1 or > LargestFile)
        {
            yield return ("fileBytes", $"Say 1 to {LargestFile} bytes.");
        }

        if (AccountBytes is < 0)
        {
            yield return ("accountBytes", "Say 0 or more bytes.");
        }

        if (HourlyFiles is < 0)
        {
            yield return ("hourlyFiles", "Say 0 or more files.");
        }

        if (HourlyBytes is < 0)
        {
            yield return ("hourlyBytes", "Say 0 or more bytes.");
        }
    }
}

/// <summary>What has been uploaded so far.</summary>
/// <param name="HourFiles">By the person, within the last hour.</param>
/// <param name="HourBytes">Likewise.</param>
/// <param name="AccountBytes">By everybody of the account, ever, and still there.</param>
public readonly record struct FileUsage(int HourFiles, long HourBytes, long AccountBytes)
{
    /// <summary>The quota that one more file of a size would break; null when it fits.</summary>
    public FileProblem? Exceeds(FileLimits limits, long size) =>
        HourFiles + 1 > limits.HourlyFiles || HourBytes + size > limits.HourlyBytes
            ? new(StatusCodes.Status429TooManyRequests, "too-many-files", "That were many files in a short time. Wait a while before you send more.")
        : AccountBytes + size > limits.AccountBytes
            ? new(StatusCodes.Status413PayloadTooLarge, "quota-full", "There is no room left for files of this account. Ask us to make some, or send a link instead.")
        : null;
}
