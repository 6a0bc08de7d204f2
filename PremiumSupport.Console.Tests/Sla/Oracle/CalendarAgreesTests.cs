using System.Collections.Concurrent;
using CsCheck;
using NodaTime;

namespace PremiumSupport.Tests.Sla.Oracle;

/// <summary>Rule 12 against the oracle: the calendar's arithmetic and a walk by seconds come to the same instants.</summary>
public class CalendarAgreesTests
{
    [Fact]
    public void Rule_12_the_calendar_agrees_with_a_walk_by_seconds_on_random_offices_zones_and_starts()
    {
        var differences = new ConcurrentBag<string>();
        var (streams, cases) = (8, Sampled.Cases(4_000));
        Parallel.For(0, streams, new() { MaxDegreeOfParallelism = 2 }, stream =>
        {
            foreach (var sample in Sampled.Of(ClockCase.Any, cases / streams, (uint)stream))
            {
                foreach (var difference in Differences(sample))
                {
                    differences.Add(difference);
                }
            }
        });

        Assert.Empty(differences);
    }

    [Fact]
    public void The_oracle_that_dozes_agrees_with_the_one_that_looks_at_the_clock_every_second()
    {
        foreach (var sample in Sampled.Of(ClockCase.Any, 6, stream: 100))
        {
            var (dozing, awake) = (sample.Naive(), sample.Naive(looksEverySecond: true));
            Assert.Equal((sample, awake.AddOpenTime(sample.Start, sample.Duration)), (sample, dozing.AddOpenTime(sample.Start, sample.Duration)));
            Assert.Equal((sample, awake.AddBusinessDays(sample.Start, 1)), (sample, dozing.AddBusinessDays(sample.Start, 1)));
        }
    }

    [Fact]
    public void The_oracle_would_notice_an_office_that_opens_one_second_later()
    {
        var noticed = Sampled.Of(ClockCase.Any, 200, stream: 200).Count(sample =>
        {
            var late = sample with { Week = [.. sample.Week.Select(day => day.Select(span => span with { From = span.From + TimeSpan.FromSeconds(1) }).Where(span => span.From < span.To).ToList())] };
            return sample.Naive().AddOpenTime(sample.Start, sample.Duration) != late.Calendar.AddOpenTime(sample.Start, sample.Duration);
        });

        Assert.InRange(noticed, 100, 200);
    }

    [Fact]
    public void The_cases_reach_the_nights_on_which_clocks_change()
    {
        var cases = Sampled.Of(ClockCase.Any, 1_000, stream: 300).ToList();
        var changing = cases.Count(sample =>
        {
            var zone = DateTimeZoneProviders.Tzdb[sample.Zone];
            var interval = zone.GetZoneInterval(Instant.FromDateTimeOffset(sample.Start));
            return interval.HasEnd && interval.End < Instant.FromDateTimeOffset(sample.Start.AddDays(2));
        });

        Assert.InRange(changing, 400, 1_000);
        Assert.True(cases.Select(sample => sample.Zone).Distinct().Count() >= 20);
    }

    private static IEnumerable<string> Differences(ClockCase sample)
    {
        var (calendar, naive) = (sample.Calendar, sample.Naive());
        var (due, walked) = (calendar.AddOpenTime(sample.Start, sample.Duration), naive.AddOpenTime(sample.Start, sample.Duration));
        if (due != walked)
        {
            yield return $"{due:O} but walked {walked:O}: {sample}";
        }

        var (day, walkedDay) = (calendar.AddBusinessDays(sample.Start, sample.Days), naive.AddBusinessDays(sample.Start, sample.Days));
        if (day != walkedDay)
        {
            yield return $"{day:O} but walked {walkedDay:O} by days: {sample}";
        }

        var (open, counted) = (calendar.OpenTime(sample.Start, day), naive.OpenTime(sample.Start, day));
        if (open != counted)
        {
            yield return $"{open} open but counted {counted} until {day:O}: {sample}";
        }
    }
}
