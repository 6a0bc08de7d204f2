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
}
