using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Desk.Tickets.Next;

/// <summary>Why somebody lets a ticket go by that Next offers them.</summary>
public enum SkipReason { NotMyArea, OtherLanguage, NeedsColleague, Unclear, ShiftEnds, Other }

/// <summary>That somebody let a ticket go by, when and why. Never changed; what it means for Next runs out by itself.</summary>
public sealed class Skip
{
    public long Id { get; set; }
    public long TicketNumber { get; set; }
    public Guid StaffId { get; set; }
    public SkipReason Reason { get; set; }

    /// <summary>What the person added; may be empty.</summary>
    public string Note { get; set; } = "";

    public DateTimeOffset At { get; set; }
}

internal sealed class SkipsTable : IEntityTypeConfiguration<Skip>
{
    public void Configure(EntityTypeBuilder<Skip> builder)
    {
        builder.ToTable("Skips");
        builder.Property(skip => skip.Note).HasMaxLength(NextRules.LongestNote);
        builder.HasOne<Ticket>().WithMany().HasForeignKey(skip => skip.TicketNumber);
        builder.HasOne<StaffUser>().WithMany().HasForeignKey(skip => skip.StaffId);
        // Next asks whether somebody skipped a ticket lately; leads read the newest.
        builder.HasIndex(skip => new { skip.StaffId, skip.TicketNumber, skip.At });
        builder.HasIndex(skip => skip.At);
    }
}
