using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Accounts;

/// <summary>A customer of the vendor.</summary>
public sealed class Account
{
    public Guid Id { get; set; }

    /// <summary>The short name that the vendor's systems use; unique, lower case.</summary>
    public required string Key { get; set; }

    public required string Name { get; set; }

    /// <summary>IANA zone of its people unless a contact says otherwise.</summary>
    public string Zone { get; set; } = "Etc/UTC";

    /// <summary>Since when an admin lets its people in no more; null while they may come. What is open stays, with every promise.</summary>
    public DateTimeOffset? DisabledAt { get; set; }

    /// <summary>Subscriptions of hubs, past and present.</summary>
    public List<Subscription> Subscriptions { get; set; } = [];

    /// <summary>Purchases of Premium Support, past and present.</summary>
    public List<PremiumPurchase> PremiumPurchases { get; set; } = [];

    /// <summary>The hubs that it runs at an instant, by name.</summary>
    public IReadOnlyList<string> HubsAt(DateTimeOffset instant) =>
        [.. Subscriptions.Where(subscription => subscription.From <= instant && instant < subscription.To).Select(subscription => subscription.Hub).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>What decides its entitlement.</summary>
    public AccountFacts ToFacts() => new(
        Name,
        [.. Subscriptions.Where(subscription => subscription.Qualifies).Select(subscription => new Period(subscription.From, subscription.To))],
        [.. PremiumPurchases.Select(purchase => new Period(purchase.From, purchase.To))])
    {
        Plans = [.. PremiumPurchases.Select(purchase => new PlanPeriod(new(purchase.From, purchase.To), purchase.Plan))],
    };
}

/// <summary>A hub that an account runs, in an edition, for a time.</summary>
public sealed class Subscription
{
    public Guid Id { get; set; }
    public Guid AccountId { get; set; }

    /// <summary>A product of the vendor's catalogue, e.g. "Service Hub". The catalogue is data.</summary>
    public required string Hub { get; set; }

    public required string Edition { get; set; }

    /// <summary>Whether Premium Support may be bought on top of it; Enterprise editions qualify.</summary>
    public bool Qualifies { get; set; }

    public DateTimeOffset From { get; set; }

    /// <summary>The first instant it no longer covers.</summary>
    public DateTimeOffset To { get; set; }
}

/// <summary>A purchase of Premium Support.</summary>
public sealed class PremiumPurchase
{
    public Guid Id { get; set; }
    public Guid AccountId { get; set; }

    /// <summary>Which of the vendor's plans was bought; a policy's rule may speak of one plan alone.</summary>
    public string Plan { get; set; } = "premium";

    public DateTimeOffset From { get; set; }

    /// <summary>The first instant it no longer covers.</summary>
    public DateTimeOffset To { get; set; }
}

/// <summary>Sizes of what an account says.</summary>
public static class AccountLimits
{
    public const int Plan = 60;
    public const int Key = 100;
    public const int Name = 200;
    public const int Email = 320;
}

/// <summary>A person of an account.</summary>
public sealed class Contact
{
    public Guid Id { get; set; }
    public Guid AccountId { get; set; }
    public Account? Account { get; set; }

    /// <summary>Lower case; unique within the account.</summary>
    public required string Email { get; set; }

    public required string Name { get; set; }

    /// <summary>The vendor's word for what the person is; kept when a token does not say.</summary>
    public RequesterRole Role { get; set; }

    /// <summary>IANA zone, or null for the account's.</summary>
    public string? Zone { get; set; }

    /// <summary>The language of the customer pages, e.g. "de"; null when never seen.</summary>
    public string? Locale { get; set; }

    /// <summary>True once the vendor vouched for the person with a signed token.</summary>
    public bool IsVerified { get; set; }

    /// <summary>Since when an admin lets the person in no more; null while they may come. Requests that they have open stay.</summary>
    public DateTimeOffset? DisabledAt { get; set; }
}
