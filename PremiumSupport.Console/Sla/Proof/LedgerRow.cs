namespace PremiumSupport.Sla.Proof;

/// <summary>
/// A row of the ledger as it is stored. Kind and metric are the stored words, because a word that is none is one of the lies to be found.
/// </summary>
public sealed record LedgerRow(long Sequence, long Ticket, string Kind, DateTimeOffset At, string? Metric, int? Cycle, string Data, string PreviousHash, string Hash);

/// <summary>The end of a chain as the store, or an exported head, remembers it.</summary>
public sealed record LedgerMark(long Sequence, string Hash);

/// <summary>Something that the ledger says and that cannot be so.</summary>
/// <param name="Sequence">The row on the account's chain; where rows are missing, the row behind which they are.</param>
/// <param name="Account">The account's key; "*" for the vendor's own chain.</param>
/// <param name="Ticket">The ticket's number; 0 when it is about none.</param>
/// <param name="What">A sentence: the field, what it says and what it should say.</param>
public sealed record LedgerMismatch(long Sequence, string Account, long Ticket, string What)
{
    /// <summary>When the row counts; null when the chain itself is broken, which concerns every window.</summary>
    public DateTimeOffset? At { get; init; }
}

/// <summary>Names a promise: its ticket, its metric and its cycle there.</summary>
public readonly record struct PromiseKey(long Ticket, Metric Metric, int Cycle)
{
    /// <summary>"number/metric/cycle", as the ledger names it.</summary>
    public override string ToString() => FormattableString.Invariant($"{Ticket}/{LedgerFacts.Word(Metric)}/{Cycle}");
}
