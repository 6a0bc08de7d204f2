using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Desk.Tickets.Drafts;

/// <summary>What a draft is going to be. Part of its key, so that a note cannot turn into a reply by itself (trust rule 5).</summary>
public enum DraftMode { Reply, Note }

/// <summary>
/// What somebody of the staff has written for a ticket and not sent. One per ticket, person and mode; whoever the ticket belongs to meanwhile, it stays its author's.
/// There is no row where there is nothing to keep.
/// </summary>
public sealed class MessageDraft
{
    public long TicketNumber { get; set; }
    public Guid StaffId { get; set; }
    public DraftMode Mode { get; set; }
    public string Text { get; set; } = "";

    /// <summary>The author's pending uploads, in their order.</summary>
    public IReadOnlyList<Guid> Files { get; set; } = [];

    /// <summary>The id under which it will be sent, so that sending it again after a lost answer writes it once.</summary>
    public required string MessageId { get; set; }

    /// <summary>Up to which public message its author had read when they began; null where they did not say.</summary>
    public long? Seen { get; set; }

    /// <summary>What is to be done to the ticket when it goes; words of <see cref="Sending.SendDeeds"/>.</summary>
    public IReadOnlyList<string> Deeds { get; set; } = [];

    /// <summary>Why it is a draft again although its author had pressed Send; null when they know. Goes with the next change.</summary>
    public string? Problem { get; set; }

    /// <summary>Grows with every change, also across a draft that was sent and one that was begun after it. A window that knows an older one is told.</summary>
    public long Version { get; set; }

    public DateTimeOffset ChangedAt { get; set; }
}

internal sealed class DraftsTable : IEntityTypeConfiguration<MessageDraft>
{
    public void Configure(EntityTypeBuilder<MessageDraft> builder)
    {
        builder.ToTable("MessageDrafts");
        builder.HasKey(draft => new { draft.TicketNumber, draft.StaffId, draft.Mode });
        builder.HasOne<Ticket>().WithMany().HasForeignKey(draft => draft.TicketNumber);
        builder.HasOne<StaffUser>().WithMany().HasForeignKey(draft => draft.StaffId);
        builder.Property(draft => draft.MessageId).HasMaxLength(TicketLimits.ClientMessageId);
        builder.Property(draft => draft.Files).HasJsonConversion();
        builder.Property(draft => draft.Deeds).HasJsonConversion().HasDefaultValueSql("'[]'");
    }
}
