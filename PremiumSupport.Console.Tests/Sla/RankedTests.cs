using CsCheck;
using PremiumSupport.Sla;

namespace PremiumSupport.Tests.Sla;

/// <summary>What stands at a place of values is what would stand there if they were sorted.</summary>
public sealed class RankedTests
{
    // Few different values among many are what answers of a machine look like.
    private static readonly long[] Spans = [3, 50, 100_000, long.MaxValue / 2];

    private static readonly Gen<long[]> AnyValues =
        from most in Gen.Int[0, 3].Select(span => Spans[span])
        from count in Gen.Int[1, 400]
        from values in Gen.Long[-most, most].Array[count]
        select values;

    [Fact]
    public void The_value_at_a_place_is_that_of_sorted_values_and_parts_the_others() => Gen.Select(AnyValues, Gen.Double[0, 1]).Sample((values, share) =>
    {
        var (place, sorted, looked) = ((int)(share * (values.Length - 1)), values.Order().ToArray(), values.ToArray());
        Assert.Equal(sorted[place], Ranked.At(looked, place));
        Assert.All(looked[..place], value => Assert.True(value <= sorted[place]));
        Assert.All(looked[place..], value => Assert.True(value >= sorted[place]));
        Assert.Equal(sorted, looked.Order());
    });

    [Fact]
    public void Figures_of_many_have_the_percentiles_of_sorted_ages_and_counting_in_parts_changes_nothing() => AnyValues.Sample(values =>
    {
        var now = new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);
        var promises = values.Select(value => new MaturedPromise(now.AddSeconds(-(Math.Abs(value) % 90_000)), now, now, value % 2 == 0 ? now : null, null)).ToList();
        var ages = promises.Select(promise => now - promise.StartedAt).Order().ToList();
        var (whole, first, second) = (new AttainmentTally(now.AddMilliseconds(1)), new AttainmentTally(now.AddMilliseconds(1)), new AttainmentTally(now.AddMilliseconds(1)));
        foreach (var (place, promise) in promises.Index())
        {
            whole.Add(promise with { AnsweredAt = now });
            (place % 3 == 0 ? first : second).Add(promise with { AnsweredAt = now });
        }

        first.Add(second);
        var figures = whole.ToFigures();
        Assert.Equal((Attainment.Percentile(ages, 50), Attainment.Percentile(ages, 90), Attainment.Percentile(ages, 95)), (figures.P50, figures.P90, figures.P95));
        Assert.Equal(figures, first.ToFigures());
        Assert.Equal(figures, whole.ToFigures());
    });
}
