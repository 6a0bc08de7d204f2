using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Accounts;
using PremiumSupport.Desk.Entitlements;
using PremiumSupport.Desk.Tickets.Publishing;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets;

/// <summary>Registers the desk: accounts, policies, tickets and the queue.</summary>
public static class TicketsSetup
{
    /// <summary>Adds commands, queries and the projection of the queue.</summary>
    public static IHostApplicationBuilder AddDesk(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        var workspace = builder.Configuration.GetSection("Workspace").Get<WorkspaceOptions>() ?? new();
        if (NodaTime.DateTimeZoneProviders.Tzdb.GetZoneOrNull(workspace.Zone) is null)
        {
            throw new InvalidOperationException($"Workspace:Zone (environment variable Workspace__Zone) is '{workspace.Zone}', which is not an IANA time zone. Write for example Europe/Berlin.");
        }

        services.AddSingleton(workspace);
        services.AddSingleton<Workspace>();
        services.AddSingleton<ConversationFeed>();
        services.AddSingleton<Policies>();
        services.AddSingleton<ContactCommands>();
        services.AddSingleton<AccountCommands>();
        services.AddSingleton<AccountPeopleCommands>();
        services.AddSingleton<AccountQueries>();
        services.AddSingleton<Accounts.Teams.TeamCommands>();
        services.AddSingleton<Accounts.Teams.TeamQueries>();
        services.AddSingleton<Handing.TakeBackCommands>();
        services.AddSingleton<Accounts.Import.ImportCommands>();
        services.AddSingleton<Accounts.Import.ImportDesk>();
        services.AddSingleton<ICustomerDirectory, CustomerDirectory>();
        services.AddSingleton(provider => new Mail.TicketMails(provider.GetRequiredService<Outbox.MailOutbox>()));
        services.AddSingleton<TicketCommands>();
        services.AddSingleton<Accounts.Import.ITicketHistory>(provider => provider.GetRequiredService<TicketCommands>());
        services.AddSingleton<TicketQueries>();
        services.AddSingleton<Macros.MacroCommands>();
        services.AddSingleton<Macros.MacroQueries>();
        services.AddSingleton<Search.TicketSearchQueries>();
        services.AddSingleton<Tags.TagQueries>();
        services.AddSingleton<Links.LinkQueries>();
        services.AddSingleton<Drafts.DraftCommands>();
        services.AddSingleton<Drafts.DraftQueries>();
        services.AddSingleton(Sending.UndoOptions.Read(builder.Configuration));
        services.AddSingleton<Sending.SendQueries>();
        services.AddSingleton<Waiting.WaitQueries>();
        services.AddSingleton<Calls.CallQueries>();
        services.AddSingleton<Calls.PhoneRuleCommands>();
        services.AddSingleton<Files.MessageFileQueries>();
        services.AddSingleton(Requests.RatingOptions.Read(builder.Configuration));
        services.AddSingleton(Next.NextOptions.Read(builder.Configuration));
        services.AddSingleton<Next.NextQueries>();
        services.AddSingleton<Next.StaffLimitCommands>();
        services.AddSingleton<Presence.TicketPresence>();
        services.AddSingleton<Views.SavedViewQueries>();
        services.AddSingleton<Views.SavedViewCommands>();
        services.AddSingleton<SlaReports>();
        services.AddSingleton<DayFigures>();
        services.AddSingleton<Exceptions.ExceptionCommands>();
        services.AddSingleton<Exceptions.ExceptionQueries>();
        services.AddSingleton<PolicyCommands>();
        services.AddSingleton<PolicyQueries>();
        services.AddHostedService<PolicyWatch>();
        services.AddSingleton<News.QueueNews>();
        services.AddHostedService(provider => provider.GetRequiredService<News.QueueNews>());
        services.AddSingleton<QueueProjection>();
        services.AddHostedService(provider => provider.GetRequiredService<QueueProjection>());
        return builder;
    }

    /// <summary>Reads what the desk needs before anybody is served: the policies, which the first start makes.</summary>
    public static async Task LoadDeskAsync(IServiceProvider services)
    {
        var workspace = services.GetRequiredService<Workspace>();
        var defaults = services.GetRequiredService<IConfiguration>().GetSection("Sla:Defaults").Get<SlaDefaults>() ?? new();
        await services.GetRequiredService<Policies>().LoadAsync(defaults, workspace.Zone, services.GetRequiredService<TimeProvider>().GetUtcNow());
        await using var db = await services.GetRequiredService<IDbContextFactory<SupportDb>>().CreateDbContextAsync();
        await PolicyLedger.EnsureAsync(db);
    }
}
