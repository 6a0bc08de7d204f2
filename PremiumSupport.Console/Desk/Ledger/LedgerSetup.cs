namespace PremiumSupport.Desk.Ledger;

/// <summary>Registers the checking of the ledger.</summary>
public static class LedgerSetup
{
    /// <summary>Adds queries and audit. Needs the database.</summary>
    public static IServiceCollection AddLedger(this IServiceCollection services)
    {
        services.AddSingleton<LedgerQueries>();
        services.AddSingleton<LedgerAudit>();
        return services;
    }

    /// <summary>Adds what else a desk at work has: signed heads and statements. Needs the key ring too.</summary>
    public static IHostApplicationBuilder AddLedgerDesk(this IHostApplicationBuilder builder)
    {
        builder.Services.AddLedger();
        builder.Services.AddSingleton<HeadKeyCommands>();
        builder.Services.AddSingleton<LedgerHeads>();
        builder.Services.AddSingleton<Statements>();
        return builder;
    }
}
