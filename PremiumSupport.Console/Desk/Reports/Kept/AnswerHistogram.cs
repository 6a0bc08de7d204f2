namespace PremiumSupport.Desk.Reports.Kept;

/// <summary>Answers that took longer than <paramref name="Over"/> and at most <paramref name="UpTo"/>; null for as long as can be.</summary>
/// <param name="Met">How many of them came in time.</param>
/// <param name="Missed">How many came too late, or are owed at that age.</param>
public readonly record struct AnswerBucket(TimeSpan Over, TimeSpan? UpTo, int Met, int Missed)
{
    /// <summary>All of them.</summary>
    public int Count => Met + Missed;
}

/// <summary>How long answers took, in fixed spans. Every promised time is an edge, so that a line can stand exactly where the promise is.</summary>
public static class AnswerHistogram
{
    private static readonly TimeSpan[] Edges =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(45), TimeSpan.FromHours(1), TimeSpan.FromMinutes(90),
        TimeSpan.FromHours(2), TimeSpan.FromHours(4), TimeSpan.FromHours(8), TimeSpan.FromDays(1), TimeSpan.FromDays(2), TimeSpan.FromDays(4),
    ];

    /// <summary>The spans from the first to the last that holds an answer or ends at a promise, empty ones in between included; none where there is no answer.</summary>
    /// <param name="answers">How long each took.</param>
    /// <param name="promises">Promised times, in whole seconds.</param>
    public static IReadOnlyList<AnswerBucket> Of(IReadOnlyList<AnswerTime> answers, IReadOnlyCollection<TimeSpan> promises)
    {
        if (answers.Count == 0)
        {
            return [];
        }

        long[] edges = [.. Edges.Concat(promises).Select(edge => (long)edge.TotalMilliseconds).Distinct().Order()];
        var counts = new (int Met, int Missed)[edges.Length + 1];
        foreach (var answer in answers)
        {
            // An edge belongs to the span that ends there: an answer at the very promise kept it.
            var place = Array.BinarySearch(edges, answer.Milliseconds);
            ref var count = ref counts[place < 0 ? ~place : place];
            count = answer.IsMet ? count with { Met = count.Met + 1 } : count with { Missed = count.Missed + 1 };
        }

        var buckets = counts.Select((count, place) => new AnswerBucket(
            TimeSpan.FromMilliseconds(place == 0 ? 0 : edges[place - 1]), place == edges.Length ? null : TimeSpan.FromMilliseconds(edges[place]), count.Met, count.Missed)).ToList();
        bool Matters(AnswerBucket bucket) => bucket.Count > 0 || (bucket.UpTo is { } end && promises.Contains(end));
        var (first, last) = (buckets.FindIndex(Matters), buckets.FindLastIndex(Matters));
        return buckets.GetRange(first, last - first + 1);
    }
}
