using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Accounts;

/// <summary>An account as somebody typed it.</summary>
/// <param name="Zone">IANA; empty for UTC.</param>
public sealed record AccountDraft(string? Key, string? Name, string? Zone);

/// <summary>A purchase of Premium Support as somebody typed it.</summary>
/// <param name="Id">Null for a new one.</param>
/// <param name="First">The first day of the office that it covers.</param>
/// <param name="Last">The last day that it covers.</param>
public sealed record PurchaseDraft(Guid? Id, string? Plan, DateOnly? First, DateOnly? Last);

/// <summary>A subscription of a hub as somebody typed it.</summary>
/// <param name="Id">Null for a new one.</param>
/// <param name="Qualifies">Whether Premium Support may stand on it.</param>
/// <param name="First">The first day of the office that it covers.</param>
/// <param name="Last">The last day that it covers.</param>
public sealed record SubscriptionDraft(Guid? Id, string? Hub, string? Edition, bool Qualifies, DateOnly? First, DateOnly? Last);

/// <summary>A person of an account as somebody typed it.</summary>
/// <param name="Id">Null for a new one.</param>
/// <param name="Zone">IANA; empty for the account's.</param>
public sealed record ContactDraft(Guid? Id, string? Email, string? Name, RequesterRole Role, string? Zone);
