namespace PremiumSupport.Platform.Files;

/// <summary>Registers where files are kept and what looks into them.</summary>
public static class FileStoreSetup
{
    /// <summary>Adds the store, the intake and the scanner.</summary>
    public static IHostApplicationBuilder AddFileStore(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(StorageOptions.Read(builder.Configuration, builder.Environment.ContentRootPath));
        builder.Services.AddSingleton<FileStore>();
        builder.Services.AddSingleton<FileIntake>();
        builder.Services.AddSingleton<VirusScanner>();
        return builder;
    }
}
