using PremiumSupport.Sla;
using PremiumSupport.Sla.Proof;

namespace PremiumSupport.Tests.Demo;

/// <summary>
/// The figures of a window added up from what the ledger's chains alone say became of each promise, by arithmetic that the product's reports do not share. Rules 3, 4, 9, 13 and 14 as they
/// stand in words.
/// </summary>
internal static class LedgerSums
{
    /// <summary>The figures over those whose deadline lies in [from, to), merged and withdrawn ones left out.</summary>
    public static AttainmentFigures Of(IEnumerable<LedgerOutcome> outcomes, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now)
    {
        var matured = Matured(outcomes, from, to, now);
        var met = matured.Count(IsMet);
        var ages = matured.Select(promise => ((promise.AnsweredAt ?? now) - promise.StartedAt).TotalMilliseconds).Order().ToArray();
        return new(met, matured.Count - met, Share(ages, 0.50), Share(ages, 0.90), Share(ages, 0.95))
        {
            MetGross = matured.Count(promise => promise.BreachedAt is null && promise.AnsweredAt is { } answered && answered <= promise.GrossDueAt),
            Excluded = matured.Count(promise => promise.GrossDueAt < promise.DueAt),
            StillOwed = matured.Count(promise => promise.AnsweredAt is null),
        };
    }

    /// <summary>Those with an outcome.</summary>
    public static IReadOnlyList<LedgerOutcome> Matured(IEnumerable<LedgerOutcome> outcomes, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now) =>
        [.. outcomes.Where(promise => promise.MergedAt is null && promise.DueAt >= from && promise.DueAt < to && promise.DueAt <= now)
            .Where(promise => promise.BreachedAt is not null || promise.DueAt < now || promise.AnsweredAt is not null)];

    private static bool IsMet(LedgerOutcome promise) => promise.BreachedAt is null && promise.AnsweredAt is { } answered && answered <= promise.DueAt;

    // The smallest age that at least that share of them does not exceed.
    private static TimeSpan? Share(double[] ascending, double share) =>
        ascending.Length == 0 ? null : TimeSpan.FromMilliseconds(ascending.First(age => ascending.Count(other => other <= age) >= share * ascending.Length));
}
