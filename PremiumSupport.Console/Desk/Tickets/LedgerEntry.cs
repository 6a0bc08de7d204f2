using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets;

/// <summary>A row of the ledger (rule 16): append-only, chained by hash per account. See <see cref="LedgerChain"/>.</summary>
public sealed class LedgerEntry
{
    public long Id { get; set; }
    public Guid AccountId { get; set; }

    /// <summary>Gapless per account, from 1.</summary>
    public long Sequence { get; set; }

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
