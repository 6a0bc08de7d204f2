using System.Net;
using PremiumSupport.Platform.Web.Limits;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Platform.Web;

public sealed class LimiterTests
{
    private readonly StandingClock _clock = new(new(2026, 3, 4, 9, 0, 0, TimeSpan.Zero));

    [Fact]
    public void A_burst_is_allowed_and_then_one_more_for_each_interval()
    {
        var limiter = Make(3, 10);
        Assert.Equal([null, null, null, 10, 10], Take(limiter, 5));
        _clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(TimeSpan.FromSeconds(1), limiter.Take("one"));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([null, 10], Take(limiter, 2));
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal([null, null, null, 10], Take(limiter, 4));
    }

    [Fact]
    public void Whoever_did_too_much_is_in_nobody_elses_way()
    {
        var limiter = Make(1, 10);
        Assert.Equal([null, 10], Take(limiter, 2));
        Assert.Null(limiter.Take("another"));
    }

    [Fact]
    public void Looking_uses_nothing()
    {
        var limiter = Make(1, 10);
        Assert.Null(limiter.Look("one"));
        Assert.Null(limiter.Look("one"));
        Assert.Equal([null, 10], Take(limiter, 2));
        Assert.Equal(TimeSpan.FromSeconds(10), limiter.Look("one"));
        Assert.Equal(1, limiter.Count);
    }

    [Fact]
    public void Whoever_has_nothing_used_up_is_forgotten_however_many_come()
    {
        var limiter = Make(2, 10);
        for (var caller = 0; caller < 20_000; caller++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(10));
            Assert.Null(limiter.Take($"{caller}"));
        }

        Assert.InRange(limiter.Count, 1, 5_200);
    }

    [Fact]
    public async Task Many_at_once_get_no_more_than_one_after_another()
    {
        var limiter = Make(100, 10);
        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Enumerable.Range(0, 100).Count(_ => limiter.Take("one") is null))));
        Assert.Equal(100, taken.Sum());
    }

    [Theory]
    [InlineData(0.5, 1, 20)]
    [InlineData(4, 12, 2.5)]
    [InlineData(0.01, 1, 1000)]
    public void An_allowance_can_be_scaled_and_never_to_nothing(double factor, int burst, double seconds) =>
        Assert.Equal(new Allowance(burst, TimeSpan.FromSeconds(seconds)), new Allowance(3, TimeSpan.FromSeconds(10)).Times(factor));

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64")]
    public void A_site_counts_as_one_address(string address, string expected) => Assert.Equal(expected, ClientAddress.Of(IPAddress.Parse(address)));

    private Limiter Make(int burst, int seconds) => new(new(burst, TimeSpan.FromSeconds(seconds)), _clock);

    private static double?[] Take(Limiter limiter, int times) => [.. Enumerable.Range(0, times).Select(_ => limiter.Take("one")?.TotalSeconds)];
}
