using CsCheck;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Sla.Oracle;
using static PremiumSupport.Tests.Sla.Given;

namespace PremiumSupport.Tests.Sla;

/// <summary>The forecast of the next hour, and its record.</summary>
public sealed class ForecastTests
{
    private static readonly DateTimeOffset Now = At("2026-01-13 12:00:00");
    private static readonly Dictionary<Channel, TimeSpan> TenMinutes = Enum.GetValues<Channel>().ToDictionary(channel => channel, _ => TimeSpan.FromMinutes(10));

    [Fact]
    public void Nothing_owed_and_nothing_to_come_is_no_breach() => Assert.Equal((0.0, null), (Of(2).Expected, Of(2).First));

    [Fact]
    public void With_nobody_there_all_that_is_due_within_the_hour_misses()
    {
        var forecast = Of(0, Owed(1, 60), Owed(2, 5), Owed(3, 61));

        Assert.Equal(2, forecast.Expected);
        Assert.Equal(new ExpectedMiss(2, Now.AddMinutes(5), null), forecast.First);
    }

    [Fact]
    public void One_pair_of_hands_takes_what_is_due_soonest_and_the_queue_behind_it_misses()
    {
        var forecast = Of(1, Owed(3, 19), Owed(2, 15), Owed(1, 10));

        Assert.Equal([new(2, Now.AddMinutes(15), Now.AddMinutes(20)), new(3, Now.AddMinutes(19), Now.AddMinutes(30))], forecast.Misses);
    }

    [Fact]
    public void An_answer_expected_at_the_deadline_itself_is_in_time() => Assert.Equal(0, Of(1, Owed(1, 10)).Expected);

    [Fact]
    public void What_is_overdue_misses_no_more_but_takes_its_time()
    {
        var forecast = Of(1, Owed(1, -30), Owed(2, 15));

        Assert.Equal([new ExpectedMiss(2, Now.AddMinutes(15), Now.AddMinutes(20))], forecast.Misses);
    }

    [Fact]
    public void What_somebody_has_been_at_for_a_while_is_done_sooner_yet_never_at_once()
    {
        Assert.Equal(Now.AddMinutes(4), Of(1, new OwedWork(1, Channel.Email, Now.AddMinutes(1), Now.AddMinutes(-6))).First!.AnswerAt);
        Assert.Equal(Now.AddMinutes(2.5), Of(1, new OwedWork(1, Channel.Email, Now.AddMinutes(1), Now.AddHours(-3))).First!.AnswerAt);
    }

    [Fact]
    public void Something_due_sooner_that_comes_in_goes_before()
    {
        // Six chats an hour, each of ten minutes' work due within ten minutes, are all that one person can do.
        var chats = Input(1, Owed(1, 59)) with { Arrivals = [new(Channel.Chat, 6, TimeSpan.FromMinutes(10))] };

        Assert.Equal([1], Forecast.Of(chats).Misses.Select(miss => miss.Ticket));
        Assert.Empty(Forecast.Of(chats with { Specialists = 2 }).Misses);
    }

    [Fact]
    public void Requests_to_come_count_as_the_part_of_one_that_is_expected()
    {
        var forecast = Forecast.Of(Input(0) with { Arrivals = [new(Channel.Phone, 1.5, TimeSpan.FromMinutes(5))] });

        Assert.Equal(1.5, forecast.Expected, 9);
        Assert.Null(forecast.First);
    }

    [Fact]
    public void Among_equals_the_older_ticket_is_taken_first() => Assert.Equal([8], Of(1, Owed(8, 10), Owed(7, 10)).Misses.Select(miss => miss.Ticket));

    [Fact]
    public void More_people_never_miss_more()
    {
        foreach (var input in Sampled.Of(Inputs, 1_500, stream: 50))
        {
            Assert.True(Forecast.Of(input with { Specialists = input.Specialists + 1 }).Expected <= Forecast.Of(input).Expected + 1e-9, $"{input}");
        }
    }

