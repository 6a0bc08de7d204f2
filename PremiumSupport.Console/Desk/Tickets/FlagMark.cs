using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets;

/// <summary>
/// That a warning or a breach was flagged. Its key is what makes each flag happen exactly once, whoever sweeps, crashes or runs twice (rule 11, trust rule 3):
/// a second one cannot be committed.
/// </summary>
public sealed class FlagMark
{
    /// <summary>The <see cref="Step"/> of a breach; those of warnings are their <see cref="WarningStep.Key"/>.</summary>
    public const string Breach = "breach";

    public long TicketNumber { get; set; }
    public Metric Metric { get; set; }
    public int Cycle { get; set; }
    public required string Step { get; set; }

    /// <summary>Its moment: for a breach the deadline.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>When it was noticed. For a breach the earliest possible instant is one millisecond behind <see cref="At"/>.</summary>
    public DateTimeOffset DetectedAt { get; set; }

    /// <summary>The flag that a ledger fact records; null for facts that are none.</summary>
    public static FlagMark? Of(long ticket, LedgerFact fact, DateTimeOffset now) => fact.Kind is not (LedgerKind.Warned or LedgerKind.Breached) ? null : new()
    {
        TicketNumber = ticket,
        Metric = fact.Metric!.Value,
        Cycle = fact.Cycle!.Value,
        Step = fact.Kind == LedgerKind.Breached ? Breach : fact.Data["step"],
        At = fact.At,
        DetectedAt = now,
    };
}
