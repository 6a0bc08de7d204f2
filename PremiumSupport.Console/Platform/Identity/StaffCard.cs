namespace PremiumSupport.Platform.Identity;

/// <summary>What access decisions need to know about a staff member.</summary>
/// <param name="SecurityStamp">Differs from the one in a cookie or circuit: that cookie or circuit has ended.</param>
/// <param name="IsDisabled">Switched off by an admin; unlike the short lockout after wrong passwords this also ends their API keys.</param>
public sealed record StaffCard(Guid Id, string DisplayName, string Email, string SecurityStamp, bool IsDisabled, IReadOnlyList<string> Roles)
{
    /// <summary>The lockout end that means "disabled". No lockout for wrong passwords ever gets there.</summary>
    public static readonly DateTimeOffset DisabledUntil = DateTimeOffset.MaxValue;
}
