using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Ledger;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Entitlements;

/// <summary>Policy versions on the vendor's chain, whole, so that every deadline can be recomputed from the ledger alone (rule 16).</summary>
public static class PolicyLedger
{
    /// <summary>What the chain keeps of a version.</summary>
    public static LedgerFact ToFact(PolicyVersion version) =>
        new(LedgerKind.Published, ObligationClock.Whole(version.PublishedAt), null, null, new Dictionary<string, string>
        {
            ["version"] = version.Version.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["policy"] = version.Json,
            ["note"] = version.Note,
            ["author"] = version.AuthorName,
            ["appliesTo"] = LedgerFacts.Word(version.AppliesTo),
            ["tzdb"] = version.Tzdb.Length > 0 ? version.Tzdb : BusinessCalendar.TzdbVersion,
        });

    /// <summary>Writes down versions that are not on the chain yet: the first one, which the start publishes, and those of a database from before there was a chain.</summary>
    public static async Task EnsureAsync(SupportDb db)
    {
        // Versions first: what another node publishes in between is then on the chain without being among them.
        var versions = await db.Set<PolicyVersion>().AsNoTracking().OrderBy(version => version.Version).ToListAsync();
        var published = await db.Set<LedgerEntry>().CountAsync(entry => entry.AccountId == LedgerBook.Vendor && entry.Kind == LedgerKind.Published);
        await LedgerBook.AppendAsync(db, [.. versions.Skip(published).Select(ToFact)]);
        await db.SaveChangesAsync();
    }
}
