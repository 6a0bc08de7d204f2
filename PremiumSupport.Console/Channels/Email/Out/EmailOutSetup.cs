using System.Diagnostics.Metrics;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using PremiumSupport.Channels.Email.Out.Templates;
using PremiumSupport.Desk.Outbox;
using PremiumSupport.Platform.Mail;

namespace PremiumSupport.Channels.Email.Out;

/// <summary>Registers what makes and sends mails.</summary>
public static class EmailOutSetup
{
    /// <summary>Adds templates, composer and sender.</summary>
    public static IHostApplicationBuilder AddEmailOut(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<MailTemplateQueries>();
        services.AddSingleton<MailTemplateCommands>();
        services.AddSingleton<MailContent>();
        services.AddSingleton<MailComposer>();
        services.AddSingleton(provider => new OutboxDrain(
            provider.GetRequiredService<OutboxCommands>(), provider.GetRequiredService<OutboxQueries>(), provider.GetRequiredService<StaffMailCommands>(), provider.GetRequiredService<MailComposer>(),
            provider.GetRequiredService<EmailOptions>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<IMeterFactory>(), provider.GetRequiredService<ILogger<OutboxDrain>>()));
        services.AddHostedService<MailSender>();
        services.AddHealthChecks().AddCheck<MailHealth>("mail", HealthStatus.Degraded, ["ready"]);
        return builder;
    }
}
