using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PremiumSupport.Sla;

namespace PremiumSupport.Platform.Ledger;

/// <summary>A row of the ledger (rule 16): append-only, chained by hash per account. See <see cref="LedgerChain"/>.</summary>
public sealed class LedgerEntry
{
    public long Id { get; set; }

    /// <summary>The account whose chain it stands on; <see cref="LedgerBook.Vendor"/> for the vendor's own.</summary>
    public Guid AccountId { get; set; }

    /// <summary>Gapless per account, from 1.</summary>
    public long Sequence { get; set; }

    /// <summary>The ticket that it is about; 0 on the vendor's own chain.</summary>
    public long TicketNumber { get; set; }

    public LedgerKind Kind { get; set; }

    /// <summary>When the fact counts; see <see cref="LedgerFact.At"/>.</summary>
    public DateTimeOffset At { get; set; }

    public Metric? Metric { get; set; }
    public int? Cycle { get; set; }

    /// <summary>Canonical JSON.</summary>
    public required string Data { get; set; }

    public required string PreviousHash { get; set; }
    public required string Hash { get; set; }
}

/// <summary>The end of an account's chain: what the next row is chained to, and what shows that rows were cut off at the end.</summary>
public sealed class LedgerHead
{
    public Guid AccountId { get; set; }

    /// <summary>Sequence of the last row.</summary>
    public long Sequence { get; set; }

    /// <summary>Hash of the last row.</summary>
    public string Hash { get; set; } = LedgerChain.Genesis;
}

internal sealed class LedgerTable : IEntityTypeConfiguration<LedgerEntry>, IEntityTypeConfiguration<LedgerHead>
{
    public void Configure(EntityTypeBuilder<LedgerEntry> builder)
    {
        builder.ToTable("Ledger");
        builder.HasIndex(entry => new { entry.AccountId, entry.Sequence }).IsUnique();
        builder.HasIndex(entry => entry.TicketNumber);
        // The promises of a period without looking at all rows, for the simulator.
        builder.HasIndex(entry => new { entry.At, entry.TicketNumber }, "IX_Ledger_Promises").HasFilter("\"Kind\" = 'Promised'");
    }

    public void Configure(EntityTypeBuilder<LedgerHead> builder)
    {
        builder.ToTable("LedgerHeads");
        builder.HasKey(head => head.AccountId);
        builder.Property(head => head.AccountId).ValueGeneratedNever();
        builder.Property(head => head.Hash).HasMaxLength(64);
    }
}
