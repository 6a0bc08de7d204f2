namespace PremiumSupport.Desk.Tickets.Waiting;

/// <summary>A chat's first answer.</summary>
public readonly record struct FirstAnswer(DateTimeOffset AskedAt, DateTimeOffset AnsweredAt);

/// <summary>
/// How long somebody will wait, from how long others just did: experience 30, a figure and not a slogan. Each recent chat waited so long for its place in the line; the
/// median of that time per place, times one's own place.
/// </summary>
public static class WaitForecast
{
    /// <summary>With fewer there is no basis, and nothing is said.</summary>
    public const int FewestAnswers = 5;

    /// <summary>The time until the first answer of whoever stands at <paramref name="position"/>, 1 being next; null when there is no basis.</summary>
    public static TimeSpan? Expect(IReadOnlyCollection<FirstAnswer> recent, int position)
    {
        if (recent.Count < FewestAnswers || position < 1)
        {
            return null;
        }

        var perPlace = recent.Select(answer => (answer.AnsweredAt - answer.AskedAt) / Place(answer, recent)).Order().ToList();
        return perPlace[perPlace.Count / 2] * position;
    }

    /// <summary>The place that a chat had when it began: behind those that had begun before it and were still waiting.</summary>
    private static int Place(FirstAnswer answer, IEnumerable<FirstAnswer> all) =>
        1 + all.Count(other => other.AskedAt < answer.AskedAt && other.AnsweredAt > answer.AskedAt);
}
