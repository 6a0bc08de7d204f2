namespace PremiumSupport.Desk.Reports.Kept;

/// <summary>Kept and missed promises of a group. Added up as they come by; the figures are those of attainment (rule 13).</summary>
public struct KeptCount
{
    /// <summary>How many have an outcome.</summary>
    public int Matured { get; private set; }

    /// <summary>How many of them were kept.</summary>
    public int Met { get; private set; }

    /// <summary>How many would have been kept without exceptions.</summary>
    public int MetGross { get; private set; }

    /// <summary>How many were not kept.</summary>
    public readonly int Missed => Matured - Met;

    /// <summary>met / matured in percent, with exceptions; null for none.</summary>
    public readonly double? Net => Matured == 0 ? null : 100.0 * Met / Matured;

    /// <summary>The same without exceptions.</summary>
    public readonly double? Gross => Matured == 0 ? null : 100.0 * MetGross / Matured;

    /// <summary>Counts a promise that has an outcome.</summary>
    public void Add(in KeptPromise promise)
    {
        Matured++;
        Met += promise.IsMet ? 1 : 0;
        MetGross += promise.IsMetGross ? 1 : 0;
    }
}

/// <summary>A group in the period and in the one before it.</summary>
public readonly record struct KeptPair(KeptCount Now, KeptCount Before)
{
    /// <summary>By how many points attainment is higher than before; null where one of the two has none.</summary>
    public double? Change => Now.Net - Before.Net;
}
