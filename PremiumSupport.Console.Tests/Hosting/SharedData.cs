namespace PremiumSupport.Tests.Hosting;

/// <summary>Inputs from elsewhere that some machines have beside the repository; tests that need them are skipped, visibly, where they are missing.</summary>
internal static class SharedData
{
    /// <summary>The path of a file of that folder, or null.</summary>
    public static string? Find(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PremiumSupport.sln")))
        {
            folder = folder.Parent;
        }

        var file = folder?.Parent is { } beside ? Path.Combine(beside.FullName, "shared", "data", name) : null;
        return File.Exists(file) ? file : null;
    }
}
