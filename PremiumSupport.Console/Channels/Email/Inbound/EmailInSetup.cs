using PremiumSupport.Channels.Email.Inbound.Reading;
using PremiumSupport.Channels.Email.Inbound.Showing;
using PremiumSupport.Channels.Email.Inbound.Sorting;
using PremiumSupport.Platform.Mail;

namespace PremiumSupport.Channels.Email.Inbound;

/// <summary>Registers mail that comes in.</summary>
public static class EmailInSetup
{
    /// <summary>Adds it. Without a mailbox nothing is read; what was kept before is still looked into.</summary>
    /// <exception cref="InvalidOperationException">An option cannot be; the message names the key.</exception>
    public static IHostApplicationBuilder AddEmailIn(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(EmailInOptions.Read(builder.Configuration, EmailOptions.Read(builder.Configuration)));
        services.AddSingleton<IntakeStatus>();
        services.AddSingleton<SenderQueries>();
        services.AddSingleton<MailFiles>();
        services.AddSingleton<MailSorter>();
        services.AddHostedService<MailboxWatch>();
        services.AddHostedService<SortingService>();
        services.AddHealthChecks().AddCheck<IntakeHealth>("mail-intake", tags: ["ready"]);
        services.AddSingleton<MailEndpoints>();
        MailEndpoints.AddHeaders(services);
        return builder;
    }

    /// <summary>Maps what staff looks at a mail by.</summary>
    public static void MapEmailIn(this IEndpointRouteBuilder app) => MailEndpoints.Map(app);
}
