using PremiumSupport.Desk.Reports.Kept;

namespace PremiumSupport.Tests.Desk.Reports.Kept;

/// <summary>Answer times in spans, with the promise at an edge.</summary>
public sealed class AnswerHistogramTests
{
    [Fact]
    public void Every_answer_is_in_exactly_one_span_and_each_promise_ends_one()
    {
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            AnswerTime[] answers = [.. Enumerable.Range(0, random.Next(1, 60)).Select(_ => new AnswerTime(random.Next(4) == 0 ? 60_000L * random.Next(1, 200) : random.NextInt64(1, 10L * 86_400_000), random.Next(2) == 0))];
            TimeSpan[] promises = [.. Enumerable.Range(0, random.Next(3)).Select(_ => TimeSpan.FromSeconds(random.Next(1, 20_000)))];
            var buckets = AnswerHistogram.Of(answers, promises);

            Assert.Equal((answers.Count(answer => answer.IsMet), answers.Count(answer => !answer.IsMet)), (buckets.Sum(bucket => bucket.Met), buckets.Sum(bucket => bucket.Missed)));
            foreach (var bucket in buckets)
            {
                Assert.Equal(answers.Count(answer => answer.Milliseconds > bucket.Over.TotalMilliseconds && !(answer.Milliseconds > bucket.UpTo?.TotalMilliseconds)), bucket.Count);
            }

            Assert.All(promises, promise => Assert.Single(buckets, bucket => bucket.UpTo == promise));
            Assert.All(buckets.Zip(buckets.Skip(1)), pair => Assert.Equal(pair.First.UpTo, pair.Second.Over));
        }
    }

    [Fact]
    public void An_answer_at_the_very_promise_stands_before_its_line()
    {
        var hour = TimeSpan.FromHours(1);
        var buckets = AnswerHistogram.Of([new((long)hour.TotalMilliseconds, true), new((long)hour.TotalMilliseconds + 1, false)], [hour]);
        Assert.Equal((1, 0), (buckets[0].Met, buckets[0].Missed));
        Assert.Equal((hour, 1), (buckets[1].Over, buckets[1].Missed));
    }

    [Fact]
    public void Nothing_answered_has_no_spans() => Assert.Empty(AnswerHistogram.Of([], [TimeSpan.FromHours(1)]));
}
