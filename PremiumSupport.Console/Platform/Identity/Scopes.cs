namespace PremiumSupport.Platform.Identity;

/// <summary>What an API key may be allowed to do, besides what its staff member's role allows.</summary>
public static class Scopes
{
    /// <summary>Tickets, messages, queue, search.</summary>
    public const string Tickets = "tickets";

    /// <summary>Reports and the ledger.</summary>
    public const string Reports = "reports";

    /// <summary>Policies and exceptions.</summary>
    public const string Admin = "admin";

    /// <summary>Every scope.</summary>
    public static IReadOnlyList<string> All { get; } = [Tickets, Reports, Admin];
}
