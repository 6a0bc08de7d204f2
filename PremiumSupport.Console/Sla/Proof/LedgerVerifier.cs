namespace PremiumSupport.Sla.Proof;

/// <summary>
/// Recomputes every chain, deadline and outcome from the ledger's rows alone and reports each difference (rule 16). The vendor's chain ("*") is walked first, because all
/// others are judged by it; the others in any order, each once. Rows are taken one by one and not kept: a chain costs memory for its promises, not for its rows.
/// Not for two threads at once.
/// </summary>
/// <param name="readPolicy">Turns the text of a published policy into the policy.</param>
/// <param name="report">Takes each difference as it is found.</param>
/// <param name="asOf">Up to when breaches and warnings must have been written; by default each chain is held to the moment of its last row.</param>
public sealed class LedgerVerifier(Func<string, SlaPolicy> readPolicy, Action<LedgerMismatch> report, DateTimeOffset? asOf = null)
{
    /// <summary>The account key of the vendor's own chain.</summary>
    public const string VendorKey = "*";

    /// <summary>
    /// A flag younger than this may still be on its way: a sweep that has just been started again, after a crash say, writes it late but with its right instant.
    /// </summary>
    public static TimeSpan Grace { get; } = TimeSpan.FromMinutes(1);

    private readonly CarryBook _carries = new();

    /// <summary>What the vendor's chain said.</summary>
    public VendorFacts Vendor { get; } = new();

    /// <summary>Begins the chain of an account.</summary>
    /// <param name="account">The account's key.</param>
    /// <param name="head">Its head as it is stored; null when there is none.</param>
    public LedgerWalk Walk(string account, LedgerMark? head) => new(account, head, Vendor, _carries, readPolicy, report, asOf);

    /// <summary>All chains have been walked: what reaches across them is compared.</summary>
    public void Close()
    {
        foreach (var mismatch in _carries.Close())
        {
            report(mismatch);
        }
    }
}
