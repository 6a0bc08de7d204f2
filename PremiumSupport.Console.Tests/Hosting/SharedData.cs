namespace PremiumSupport.Tests.Hosting;

/// <summary>Inputs from elsewhere that some machines have beside the repository; tests that need them are skipped, visibly, where they are missing.</summary>
internal static class SharedData
{
    /// <summary>The path of a file of that folder, or null.</summary>
    public static string? Find(string name) => Beside(name) is { } file && File.Exists(file) ? file : null;

    /// <summary>The files below a folder of that folder, by name; empty where it is missing.</summary>
    public static IReadOnlyList<string> FilesOf(string name) => Beside(name) is { } folder && Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)] : [];

    private static string? Beside(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PremiumSupport.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.Parent is { } beside ? Path.Combine(beside.FullName, "shared", "data", name) : null;
    }
}
