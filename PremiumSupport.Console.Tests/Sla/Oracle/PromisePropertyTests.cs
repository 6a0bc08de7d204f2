using CsCheck;
using NodaTime;
using PremiumSupport.Sla;

namespace PremiumSupport.Tests.Sla.Oracle;

/// <summary>What must hold of every promise, whatever its office, zone, start and target.</summary>
public class PromisePropertyTests
{
    private static readonly WarningStep[] Steps = [WarningStep.At(50), WarningStep.At(75), WarningStep.BeforeEnd(TimeSpan.FromMinutes(5)), WarningStep.At(33), WarningStep.At(99)];

    [Fact]
    public void A_deadline_is_never_earlier_than_start_and_target_and_has_exactly_the_target_open_before_it()
    {
        foreach (var sample in Sampled.Of(ClockCase.Any, 1_500, stream: 20))
        {
            var due = sample.Calendar.AddOpenTime(sample.Start, sample.Duration);

            Assert.True(due >= sample.Start + sample.Duration, $"{due:O}: {sample}");
            Assert.True(sample.Calendar.OpenTime(sample.Start, due) == sample.Duration, $"{due:O}: {sample}");
            Assert.True(sample.Calendar.OpenTime(sample.Start, due.AddMilliseconds(-1)) < sample.Duration, $"{due:O} could be earlier: {sample}");
        }
    }

    [Fact]
    public void A_later_start_is_never_due_earlier()
    {
        foreach (var (sample, later) in Sampled.Of(Gen.Select(ClockCase.Any, Gen.Long[1, 100 * 3_600_000L]), 1_500, stream: 21))
        {
            var (calendar, start) = (sample.Calendar, sample.Start.AddMilliseconds(later));

            Assert.True(calendar.AddOpenTime(sample.Start, sample.Duration) <= calendar.AddOpenTime(start, sample.Duration), $"{later} ms later: {sample}");

            // The wall clock itself goes backwards in an hour that comes twice, and the same wall-clock time on another day with it.
            if (IsUnique(sample.Zone, sample.Start) && IsUnique(sample.Zone, start))
            {
                Assert.True(calendar.AddBusinessDays(sample.Start, sample.Days) <= calendar.AddBusinessDays(start, sample.Days), $"{later} ms later by days: {sample}");
            }
        }
    }

    [Fact]
    public void A_business_day_promise_ends_after_its_start_at_an_instant_that_is_open_or_a_close()
    {
        foreach (var sample in Sampled.Of(ClockCase.Any, 1_500, stream: 22))
        {
            var due = sample.Calendar.AddBusinessDays(sample.Start, sample.Days);
            var around = sample.Calendar.OpenTime(due.AddMilliseconds(-1), due.AddMilliseconds(1));

            Assert.True(due > sample.Start, $"{due:O}: {sample}");
            Assert.True(around > TimeSpan.Zero, $"{due:O} lies in shut time: {sample}");
            Assert.Equal(0, due.Ticks % TimeSpan.TicksPerMillisecond);
        }
    }

    [Fact]
    public void Rule_11_at_risk_and_warnings_lie_in_order_between_start_and_due_where_a_walk_by_seconds_finds_them()
    {
        foreach (var (sample, byDays) in Sampled.Of(Gen.Select(ClockCase.Any, Gen.Bool), 400, stream: 23))
        {
            var target = byDays ? PromiseTarget.OfBusinessDays(sample.Days) : PromiseTarget.Of(sample.Duration);
            var policy = new SlaPolicy(1, "", [Given.Rule(target, "random", Steps)], [sample.Calendar]);
            var promise = PromiseClock.Promise(policy, policy.Rules[0], Given.Request("2026-01-13") with { StartedAt = sample.Start });
            var naive = sample.Naive();
            var total = naive.OpenTime(sample.Start, promise.DueAt);
            var moments = promise.Warnings.Select(warning => warning.At).ToList();

            Assert.True(promise.StartedAt <= promise.AtRiskAt && promise.AtRiskAt <= promise.DueAt, sample.ToString());
            Assert.True(moments.SequenceEqual(moments.Order()) && moments.TrueForAll(at => at >= sample.Start && at <= promise.DueAt), sample.ToString());
            Assert.Equal((sample, total >= TimeSpan.FromMinutes(10)), (sample, promise.Warnings.Any(warning => warning.Step == "-00:05:00")));
            foreach (var warning in promise.Warnings)
            {
                var used = warning.Step.StartsWith('-') ? total - TimeSpan.FromMinutes(5)
                    : TimeSpan.FromMilliseconds((long)total.TotalMilliseconds * int.Parse(warning.Step.TrimEnd('%'), System.Globalization.CultureInfo.InvariantCulture) / 100);
                Assert.Equal((sample, warning.Step, naive.AddOpenTime(sample.Start, used)), (sample, warning.Step, warning.At));
            }
        }
    }

