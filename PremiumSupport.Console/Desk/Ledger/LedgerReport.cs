using PremiumSupport.Sla.Proof;

namespace PremiumSupport.Desk.Ledger;

/// <summary>What was checked and what was found.</summary>
/// <param name="At">When.</param>
/// <param name="Checked">Rows in the window that was asked for; all chains were walked whole all the same.</param>
/// <param name="Mismatches">The first <see cref="LedgerAudit.Kept"/> differences.</param>
/// <param name="More">How many there are beyond those.</param>
/// <param name="Chains">Chains walked, the vendor's own among them.</param>
/// <param name="Rows">Rows walked.</param>
/// <param name="Promises">Promises recomputed.</param>
/// <param name="Took">How long it took.</param>
public sealed record LedgerReport(DateTimeOffset At, long Checked, IReadOnlyList<LedgerMismatch> Mismatches, long More, int Chains, long Rows, long Promises, TimeSpan Took)
{
    /// <summary>True when everything is as it was written.</summary>
    public bool IsClean => Mismatches.Count == 0;
}

/// <summary>How far a check has come.</summary>
/// <param name="Rows">Rows walked so far.</param>
/// <param name="OutOf">Rows that there are.</param>
/// <param name="Account">The chain at hand.</param>
public readonly record struct LedgerProgress(long Rows, long OutOf, string Account);

/// <summary>Which rows are reported on, by <see cref="LedgerRow.At"/>: from the first instant on, before the second; null for no bound.</summary>
public readonly record struct LedgerWindow(DateTimeOffset? From, DateTimeOffset? To)
{
    /// <summary>Whether it holds an instant. What has none, a broken chain, concerns every window.</summary>
    public bool Holds(DateTimeOffset? at) => at is not { } instant || ((From is null || instant >= From) && (To is null || instant < To));
}
