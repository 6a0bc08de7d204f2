namespace PremiumSupport.Desk.Intake;

/// <summary>Registers what keeps mails that come in.</summary>
public static class IntakeSetup
{
    /// <summary>Adds it.</summary>
    public static IHostApplicationBuilder AddIntake(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IntakeCommands>();
        builder.Services.AddSingleton<IntakeQueries>();
        builder.Services.AddSingleton<MailPurgeCommands>();
        return builder;
    }
}
