namespace PremiumSupport.Desk.Preferences;

/// <summary>Registers what people set for themselves.</summary>
public static class PreferencesSetup
{
    /// <summary>Adds what writes and reads it.</summary>
    public static IHostApplicationBuilder AddPreferences(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PreferenceCommands>();
        builder.Services.AddSingleton<PreferenceQueries>();
        return builder;
    }
}
