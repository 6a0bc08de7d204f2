using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PremiumSupport.Platform.Identity.Vendor;

/// <summary>Where a secret came from.</summary>
public enum SecretOrigin
{
    /// <summary>Made at the first start.</summary>
    Generated,

    /// <summary>Said by <c>Widget:Secret</c>.</summary>
    Configured,

    /// <summary>Made by an admin.</summary>
    Added,
}

/// <summary>
/// A secret that the vendor's server signs identity tokens with (trust rule 18). Rows are never removed: together they say in full who added what and who retired
/// it, and a retired one is kept so that a server which still signs with it can be told apart from a forger.
/// </summary>
public sealed class WidgetSecret
{
    /// <summary>How many may be active at once: the one in use and the one that takes over.</summary>
    public const int MostActive = 2;

    public Guid Id { get; set; }

    /// <summary>What a token's <c>kid</c> names it by; see <see cref="SigningSecret.KeyIdOf"/>. Unique.</summary>
    public required string KeyId { get; set; }

    /// <summary>Its text, protected by the key ring: signatures are checked with it, so a hash would not do.</summary>
    public required string Protected { get; set; }

    public SecretOrigin Origin { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>The admin's name; null when nobody did it by hand.</summary>
    public string? CreatedBy { get; set; }

    /// <summary>When a token signed with it last began a session, to the minute; null when never.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>From when on it opens nothing; null while it is active.</summary>
    public DateTimeOffset? RetiredAt { get; set; }

    /// <summary>The admin's name; null when another <c>Widget:Secret</c> took its place.</summary>
    public string? RetiredBy { get; set; }

    /// <summary>How many sessions ended with it; null when they were left to run out.</summary>
    public int? EndedSessions { get; set; }

    /// <summary>When a token signed with it was last refused because it is retired, to the minute: some server of the vendor's has not changed over.</summary>
    public DateTimeOffset? RefusedAt { get; set; }
}

internal sealed class WidgetSecretTable : IEntityTypeConfiguration<WidgetSecret>
{
    public void Configure(EntityTypeBuilder<WidgetSecret> builder)
    {
        builder.ToTable("WidgetSecrets");
        builder.Property(secret => secret.Id).ValueGeneratedNever();
        builder.Property(secret => secret.KeyId).HasMaxLength(32);
        builder.Property(secret => secret.CreatedBy).HasMaxLength(200);
        builder.Property(secret => secret.RetiredBy).HasMaxLength(200);
        builder.HasIndex(secret => secret.KeyId).IsUnique();
    }
}
