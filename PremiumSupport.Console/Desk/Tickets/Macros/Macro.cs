using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Desk.Tickets.Macros;

/// <summary>A text that is inserted into answers and notes, and what happens to the ticket with it.</summary>
public sealed class Macro
{
    public long Id { get; set; }

    /// <summary>What people look for; each once.</summary>
    public required string Name { get; set; }

    /// <summary>Words with variables, see <see cref="MacroText"/>; may be empty where the macro only does something.</summary>
    public required string Text { get; set; }

    /// <summary>The status that the ticket gets; null for the one it has.</summary>
    public TicketStatus? Status { get; set; }

    /// <summary>Tags that the ticket gets beside its own.</summary>
    public IReadOnlyList<string> Tags { get; set; } = [];

    /// <summary>Whether the ticket becomes the one's who uses it.</summary>
    public bool TakesTicket { get; set; }

    public string ChangedBy { get; set; } = "";
    public DateTimeOffset ChangedAt { get; set; }
}

internal sealed class MacrosTable : IEntityTypeConfiguration<Macro>
{
    public void Configure(EntityTypeBuilder<Macro> builder)
    {
        builder.ToTable("Macros");
        builder.Property(macro => macro.Name).HasMaxLength(MacroText.LongestName);
        builder.Property(macro => macro.Tags).HasJsonConversion();
        builder.HasIndex(macro => macro.Name).IsUnique();
    }
}
