using Microsoft.Extensions.DependencyInjection.Extensions;
using PremiumSupport.Platform.Web.Outbound;

namespace PremiumSupport.Channels.Webhooks;

/// <summary>Registers what tells programs what happens.</summary>
public static class WebhooksSetup
{
    /// <summary>Adds endpoints, messages and their sender. Needs the desk.</summary>
    public static IHostApplicationBuilder AddWebhooks(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.TryAddSingleton<OutboundClient>();
        services.AddSingleton(WebhookOptions.Read(builder.Configuration));
        services.AddSingleton<WebhookSecrets>();
        services.AddSingleton<WebhookCommands>();
        services.AddSingleton<WebhookSpreadCommands>();
        services.AddSingleton<WebhookDeliveryCommands>();
        services.AddSingleton<WebhookQueries>();
        services.AddSingleton<WebhookDrain>();
        services.AddHostedService<WebhookSender>();
        return builder;
    }
}
