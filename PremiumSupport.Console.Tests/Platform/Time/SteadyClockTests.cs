using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using PremiumSupport.Platform.Time;
using PremiumSupport.Tests.Figures;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Platform.Time;

/// <summary>The clock over the machine's own: when it looks, what it tells, and that threads agree about it.</summary>
public class SteadyClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 4, 9, 0, 0, TimeSpan.Zero);

    private readonly JumpyClock _machine = new(Start);

    [Fact]
    public void A_jump_is_told_once_and_stands_in_the_health_until_the_wall_clock_comes_back()
    {
        var clock = new SteadyClock(new(), _machine, () => null);
        Assert.Equal((ClockHealth.Good, 0), (clock.Health, clock.TakeNews().Count));

        _machine.Jump(TimeSpan.FromHours(1));
        _machine.Advance(TimeSpan.FromSeconds(1));
        var jumped = Assert.Single(clock.TakeNews());
        Assert.Equal((ClockEventKind.Jumped, TimeSpan.FromHours(1), Start.AddSeconds(1)), (jumped.Kind, jumped.By, jumped.At));
        Assert.Equal(new ClockHealth(TimeSpan.FromHours(1), jumped), clock.Health);
        Assert.Empty(clock.TakeNews());

        _machine.Jump(TimeSpan.FromHours(-1));
        _machine.Advance(TimeSpan.FromSeconds(1));
        var returned = Assert.Single(clock.TakeNews());
        Assert.Equal(new ClockHealth(null, returned), clock.Health);
        Assert.Equal(Start.AddSeconds(2), clock.GetUtcNow());
    }

    [Fact]
    public void It_believes_after_what_is_configured()
    {
        var clock = new SteadyClock(new() { BelieveAfter = TimeSpan.FromSeconds(20) }, _machine, () => null);
        _machine.Jump(TimeSpan.FromHours(1));
        var (said, believedAt) = (new List<ClockEventKind>(), 0);
        for (var second = 1; second <= 30; second++)
        {
            _machine.Advance(TimeSpan.FromSeconds(1));
            said.AddRange(clock.TakeNews().Select(happened => happened.Kind));
            believedAt = believedAt == 0 && clock.GetUtcNow() > Start.AddMinutes(30) ? second : believedAt;
        }

        Assert.Equal([ClockEventKind.Jumped, ClockEventKind.Believed], said);
        Assert.Equal(21, believedAt);
    }

    [Fact]
    public void It_asks_how_long_the_machine_slept_only_when_the_wall_clock_is_off()
    {
        var (asked, slept) = (0, TimeSpan.Zero);
        var clock = new SteadyClock(new(), _machine, () =>
        {
            asked++;
            return _machine.Running + slept;
        });
        _machine.Advance(TimeSpan.FromSeconds(1));
        clock.GetUtcNow();
        Assert.Equal(1, asked);

        slept = TimeSpan.FromHours(8);
        _machine.Jump(slept);
        _machine.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(ClockEventKind.Slept, Assert.Single(clock.TakeNews()).Kind);
        Assert.Equal((2, Start.AddHours(8).AddSeconds(2)), (asked, clock.GetUtcNow()));
    }

    [Fact]
    public async Task No_thread_sees_time_before_what_another_has_seen_while_the_wall_clock_jumps_to_and_fro()
    {
        var machine = new WildClock();
        var clock = new SteadyClock(new() { BelieveAfter = TimeSpan.FromMilliseconds(200) }, machine, () => null);
        var (latest, wrong, until) = (0L, 0, Stopwatch.GetTimestamp() + (Stopwatch.Frequency * 2));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            while (Stopwatch.GetTimestamp() < until)
            {
                var seen = Volatile.Read(ref latest);
                var now = clock.GetUtcNow().UtcTicks;
                Interlocked.Add(ref wrong, now < seen ? 1 : 0);
                for (var known = seen; now > known && (seen = Interlocked.CompareExchange(ref latest, now, known)) != known; known = seen)
                {
                }
            }
        })));

        Assert.Equal(0, wrong);
        Assert.Contains(clock.TakeNews(), happened => happened.Kind == ClockEventKind.Jumped);
        Assert.True(machine.Jumps > 2, $"It jumped {machine.Jumps} times.");
    }

    [Fact]
    public void The_machines_uptime_is_read_where_there_is_one()
    {
        Assert.SkipUnless(File.Exists("/proc/uptime"), "This system does not tell how long it has been up.");
        Assert.True(MachineUptime.Read() > TimeSpan.Zero);
    }

    [Theory]
    [InlineData("00:00:10", 10)]
    [InlineData("00:05:00", 300)]
    [InlineData("1.00:00:00", 86_400)]
    [InlineData("", 300)]
    public void The_time_until_belief_can_be_set(string word, int seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), Options(word).BelieveAfter);

    [Theory]
    [InlineData("00:00:09")]
    [InlineData("1.00:00:01")]
    [InlineData("-00:05:00")]
    [InlineData("5 minutes")]
    [InlineData("5")]
    public void A_time_that_is_none_or_too_short_or_long_stops_the_start_and_names_the_key(string word)
    {
        var failure = Assert.Throws<InvalidOperationException>(() => Options(word));
        Assert.Contains("Clock:BelieveAfter", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"'{word}'", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>What a call costs beside the framework's own clock.</summary>
    [Fact(Explicit = true)]
    public void Cost()
    {
        var steady = new SteadyClock(new());
        var loads = new[] { TimeProvider.System, steady }.Select(clock => Enumerable.Range(0, 7).Select(_ => Nanoseconds(clock)).Order().ElementAt(3)).ToArray();
        Sheet.Row("Asking the steady clock for now", loads[1], "the system's own", loads[0], "ns");
    }

    private static double Nanoseconds(TimeProvider clock)
    {
        const int Calls = 3_000_000;
        var (start, sum) = (Stopwatch.GetTimestamp(), 0L);
        for (var call = 0; call < Calls; call++)
        {
            sum += clock.GetUtcNow().Ticks & 1;
        }

        return sum < 0 ? 0 : Stopwatch.GetElapsedTime(start).TotalNanoseconds / Calls;
    }

    private static ClockOptions Options(string word) => ClockOptions.Read(new ConfigurationBuilder().AddInMemoryCollection([new("Clock:BelieveAfter", word)]).Build());

    /// <summary>The real monotonic clock beside a wall clock that is put forward or back each time that it is looked at.</summary>
    private sealed class WildClock : TimeProvider
    {
        private int _jumps;

        public int Jumps => _jumps;

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddSeconds(Interlocked.Increment(ref _jumps) % 3 * 10);
    }
}
