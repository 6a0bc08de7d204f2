using System.Globalization;
using CsCheck;
using PremiumSupport.Platform.Time;
using PremiumSupport.Tests.Sla.Oracle;

namespace PremiumSupport.Tests.Platform.Time;

/// <summary>What the product takes for now while the machine's wall clock jumps about. The product looks once a second and believes a jump that has held for five minutes.</summary>
public class SteadyTimeTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 4, 9, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan BelieveAfter = TimeSpan.FromMinutes(5);

    [Theory]
    [InlineData("nothing happens", "", 600, "", 0)]
    [InlineData("an hour forward and back", "60:3600 120:0", 600, "Jumped 3600@60 Returned 3600@120", 0)]
    [InlineData("an hour back and forward", "60:-3600 120:0", 600, "Jumped -3600@60 Returned -3600@120", 0)]
    [InlineData("an hour forward that holds is believed", "60:3600", 361, "Jumped 3600@60 Believed 3600@360", 3600)]
    [InlineData("a second before that it is not", "60:3600", 359, "Jumped 3600@60", 0)]
    [InlineData("an hour back that holds is believed too, and time slows down", "60:-3600", 1360, "Jumped -3600@60 Believed -3600@360", -500)]
    [InlineData("until the two have met", "60:-3600", 7600, "Jumped -3600@60 Believed -3600@360", -3600)]
    [InlineData("two seconds are followed", "60:2", 61, "", 2)]
    [InlineData("two seconds back are followed at half speed", "60:-2", 62, "", -1)]
    [InlineData("and are there four seconds later", "60:-2", 64, "", -2)]
    [InlineData("a little more is a jump", "60:2.001", 100, "Jumped 2.001@60", 0)]
    [InlineData("a little more back is a jump", "60:-2.001", 100, "Jumped -2.001@60", 0)]
    [InlineData("a slow drift of any size is followed", "60:1 120:2 180:3 240:4 300:5 360:6", 400, "", 6)]
    [InlineData("a second jump begins the waiting anew", "60:3600 180:7200", 470, "Jumped 3600@60 Jumped 7200@180", 0)]
    [InlineData("and is believed in its own time", "60:3600 180:7200", 481, "Jumped 3600@60 Jumped 7200@180 Believed 7200@480", 7200)]
    [InlineData("a jump that drifts is the same jump", "60:3600 90:3601 120:3602 150:3603", 361, "Jumped 3600@60 Believed 3603@360", 3603)]
    [InlineData("forward, back beyond, and home", "60:3600 70:-3600 80:0", 600, "Jumped 3600@60 Jumped -3600@70 Returned -3600@80", 0)]
    [InlineData("a day and a night", "60:86400", 361, "Jumped 86400@60 Believed 86400@360", 86400)]
    public void Now(string what, string wall, int seconds, string said, double ahead)
    {
        var (now, events) = Run(wall, seconds, slept: "");

        Assert.Equal((what, said), (what, events));
        Assert.Equal((what, ahead), (what, (now - Start.AddSeconds(seconds)).TotalSeconds));
    }

    [Theory]
    [InlineData("a suspended machine slept for an hour: it has passed, and counts at once", "60:3600", "60:3600", 61, "Slept 3600@60", 3600)]
    [InlineData("twice", "60:3600 90:4600", "60:3600 90:4600", 100, "Slept 3600@60 Slept 1000@90", 4600)]
    [InlineData("asleep while the clock was put an hour further: the sleep counts, the rest is doubted", "60:7200", "60:3600", 61, "Slept 3600@60 Jumped 3600@61", 3600)]
    [InlineData("asleep while a jump is doubted", "60:3600 90:3700", "90:100", 400, "Jumped 3600@60 Slept 100@90 Believed 3600@360", 3700)]
    [InlineData("a jump of a machine that did not sleep", "60:3600", "", 61, "Jumped 3600@60", 0)]
    public void Suspended(string what, string wall, string slept, int seconds, string said, double ahead)
    {
        var (now, events) = Run(wall, seconds, slept);

        Assert.Equal((what, said), (what, events));
        Assert.Equal((what, ahead), (what, (now - Start.AddSeconds(seconds)).TotalSeconds));
    }

    [Fact]
    public void Time_never_runs_backwards_and_never_slower_than_half_speed_whatever_the_wall_clock_does()
    {
        foreach (var jumps in Sampled.Of(Wild, 2_000, stream: 60))
        {
            var (time, wall, last) = (SteadyTime.Begin(new(Start, TimeSpan.Zero)), TimeSpan.Zero, Start);
            for (var second = 1; second <= 1200; second++)
            {
                wall += TimeSpan.FromMilliseconds(jumps.Where(jump => jump.At == second).Sum(jump => (double)jump.By));
                var monotonic = TimeSpan.FromSeconds(second);
                var before = time.At(monotonic);
                (time, _) = time.Observe(new(Start + monotonic + wall, monotonic), BelieveAfter);
                Assert.True(time.At(monotonic) >= before && before - last >= TimeSpan.FromSeconds(0.5), $"at {second}: {string.Join(' ', jumps)}");
                last = time.At(monotonic);
            }
        }
    }

    [Fact]
    public void A_jump_that_is_taken_back_in_time_leaves_no_trace()
    {
        foreach (var (at, by, back) in Sampled.Of(Gen.Select(Gen.Int[1, 300], Gen.Int[-100_000, 100_000], Gen.Int[1, 299]), 2_000, stream: 61))
        {
            if (Math.Abs(by) > 2)
            {
                var (now, events) = Run($"{at}:{by} {at + back}:0", 700, slept: "");
                Assert.Equal((at, by, back, Start.AddSeconds(700)), (at, by, back, now));
                Assert.Equal($"Jumped {by}@{at} Returned {by}@{at + back}", events);
            }
        }
    }

    [Fact]
    public void Between_what_was_promised_and_the_corrected_clock_lies_every_flag_of_a_clock_put_back()
    {
        foreach (var (back, promise) in Sampled.Of(Gen.Select(Gen.Int[3, 20_000], Gen.Int[60, 20_000]), 500, stream: 62))
        {
            // Promised at the start for so long; the wall clock was wrong and is put right after a minute.
            var time = SteadyTime.Begin(new(Start, TimeSpan.Zero));
            var passed = 0;
            while (time.At(TimeSpan.FromSeconds(passed)) < Start.AddSeconds(promise))
            {
                passed++;
                (time, _) = time.Observe(new(Start.AddSeconds(passed - (passed < 60 ? 0 : back)), TimeSpan.FromSeconds(passed)), BelieveAfter);
            }

            Assert.InRange(passed, promise, promise + back + 1);
        }
    }

    [Theory]
    [InlineData(ClockEventKind.Jumped, 3600, "The wall clock jumped 1:00:00.0 forward. Deadlines go on by the monotonic clock, and the jump counts only if it holds.")]
    [InlineData(ClockEventKind.Jumped, -90000, "The wall clock jumped 1.01:00:00 back. Deadlines go on by the monotonic clock, and the jump counts only if it holds.")]
    [InlineData(ClockEventKind.Returned, -3600, "The wall clock, which had jumped 1:00:00.0 back, came back after 0:01:00.5. Nothing was flagged and nothing delayed by it.")]
    [InlineData(ClockEventKind.Believed, 3600, "The wall clock has been 1:00:00.0 forward for 0:01:00.5 and is believed: what fell due in between is flagged now.")]
    [InlineData(ClockEventKind.Believed, -3600, "The wall clock has been 1:00:00.0 back for 0:01:00.5 and is believed: time runs at half speed until the wall clock has caught up, so that no instant comes twice.")]
    [InlineData(ClockEventKind.Slept, 3600, "The machine was suspended for 1:00:00.0; what fell due meanwhile is flagged now.")]
    public void An_event_is_said_with_its_size_and_direction(ClockEventKind kind, int seconds, string sentence) =>
        Assert.Equal(sentence, new ClockEvent(kind, TimeSpan.FromSeconds(seconds), Start, TimeSpan.FromSeconds(60.5)).Sentence);

    private static Gen<(int At, int By)[]> Wild { get; } =
        Gen.Select(Gen.Int[1, 1200], Gen.Frequency((1, Gen.Int[-3000, 3000]), (1, Gen.Int[-4_000_000, 4_000_000]))).Array[0, 12];

    /// <summary>"60:3600" says: from second 60 on it is 3600 seconds off its course, or has slept so long since the start.</summary>
    private static (DateTimeOffset Now, string Said) Run(string wall, int seconds, string slept)
    {
        var (offs, sleeps) = (Steps(wall), Steps(slept));
        var time = SteadyTime.Begin(new(Start, TimeSpan.Zero, TimeSpan.FromHours(3)));
        var said = new List<string>();
        for (var second = 1; second <= seconds; second++)
        {
            var monotonic = TimeSpan.FromSeconds(second);
            var reading = new ClockReading(Start + monotonic + At(offs, second), monotonic, TimeSpan.FromHours(3) + monotonic + At(sleeps, second));
            (time, var happened) = time.Observe(time.IsOff(reading) ? reading : reading with { SinceBoot = null }, BelieveAfter);
            if (happened is not null)
            {
                said.Add(string.Create(CultureInfo.InvariantCulture, $"{happened.Kind} {happened.By.TotalSeconds}@{second}"));
            }
        }

        return (time.At(TimeSpan.FromSeconds(seconds)), string.Join(' ', said));
    }

    private static List<(int Second, TimeSpan By)> Steps(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(step => step.Split(':'))
        .Select(step => (int.Parse(step[0], CultureInfo.InvariantCulture), TimeSpan.FromSeconds(double.Parse(step[1], CultureInfo.InvariantCulture))))];

    private static TimeSpan At(List<(int Second, TimeSpan By)> steps, int second) => steps.LastOrDefault(step => step.Second <= second).By;
}