    [Fact]
    public void A_forecast_is_the_same_each_time_and_names_only_what_is_owed_and_due_within_the_hour()
    {
        foreach (var input in Sampled.Of(Inputs, 1_500, stream: 51))
        {
            var forecast = Forecast.Of(input);
            Assert.Equal(forecast.Misses, Forecast.Of(input with { Owed = [.. input.Owed.Reverse()] }).Misses);
            Assert.All(forecast.Misses, miss => Assert.InRange(miss.DueAt, input.Now, forecast.Until));
            Assert.True(forecast.Misses.Count <= forecast.Expected + 1e-9, $"{input}");
        }
    }

    [Theory]
    [InlineData(6, 3, new int[0], 2.0)]
    [InlineData(6, 3, new[] { 4, 8 }, 4.0)]
    [InlineData(0, 3, new[] { 0, 0, 3, 1 }, 0.5)]
    public void Requests_an_hour_are_the_mean_of_lately_and_of_the_same_hour_of_past_weeks(int recent, int hours, int[] sameHour, double perHour) =>
        Assert.Equal(perHour, Forecast.PerHour(recent, TimeSpan.FromHours(hours), sameHour));

    [Fact]
    public void An_answer_takes_from_the_moment_somebody_could_begin()
    {
        PastAnswer Answer(double started, double? taken, double? previous) =>
            new(Channel.Email, Now.AddMinutes(started), taken is { } at ? Now.AddMinutes(at) : null, previous is { } before ? Now.AddMinutes(before) : null, Now);

        Assert.Equal(TimeSpan.FromMinutes(40), Median(Answer(-40, null, null)));
        Assert.Equal(TimeSpan.FromMinutes(12), Median(Answer(-40, -12, -20)));
        Assert.Equal(TimeSpan.FromMinutes(5), Median(Answer(-40, -12, -5)));
        Assert.Equal(TimeSpan.FromMinutes(12), Median(Answer(-40, -12, -5), Answer(-40, -12, null), Answer(-40, null, null)));
        Assert.Empty(HandlingTimes.Of([]));
    }

    [Fact]
    public void The_record_says_how_far_off_forecasts_were_and_whether_the_named_ticket_missed()
    {
        var record = ForecastRecord.Of([new(2.5, 2, true), new(0, 3, null), new(1, 0, false)]);

        Assert.Equal((3, 1.5, 2, 2, 1), (record.Count, record.MeanError, record.WithinOne, record.Named, record.NamedMissed));
        Assert.Null(ForecastRecord.Of([]).MeanError);
    }

    private static readonly Gen<ForecastInput> Inputs =
        from people in Gen.Int[0, 4]
        from owed in Gen.Select(Gen.Int[-30, 90], Gen.Enum<Channel>(), Gen.Int[0, 40].Nullable()).Array[0, 25]
        from arrivals in Gen.Select(Gen.Enum<Channel>(), Gen.Double[0, 9], Gen.Int[1, 60]).Array[0, 4]
        from minutes in Gen.Int[1, 20].Array[4]
        select new ForecastInput
        {
            Now = Now,
            Specialists = people,
            Owed = [.. owed.Select((work, index) => new OwedWork(index, work.Item2, Now.AddMinutes(work.Item1), work.Item3 is { } since ? Now.AddMinutes(-since) : null))],
            Arrivals = [.. arrivals.Select(stream => new Arrivals(stream.Item1, stream.Item2, TimeSpan.FromMinutes(stream.Item3)))],
            Handling = minutes.Select((length, index) => ((Channel)index, TimeSpan.FromMinutes(length))).ToDictionary(),
        };

    private static OwedWork Owed(long ticket, double dueInMinutes) => new(ticket, Channel.Email, Now.AddMinutes(dueInMinutes));

    private static ForecastInput Input(int people, params OwedWork[] owed) => new() { Now = Now, Specialists = people, Owed = owed, Handling = TenMinutes };

    private static HourForecast Of(int people, params OwedWork[] owed) => Forecast.Of(Input(people, owed));

    private static TimeSpan Median(params PastAnswer[] answers) => HandlingTimes.Of(answers)[Channel.Email];
}
