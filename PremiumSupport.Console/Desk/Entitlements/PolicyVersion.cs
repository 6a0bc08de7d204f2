using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PremiumSupport.Desk.Entitlements;

/// <summary>Whose promises a version changes. The words of the API are <c>new</c> and <c>newAndOpen</c>.</summary>
public enum PolicyScope
{
    /// <summary>Tickets opened from then on; open ones keep what they were promised under.</summary>
    New,

    /// <summary>Open tickets too, as an act of its own right after the publishing: no deadline moves later by it (rule 8).</summary>
    NewAndOpen,
}

/// <summary>A version of the policy as it was published; never changed afterwards (rule 10), but for the note that it was applied.</summary>
public sealed class PolicyVersion
{
    public int Version { get; set; }

    /// <summary>The policy in the API's JSON.</summary>
    public required string Json { get; set; }

    public DateTimeOffset PublishedAt { get; set; }

    /// <summary>Why it was published, in its author's words.</summary>
    public string Note { get; set; } = "";

    /// <summary>Who published it; null for the first one, which the start makes of the defaults.</summary>
    public Guid? AuthorId { get; set; }

    public string AuthorName { get; set; } = "";

    public PolicyScope AppliesTo { get; set; }

    /// <summary>When the open tickets had been gone through; null while that is still to be done, and for <see cref="PolicyScope.New"/>.</summary>
    public DateTimeOffset? AppliedAt { get; set; }

    /// <summary>The edition of the time-zone rules that the node knew which published it, e.g. "TZDB: 2026a (mapping: …)".</summary>
    public string Tzdb { get; set; } = "";
}

internal sealed class PolicyVersionsTable : IEntityTypeConfiguration<PolicyVersion>
{
    public void Configure(EntityTypeBuilder<PolicyVersion> builder)
    {
        builder.ToTable("PolicyVersions");
        builder.HasKey(policy => policy.Version);
        builder.Property(policy => policy.Version).ValueGeneratedNever();
        // The defaults are for versions from before these columns.
        builder.Property(policy => policy.Note).HasMaxLength(500).HasDefaultValue("");
        builder.Property(policy => policy.AuthorName).HasMaxLength(200).HasDefaultValue("");
        builder.Property(policy => policy.AppliesTo).HasDefaultValue(PolicyScope.New);
        builder.Property(policy => policy.Tzdb).HasMaxLength(100).HasDefaultValue("");
    }
}
