using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PremiumSupport.Desk.Tickets.Links;

/// <summary>How one ticket is linked to another, read from the one to the other.</summary>
public enum LinkKind { Related, DuplicateOf, CausedBy }

/// <summary>That two tickets have to do with each other. For staff alone, and nothing follows from it: a duplicate is not merged, a cause blocks nobody.</summary>
public sealed class TicketLink
{
    public long Id { get; set; }

    /// <summary>The ticket from which it is read.</summary>
    public long TicketNumber { get; set; }

    /// <summary>The other one.</summary>
    public long OtherNumber { get; set; }

    public LinkKind Kind { get; set; }
    public string ByName { get; set; } = "";
    public DateTimeOffset At { get; set; }
}

internal sealed class TicketLinksTable : IEntityTypeConfiguration<TicketLink>
{
    public void Configure(EntityTypeBuilder<TicketLink> builder)
    {
        builder.ToTable("TicketLinks");
        builder.HasOne<Ticket>().WithMany().HasForeignKey(link => link.TicketNumber);
        builder.HasOne<Ticket>().WithMany().HasForeignKey(link => link.OtherNumber);
        builder.HasIndex(link => new { link.TicketNumber, link.OtherNumber }).IsUnique();
    }
}
