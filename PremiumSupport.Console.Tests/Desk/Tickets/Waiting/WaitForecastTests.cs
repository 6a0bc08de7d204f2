using PremiumSupport.Desk.Tickets.Waiting;

namespace PremiumSupport.Tests.Desk.Tickets.Waiting;

public sealed class WaitForecastTests
{
    private static readonly DateTimeOffset Nine = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Without_a_basis_nothing_is_said()
    {
        Assert.Null(WaitForecast.Expect([.. One(1, 2, 3, 4)], 1));
        Assert.NotNull(WaitForecast.Expect([.. One(1, 2, 3, 4, 5)], 1));
        Assert.Null(WaitForecast.Expect([.. One(1, 2, 3, 4, 5)], 0));
    }

    [Fact]
    public void Who_is_next_waits_as_long_as_the_middle_one_of_those_who_were_next()
    {
        Assert.Equal(TimeSpan.FromMinutes(3), WaitForecast.Expect([.. One(9, 1, 3, 2, 8)], 1));
        Assert.Equal(TimeSpan.FromMinutes(12), WaitForecast.Expect([.. One(9, 1, 3, 2, 8)], 4));
    }

    [Fact]
    public void A_wait_behind_others_counts_for_each_place_of_the_line()
    {
        // Five at once, answered one after another, two minutes each: the fifth waited ten minutes at the fifth place.
        var line = Enumerable.Range(1, 5).Select(place => new FirstAnswer(Nine.AddMilliseconds(place), Nine.AddMilliseconds(place).AddMinutes(2 * place))).ToList();
        Assert.Equal(TimeSpan.FromMinutes(2), WaitForecast.Expect(line, 1));
        Assert.Equal(TimeSpan.FromMinutes(6), WaitForecast.Expect(line, 3));
    }

    /// <summary>Chats of different hours, none behind another, that waited so many minutes.</summary>
    private static IEnumerable<FirstAnswer> One(params int[] minutes) => minutes.Select((wait, hour) => new FirstAnswer(Nine.AddHours(hour), Nine.AddHours(hour).AddMinutes(wait)));
}
