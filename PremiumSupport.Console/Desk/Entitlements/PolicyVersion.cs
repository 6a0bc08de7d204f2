using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PremiumSupport.Desk.Entitlements;

/// <summary>A version of the policy as it was published; never changed afterwards (rule 10).</summary>
public sealed class PolicyVersion
{
    public int Version { get; set; }

    /// <summary>The policy in the API's JSON.</summary>
    public required string Json { get; set; }

    public DateTimeOffset PublishedAt { get; set; }
}

internal sealed class PolicyVersionsTable : IEntityTypeConfiguration<PolicyVersion>
{
    public void Configure(EntityTypeBuilder<PolicyVersion> builder)
    {
        builder.ToTable("PolicyVersions");
        builder.HasKey(policy => policy.Version);
        builder.Property(policy => policy.Version).ValueGeneratedNever();
    }
}
