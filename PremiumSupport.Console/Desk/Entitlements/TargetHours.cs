using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Entitlements;

/// <summary>Whether a target's clock walks right now.</summary>
public static class TargetHours
{
    /// <summary>What falls due as an office closes is told in the minutes after it.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    /// <summary>Whether a calendar has been closed for a while; false for none, and for one that the policy has no longer.</summary>
    public static bool IsOutside(this SlaPolicy policy, string? calendar, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return policy.Calendars.FirstOrDefault(known => known.Key == calendar) is { IsAlwaysOpen: false } hours && hours.OpenSpans(now - Grace, now + TimeSpan.FromMilliseconds(1)).Count == 0;
    }
}
