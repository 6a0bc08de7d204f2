using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Platform.Identity;

/// <summary>What a link lets its holder do.</summary>
public enum StaffLinkKind
{
    /// <summary>Become the first administrator, while there is no staff at all.</summary>
    FirstAdmin,

    /// <summary>Choose a password: invited, or forgotten.</summary>
    Password,
}

/// <summary>A link that works once, for <see cref="Lifetime"/> at most; only the hash of its secret is kept (trust rule 19).</summary>
public sealed class StaffLink
{
    /// <summary>How long a link works.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(72);

    public Guid Id { get; set; }

    public StaffLinkKind Kind { get; set; }

    /// <summary>See <see cref="Secret.Hash"/>; unique.</summary>
    public required string Hash { get; set; }

    /// <summary>Whose password; null for the first administrator, who is nobody yet.</summary>
    public Guid? StaffId { get; set; }

    /// <summary>The first instant it no longer works.</summary>
    public DateTimeOffset ExpiresAt { get; set; }
}

internal sealed class StaffLinkTable : IEntityTypeConfiguration<StaffLink>
{
    public void Configure(EntityTypeBuilder<StaffLink> builder)
    {
        builder.ToTable("StaffLinks");
        builder.Property(link => link.Id).ValueGeneratedNever();
        builder.Property(link => link.Hash).HasMaxLength(64);
        builder.HasIndex(link => link.Hash).IsUnique();
        builder.HasOne<StaffUser>().WithMany().HasForeignKey(link => link.StaffId).OnDelete(DeleteBehavior.Cascade);
    }
}
