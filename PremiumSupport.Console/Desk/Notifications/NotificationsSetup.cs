namespace PremiumSupport.Desk.Notifications;

/// <summary>Registers the notifications.</summary>
public static class NotificationsSetup
{
    /// <summary>Adds what acknowledges, escalates and reads them.</summary>
    /// <exception cref="InvalidOperationException">An option is out of its range; the message names the key.</exception>
    public static IHostApplicationBuilder AddNotifications(this IHostApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection("Notifications").Get<NotificationOptions>() ?? new();
        if (options.EscalateAfter <= TimeSpan.Zero)
        {
            throw new InvalidOperationException("Notifications:EscalateAfter (environment variable Notifications__EscalateAfter) has to be longer than nothing; write for example 00:02:00.");
        }

        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton<NotificationCommands>();
        builder.Services.AddSingleton<NotificationQueries>();
        builder.Services.AddSingleton<HeadsUps.HeadsUpCommands>();
        builder.Services.AddSingleton<HeadsUps.HeadsUpQueries>();
        return builder;
    }
}
