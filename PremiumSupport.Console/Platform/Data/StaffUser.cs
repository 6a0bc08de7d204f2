using Microsoft.AspNetCore.Identity;

namespace PremiumSupport.Platform.Data;

/// <summary>A member of the vendor's staff who signs in to the console. Lives beside the context because Identity's tables are part of it.</summary>
public sealed class StaffUser : IdentityUser<Guid>
{
    /// <summary>The name that customers and colleagues see.</summary>
    public string DisplayName { get; set; } = "";

    /// <summary>When a browser of theirs was last connected, to the minute; null when never.</summary>
    public DateTimeOffset? LastSeenAt { get; set; }
}
