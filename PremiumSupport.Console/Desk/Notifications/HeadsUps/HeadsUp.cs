using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Desk.Notifications.HeadsUps;

/// <summary>
/// What colleagues do that somebody has to hear of: they ask them to look at a ticket, name them in a note, give them one. Undone is what the product says of itself: an answer of theirs went
/// out, and something that was to be done with it was not.
/// </summary>
public enum HeadsUpKind { Nudge, Mention, Assigned, Undone }

/// <summary>One person told of what a colleague did about a ticket. Open until they have seen it, or until it no longer concerns them. Warnings of promises are <see cref="Notification"/>s.</summary>
public sealed class HeadsUp
{
    /// <summary>Characters of <see cref="Text"/>.</summary>
    public const int LongestText = 200;

    public long Id { get; set; }
    public Guid RecipientId { get; set; }
    public HeadsUpKind Kind { get; set; }
    public long TicketNumber { get; set; }

    /// <summary>Who did it; null for the product itself.</summary>
    public Guid? FromId { get; set; }

    /// <summary>Their name then.</summary>
    public required string FromName { get; set; }

    /// <summary>Words of theirs, in one line; empty for none. Staff only: nothing that goes to a customer reads this table.</summary>
    public string Text { get; set; } = "";

    /// <summary>The ticket's soonest deadline when it was written; null where nothing was owed.</summary>
    public DateTimeOffset? DueAt { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When its recipient saw it, or when there was nothing left to look at; null until then.</summary>
    public DateTimeOffset? SeenAt { get; set; }
}

internal sealed class HeadsUpsTable : IEntityTypeConfiguration<HeadsUp>
{
    public void Configure(EntityTypeBuilder<HeadsUp> builder)
    {
        builder.ToTable("HeadsUps");
        builder.Property(row => row.FromName).HasMaxLength(100);
        builder.Property(row => row.Text).HasMaxLength(HeadsUp.LongestText);
        builder.HasOne<StaffUser>().WithMany().HasForeignKey(row => row.RecipientId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(row => new { row.RecipientId, row.Id }, "IX_HeadsUps_OpenByRecipient").HasFilter("\"SeenAt\" IS NULL");
        builder.HasIndex(row => new { row.TicketNumber, row.CreatedAt });
    }
}
