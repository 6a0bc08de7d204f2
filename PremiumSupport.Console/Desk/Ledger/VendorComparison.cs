using PremiumSupport.Desk.Entitlements;
using PremiumSupport.Platform.Ledger;
using PremiumSupport.Sla;
using PremiumSupport.Sla.Proof;

namespace PremiumSupport.Desk.Ledger;

/// <summary>Holds the stored policy versions and exceptions against what the vendor's chain said of them.</summary>
internal static class VendorComparison
{
    public static IEnumerable<LedgerMismatch> Of(VendorFacts told, IReadOnlyList<PolicyVersion> policies, IReadOnlyList<SlaException> exceptions) =>
        [.. Policies(told, policies), .. Exceptions(told, exceptions)];

    private static IEnumerable<LedgerMismatch> Policies(VendorFacts told, IReadOnlyList<PolicyVersion> stored)
    {
        foreach (var policy in stored)
        {
            if (told.Policy(policy.Version) is not { } published)
            {
                yield return Mismatch(0, policy.PublishedAt, $"Policy version {policy.Version} is stored, and no row says that it was published.");
                continue;
            }

            if (policy.Json != published.Text)
            {
                yield return Mismatch(published.Sequence, published.At, $"The stored policy version {policy.Version} is not what was published: {FirstDifference(policy.Json, published.Text)}.");
            }

            if (ObligationClock.Whole(policy.PublishedAt) != published.At)
            {
                yield return Mismatch(published.Sequence, published.At, $"The stored PublishedAt of policy version {policy.Version} says {ObligationClock.Text(policy.PublishedAt)}; the ledger says {ObligationClock.Text(published.At)}.");
            }
        }

        foreach (var published in told.Policies.Where(published => stored.All(policy => policy.Version != published.Policy.Version)))
        {
            yield return Mismatch(published.Sequence, published.At, $"Policy version {published.Policy.Version} was published, and it is not stored.");
        }
    }

    private static IEnumerable<LedgerMismatch> Exceptions(VendorFacts told, IReadOnlyList<SlaException> stored)
    {
        foreach (var exception in stored)
        {
            if (told.Exception(exception.Id.ToString("D")) is not { } declared)
            {
                yield return Mismatch(0, exception.ApprovedAt, $"The exception {exception.Id:D} is stored as approved, and no row says so.");
                continue;
            }

            foreach (var (name, says, should) in new[]
            {
                ("From", ObligationClock.Text(exception.From), ObligationClock.Text(declared.DeclaredFrom)), ("To", ObligationClock.Text(exception.To), ObligationClock.Text(declared.To)),
                ("ScopeKind", LedgerFacts.Word(exception.ScopeKind), LedgerFacts.Word(declared.Scope)), ("ScopeValue", exception.ScopeValue ?? "nothing", declared.ScopeValue ?? "nothing"),
                ("Reason", LedgerFacts.Word(exception.Reason), declared.Reason), ("Note", exception.Note, declared.Note),
                ("ApprovedAt", exception.ApprovedAt is { } approved ? ObligationClock.Text(approved) : "nothing", ObligationClock.Text(declared.ApprovedAt)),
            })
            {
                if (says != should)
                {
                    yield return Mismatch(declared.Sequence, declared.ApprovedAt, $"The stored {name} of the exception {exception.Id:D} says {says}; the ledger says {should}.");
                }
            }
        }

        foreach (var declared in told.Exceptions.Where(declared => stored.All(exception => exception.Id.ToString("D") != declared.Id)))
        {
            yield return Mismatch(declared.Sequence, declared.ApprovedAt, $"The exception {declared.Id} was approved, and it is not stored as that.");
        }
    }

    private static LedgerMismatch Mismatch(long sequence, DateTimeOffset? at, string what) => new(sequence, LedgerBook.VendorKey, 0, what) { At = at };

    private static string FirstDifference(string says, string should)
    {
        var at = says.AsSpan().CommonPrefixLength(should);
        string Around(string text) => text.Substring(Math.Max(0, Math.Min(at, text.Length) - 30), Math.Min(60, text.Length - Math.Max(0, Math.Min(at, text.Length) - 30)));
        return $"from character {at + 1} on it says '{Around(says)}', and the ledger says '{Around(should)}'";
    }
}
