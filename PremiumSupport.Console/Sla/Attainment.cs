namespace PremiumSupport.Sla;

/// <summary>One obligation as the reports see it.</summary>
public readonly record struct MaturedPromise(DateTimeOffset StartedAt, DateTimeOffset DueAt, DateTimeOffset? AnsweredAt, DateTimeOffset? BreachedAt);

/// <summary>What became of the promises that matured in a window (rules 13 and 14).</summary>
/// <param name="Percent">met / (met + breached) in percent, or null when nothing matured.</param>
/// <param name="P50">Half of the responses took at most this long; null when there is none.</param>
/// <param name="P90">Nine of ten took at most this long.</param>
/// <param name="P95">Nineteen of twenty took at most this long.</param>
public sealed record AttainmentFigures(int Met, int Breached, double? Percent, TimeSpan? P50, TimeSpan? P90, TimeSpan? P95)
{
    /// <summary>How many promises have an outcome.</summary>
    public int Matured => Met + Breached;

    /// <summary>How many of the breached are unanswered to this day; the percentiles count them at their age so far (rule 14).</summary>
    public int StillOwed { get; init; }
}

/// <summary>The arithmetic of kept promises.</summary>
public static class Attainment
{
    /// <summary>
    /// Figures over the promises given, which the caller has chosen by deadline. A promise not yet due is left out, answered or not: early answers
    /// alone would flatter the figure. An unanswered one counts as breached from the moment its deadline has passed, at its age so far.
    /// </summary>
    public static AttainmentFigures Of(IEnumerable<MaturedPromise> promises, DateTimeOffset now)
    {
        var (met, breached, owed) = (0, 0, 0);
        var ages = new List<TimeSpan>();
        foreach (var promise in promises)
        {
            var kept = promise.AnsweredAt is { } answered && answered <= promise.DueAt && promise.BreachedAt is null;
            var matured = promise.BreachedAt is not null || promise.DueAt < now || (promise.DueAt == now && promise.AnsweredAt is not null);
            if (!matured)
            {
                continue;
            }

            (met, breached) = kept ? (met + 1, breached) : (met, breached + 1);
            owed += promise.AnsweredAt is null ? 1 : 0;
            ages.Add((promise.AnsweredAt ?? now) - promise.StartedAt);
        }

        ages.Sort();
        return new(met, breached, met + breached == 0 ? null : 100.0 * met / (met + breached), Percentile(ages, 50), Percentile(ages, 90), Percentile(ages, 95))
        {
            StillOwed = owed,
        };
    }

    /// <summary>Nearest rank: the smallest value such that at least that many percent of the values are not greater. Null for no values.</summary>
    /// <param name="ascending">The values, smallest first.</param>
    /// <param name="percent">1 to 100.</param>
    public static TimeSpan? Percentile(IReadOnlyList<TimeSpan> ascending, int percent) =>
        ascending.Count == 0 ? null : ascending[(int)((((long)ascending.Count * percent) + 99) / 100) - 1];
}
