using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Platform.Identity.Bearer;

/// <summary>A key with which a program acts for a staff member. The key itself is shown once and never kept.</summary>
public sealed class ApiKey
{
    /// <summary>The prefix of the keys that we make. Keys are found by their hash, so a configured one may be any text.</summary>
    public const string Prefix = "psk_";

    public Guid Id { get; set; }

    /// <summary>What its owner calls it.</summary>
    public required string Name { get; set; }

    /// <summary>See <see cref="Secret.Hash"/>; unique.</summary>
    public required string Hash { get; set; }

    /// <summary>Its first few characters, to tell keys apart in a list.</summary>
    public required string Hint { get; set; }

    /// <summary>Words of <see cref="Scopes"/>.</summary>
    public IReadOnlyList<string> Scopes { get; set; } = [];

    /// <summary>For whom it acts.</summary>
    public Guid StaffId { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>The first instant it no longer works; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>To the minute.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>Whether it opens anything at that instant.</summary>
    public bool WorksAt(DateTimeOffset now) => RevokedAt is null && (ExpiresAt is null || now < ExpiresAt);
}

internal sealed class ApiKeyTable : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> builder)
    {
        builder.ToTable("ApiKeys");
        builder.Property(key => key.Id).ValueGeneratedNever();
        builder.Property(key => key.Name).HasMaxLength(100);
        builder.Property(key => key.Hash).HasMaxLength(64);
        builder.Property(key => key.Hint).HasMaxLength(16);
        builder.Property(key => key.Scopes).HasJsonConversion();
        builder.HasIndex(key => key.Hash).IsUnique();
        builder.HasOne<StaffUser>().WithMany().HasForeignKey(key => key.StaffId).OnDelete(DeleteBehavior.Cascade);
    }
}