    [Fact]
    public void Rule_13_exceptions_leave_exactly_the_target_of_running_time_before_the_deadline_and_never_move_it_earlier()
    {
        foreach (var (sample, windows) in Sampled.Of(Gen.Select(ClockCase.Any, Windows), 800, stream: 24))
        {
            var (policy, promise, stops) = Excepted(sample, windows, sample.Start);
            var calendar = sample.Calendar;
            var running = ClockStops.Without(calendar.OpenSpans(promise.StartedAt, promise.DueAt), stops, promise.StartedAt).Aggregate(TimeSpan.Zero, (sum, span) => sum + span.Length);

            Assert.True(promise.DueAt >= promise.GrossDueAt && promise.GrossDueAt == promise.BaseDueAt && promise.DueAt >= sample.Start + sample.Duration, sample.ToString());
            Assert.Equal((sample, sample.Duration), (sample, running));
            Assert.Equal((sample, promise.DueAt), (sample, ClockStops.Deadline(calendar, promise.AnchorAt, promise.BaseDueAt, promise.Stops)));
            Assert.Equal((sample, promise.DueAt, promise.AtRiskAt), (sample, PromiseClock.WithStops(policy, promise, promise.Stops).DueAt, PromiseClock.WithStops(policy, promise, promise.Stops).AtRiskAt));
        }
    }

    [Fact]
    public void Rule_13_under_the_same_exceptions_a_later_start_is_never_due_earlier()
    {
        foreach (var (sample, windows, later) in Sampled.Of(Gen.Select(ClockCase.Any, Windows, Gen.Long[1, 100 * 3_600_000L]), 800, stream: 25))
        {
            var start = sample.Start.AddMilliseconds(later);
            Assert.True(Excepted(sample, windows, sample.Start).Promise.DueAt <= Excepted(sample, windows, start).Promise.DueAt, $"{later} ms later: {sample}");
        }
    }

    private static Gen<(int From, int Length)[]> Windows { get; } = Gen.Select(Gen.Int[-20_000, 200_000], Gen.Int[1, 40_000]).Array[0, 4];

    /// <summary>A promise of the sample from a start, with exceptions that stand at so many seconds from the sample's own.</summary>
    private static (SlaPolicy Policy, ObligationFacts Promise, ClockStop[] Stops) Excepted(ClockCase sample, (int From, int Length)[] windows, DateTimeOffset start)
    {
        ClockStop[] stops = [.. windows.Select((window, index) => new ClockStop(
            ObligationClock.Whole(sample.Start.AddSeconds(window.From)), ObligationClock.Whole(sample.Start.AddSeconds(window.From + window.Length)), StopKind.Exception, $"{index}"))];
        var policy = new SlaPolicy(1, "", [Given.Rule(PromiseTarget.Of(sample.Duration), "random", Steps)], [sample.Calendar]);
        var request = Given.Request("2026-01-13") with { StartedAt = start };
        return (policy, ObligationClock.Begin(PromiseClock.Promise(policy, policy.Rules[0], request), request, policy, stops).Obligation, stops);
    }

    private static bool IsUnique(string zone, DateTimeOffset instant)
    {
        var wall = Instant.FromDateTimeOffset(instant).InZone(DateTimeZoneProviders.Tzdb[zone]);
        return wall.Zone.MapLocal(wall.LocalDateTime).Count == 1;
    }
}
