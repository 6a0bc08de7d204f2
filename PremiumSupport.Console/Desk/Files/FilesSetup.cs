namespace PremiumSupport.Desk.Files;

/// <summary>Registers uploads and their limits.</summary>
public static class FilesSetup
{
    /// <summary>Adds them.</summary>
    public static IHostApplicationBuilder AddFiles(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<FileLimitCommands>();
        builder.Services.AddSingleton<UploadCommands>();
        builder.Services.AddSingleton<UploadSweepCommands>();
        return builder;
    }
}
