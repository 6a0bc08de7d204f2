namespace PremiumSupport.Desk.Outbox;

/// <summary>Registers the outbox.</summary>
public static class OutboxSetup
{
    /// <summary>Adds what writes into it, takes out of it and reads it.</summary>
    public static IHostApplicationBuilder AddOutbox(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<MailOutbox>();
        builder.Services.AddSingleton<OutboxCommands>();
        builder.Services.AddSingleton<OutboxQueries>();
        builder.Services.AddSingleton<StaffMailCommands>();
        builder.Services.AddSingleton<StaffLinkMails>();
        builder.Services.AddScoped<InvitationCommands>();
        return builder;
    }
}
