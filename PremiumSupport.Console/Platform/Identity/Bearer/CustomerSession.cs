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
}

internal sealed class CustomerSessionTable : IEntityTypeConfiguration<CustomerSession>
{
    public void Configure(EntityTypeBuilder<CustomerSession> builder)
    {
        builder.ToTable("CustomerSessions");
        builder.Property(session => session.Id).ValueGeneratedNever();
        builder.Property(session => session.Hash).HasMaxLength(64);
        builder.HasIndex(session => session.Hash).IsUnique();
        builder.HasIndex(session => session.ContactId);
        builder.HasIndex(session => session.ExpiresAt);
    }
}
