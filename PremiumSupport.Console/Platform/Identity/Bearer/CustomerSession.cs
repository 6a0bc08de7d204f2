using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PremiumSupport.Sla;

namespace PremiumSupport.Platform.Identity.Bearer;

/// <summary>A customer for whom the vendor vouched, for as long as the vendor's token said.</summary>
public sealed class CustomerSession
{
    /// <summary>The prefix of session tokens.</summary>
    public const string Prefix = "pss_";

    public Guid Id { get; set; }

    /// <summary>See <see cref="Secret.Hash"/>; unique.</summary>
    public required string Hash { get; set; }

    /// <summary>Whose session it is. No foreign key: people are kept by a room above, and a session without its person opens nothing.</summary>
    public Guid ContactId { get; set; }

    public ClientPlatform Platform { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>The first instant it no longer works.</summary>
    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>Which of the vendor's secrets signed the token that began it; null for a session that no token began.</summary>
    public string? KeyId { get; set; }

    /// <summary>The browser that began it, as the hash of that browser's key; null when it named none.</summary>
    public string? BrowserHash { get; set; }

    /// <summary>What, together with the browser's key, makes the session's token again; null when the token is random. See <see cref="SessionToken"/>.</summary>
    public string? Salt { get; set; }
}

/// <summary>An identity token that has begun a session, kept until it could begin none anyway.</summary>
public sealed class UsedToken
{
    /// <summary>See <see cref="Secret.Hash"/>, of the token's <c>jti</c>. The key: of two nodes that are given one token, the database lets one through.</summary>
    public required string Hash { get; set; }

    /// <summary>The session that it began, whether it still is or not.</summary>
    public Guid SessionId { get; set; }

    /// <summary>From when on the token is refused by its age.</summary>
    public DateTimeOffset ForgetAt { get; set; }
}

internal sealed class CustomerSessionTable : IEntityTypeConfiguration<CustomerSession>, IEntityTypeConfiguration<UsedToken>
{
    public void Configure(EntityTypeBuilder<CustomerSession> builder)
    {
        builder.ToTable("CustomerSessions");
        builder.Property(session => session.Id).ValueGeneratedNever();
        builder.Property(session => session.Hash).HasMaxLength(64);
        builder.Property(session => session.KeyId).HasMaxLength(32);
        builder.Property(session => session.BrowserHash).HasMaxLength(64);
        builder.Property(session => session.Salt).HasMaxLength(64);
        builder.HasIndex(session => session.Hash).IsUnique();
        builder.HasIndex(session => session.ContactId);
        builder.HasIndex(session => session.ExpiresAt);
    }

    public void Configure(EntityTypeBuilder<UsedToken> builder)
    {
        builder.ToTable("UsedTokens");
        builder.HasKey(used => used.Hash);
        builder.Property(used => used.Hash).HasMaxLength(64);
        builder.HasIndex(used => used.ForgetAt);
    }
}
