namespace PremiumSupport.Sla;

/// <summary>An answer of the past, for what answers take.</summary>
/// <param name="StartedAt">When the promise began.</param>
/// <param name="TakenAt">When the ticket was last given to somebody before the answer; null when it never was.</param>
/// <param name="PreviousAt">When the same person had answered something else before; null when not lately.</param>
/// <param name="AnsweredAt">The answer.</param>
public readonly record struct PastAnswer(Channel Channel, DateTimeOffset StartedAt, DateTimeOffset? TakenAt, DateTimeOffset? PreviousAt, DateTimeOffset AnsweredAt);

/// <summary>How long an answer takes.</summary>
public static class HandlingTimes
{
    /// <summary>
    /// The median by channel (nearest rank) of the time from the moment at which somebody could begin, which is the latest of start, taking and their previous answer,
    /// to the answer. What a person thought about while doing something else is in it, so it errs on the careful side. Channels without an answer are left out.
    /// </summary>
    public static IReadOnlyDictionary<Channel, TimeSpan> Of(IEnumerable<PastAnswer> answers) => answers
        .GroupBy(answer => answer.Channel, answer => answer.AnsweredAt - Begun(answer))
        .ToDictionary(channel => channel.Key, channel => Attainment.Percentile([.. channel.Order()], 50)!.Value);

    private static DateTimeOffset Begun(PastAnswer answer)
    {
        var begun = answer.TakenAt > answer.StartedAt && answer.TakenAt <= answer.AnsweredAt ? answer.TakenAt.Value : answer.StartedAt;
        return answer.PreviousAt > begun && answer.PreviousAt <= answer.AnsweredAt ? answer.PreviousAt.Value : begun;
    }
}

/// <summary>A forecast whose hour is over.</summary>
/// <param name="Expected">How many misses it expected.</param>
/// <param name="Actual">How many there were.</param>
/// <param name="NamedMissed">Whether the ticket that it named really missed; null when it named none.</param>
public readonly record struct MaturedForecast(double Expected, int Actual, bool? NamedMissed);

/// <summary>How often forecasts were right.</summary>
/// <param name="Count">How many were judged.</param>
/// <param name="MeanError">The mean distance between expected and actual misses; null for none.</param>
/// <param name="WithinOne">How many were at most one miss away.</param>
/// <param name="Named">How many named a ticket.</param>
/// <param name="NamedMissed">How many of those tickets missed.</param>
public sealed record ForecastRecord(int Count, double? MeanError, int WithinOne, int Named, int NamedMissed)
{
    /// <summary>The record of forecasts whose hour is over.</summary>
    public static ForecastRecord Of(IReadOnlyCollection<MaturedForecast> forecasts) => new(
        forecasts.Count,
        forecasts.Count == 0 ? null : forecasts.Average(forecast => Math.Abs(forecast.Expected - forecast.Actual)),
        forecasts.Count(forecast => Math.Abs(forecast.Expected - forecast.Actual) <= 1),
        forecasts.Count(forecast => forecast.NamedMissed is not null),
        forecasts.Count(forecast => forecast.NamedMissed == true));
}
