using Microsoft.Extensions.Time.Testing;
using PremiumSupport.Channels.Chat;

namespace PremiumSupport.Tests.Channels.Chat;

public sealed class TokenBucketTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void It_gives_what_it_holds_then_what_has_come_in_and_never_more_than_it_holds()
    {
        var bucket = new TokenBucket(perSecond: 2, atOnce: 3, _clock);
        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(_ => bucket.TryTake()));
        Assert.True(bucket.IsEmpty);

        _clock.Advance(TimeSpan.FromMilliseconds(499));
        Assert.False(bucket.TryTake());
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(bucket.TryTake());

        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(3, Enumerable.Range(0, 10).Count(_ => bucket.TryTake()));
    }
}
