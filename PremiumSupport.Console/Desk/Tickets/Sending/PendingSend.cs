using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PremiumSupport.Desk.Tickets.Drafts;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Desk.Tickets.Sending;

/// <summary>An answer whose author pressed Send and may still take it back. The row goes in the transaction that sends it, or that gives the draft back: it is sent once or not at all.</summary>
public sealed class PendingSend
{
    public long TicketNumber { get; set; }
    public Guid StaffId { get; set; }

    /// <summary>The id under which the message will be written.</summary>
    public required string MessageId { get; set; }

    public required string StaffName { get; set; }
    public required string StaffEmail { get; set; }

    /// <summary>Whom it goes to, for the word about it.</summary>
    public required string RequesterName { get; set; }

    public required string Text { get; set; }
    public IReadOnlyList<Guid> Files { get; set; } = [];

    /// <summary>Up to which public message its author had read; null where they did not say.</summary>
    public long? Seen { get; set; }

    /// <summary>Whether the ticket is solved with it.</summary>
    public bool Solves { get; set; }

    /// <summary>What is done to the ticket with it beside that; words of <see cref="SendDeeds"/>.</summary>
    public IReadOnlyList<string> Deeds { get; set; } = [];

    /// <summary>Who had the ticket when Send was pressed; null for nobody. Whoever has got it since keeps it.</summary>
    public Guid? AssigneeSeen { get; set; }

    public DateTimeOffset PressedAt { get; set; }

    /// <summary>When it is really sent.</summary>
    public DateTimeOffset SendAt { get; set; }

    /// <summary>What it is again when it is not sent.</summary>
    /// <param name="problem">Why not, in words; null when its author took it back.</param>
    internal MessageDraft ToDraft(string? problem) =>
        new() { TicketNumber = TicketNumber, StaffId = StaffId, Mode = DraftMode.Reply, Text = Text, Files = Files, MessageId = MessageId, Seen = Seen, Deeds = Deeds, Problem = problem };
}

internal sealed class PendingSendsTable : IEntityTypeConfiguration<PendingSend>
{
    public void Configure(EntityTypeBuilder<PendingSend> builder)
    {
        builder.ToTable("PendingSends");
        builder.HasKey(send => new { send.TicketNumber, send.StaffId, send.MessageId });
        builder.HasOne<Ticket>().WithMany().HasForeignKey(send => send.TicketNumber);
        builder.HasOne<StaffUser>().WithMany().HasForeignKey(send => send.StaffId);
        builder.HasIndex(send => send.SendAt);
        builder.Property(send => send.MessageId).HasMaxLength(TicketLimits.ClientMessageId);
        builder.Property(send => send.Files).HasJsonConversion();
        builder.Property(send => send.Deeds).HasJsonConversion().HasDefaultValueSql("'[]'");
    }
}
