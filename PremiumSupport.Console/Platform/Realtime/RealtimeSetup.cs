using PremiumSupport.Platform.Data;

namespace PremiumSupport.Platform.Realtime;

/// <summary>Registers the news of what changed.</summary>
public static class RealtimeSetup
{
    /// <summary>Adds the bus and, where nodes may share the database, what carries it among them. Needs the database.</summary>
    public static IHostApplicationBuilder AddRealtime(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ChangeBus>();
        if (DatabaseOptions.Read(builder.Configuration).Provider == DatabaseProvider.PostgreSql)
        {
            builder.Services.AddSingleton<NodeBridge>();
            builder.Services.AddHostedService(services => services.GetRequiredService<NodeBridge>());
        }

        return builder;
    }
}
