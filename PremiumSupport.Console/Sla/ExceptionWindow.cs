namespace PremiumSupport.Sla;

/// <summary>What a response-time exception is declared for.</summary>
public enum ExceptionScope { Everything, Account, Channel, Hub }

/// <summary>Why a response-time exception is declared; the customer is told.</summary>
public enum ExceptionReason { Holiday, Incident, Maintenance, ForceMajeure, Event, Other }

/// <summary>Where a response-time exception stands. Only an approved one moves a deadline; approval is final.</summary>
public enum ExceptionState { Proposed, Approved, Withdrawn }

/// <summary>
/// An approved response-time exception: while it lasts, the clocks that it covers stand (rules 5 and 13). Half-open.
/// </summary>
/// <param name="Id">Names it in ledger and explanations.</param>
/// <param name="From">The first instant at which clocks stand: the declared start, or the approval where that came later, because exceptions are prospective.</param>
/// <param name="To">The first instant at which they run again.</param>
/// <param name="Scope">What it is declared for.</param>
/// <param name="ScopeValue">The account's key, the channel's word or the hub's name; null for everything.</param>
/// <param name="Reason">Why.</param>
/// <param name="Note">What the customer is told, in English.</param>
public sealed record ExceptionWindow(
    Guid Id, DateTimeOffset From, DateTimeOffset To, ExceptionScope Scope, string? ScopeValue, ExceptionReason Reason, string Note)
{
    /// <summary>Whether a request of that account, on that channel and about those hubs lies in the scope. When it is asked does not matter here.</summary>
    /// <param name="accountKey">The account's key.</param>
    /// <param name="channel">The channel on which it came.</param>
    /// <param name="hubs">The hubs that the account ran when it asked.</param>
    public bool Covers(string accountKey, Channel channel, IReadOnlyList<string> hubs) => Scope switch
    {
        ExceptionScope.Everything => true,
        ExceptionScope.Account => Is(accountKey),
        ExceptionScope.Channel => Is(channel.ToString()),
        _ => hubs.Any(Is),
    };

    private bool Is(string value) => string.Equals(value, ScopeValue, StringComparison.OrdinalIgnoreCase);
}
