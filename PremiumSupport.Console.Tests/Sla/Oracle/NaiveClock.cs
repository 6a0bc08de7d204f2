using System.Diagnostics;
using NodaTime;
using PremiumSupport.Sla;

namespace PremiumSupport.Tests.Sla.Oracle;

/// <summary>
/// A second opinion on business time, slow on purpose: a clerk who looks at the office clock once a second. It shares no code with <see cref="BusinessCalendar"/> and maps nothing
/// from local time to instants; all it asks NodaTime is what the clock on the wall shows at an instant.
/// <para>
/// Is the office open in a second? On every ordinary night and day: if what the clock shows lies in a span of the date that it shows, the span's start included and its end not.
/// Rule 12 says more about the nights on which clocks change: a time that doesn't exist is the first instant after the gap, one that comes twice is the earlier. So the clerk keeps a
/// mark, the latest date and time that the clock has shown so far, and asks about the mark. While clocks run on, the mark is the reading. When they jump, the mark jumps with them: what was to
/// begin or end in the gap does so at its end. When they are set back, the mark waits until they catch up: what began or ended at the first pass doesn't do so a second time.
/// </para>
/// </summary>
/// <param name="zone">The zone of the clock on the wall.</param>
/// <param name="hoursOf">The spans of a date, in whole seconds.</param>
/// <param name="looksEverySecond">
/// False lets the clerk doze for up to 4,096 seconds through which the clock ticks evenly (its last reading is as far from its first as the last second from the first; no zone has changed its
/// clock twice in so short a time), if each of those seconds must have the same answer: no span begins or ends in them and no midnight falls, or the mark waits all through.
/// </param>
internal sealed class NaiveClock(DateTimeZone zone, Func<DateOnly, IReadOnlyList<DaySpan>> hoursOf, bool looksEverySecond = false)
{
    private const int LongestNap = 4096;
    private const long Day = 86_400;

    // No clock of these years was set back by more than three hours, so six hours ahead of a question the mark is right.
    private const int LeadIn = 6 * 3600;

    // Longer than any case; a walk that passes it is a mistake and says so.
    private const int Limit = 200 * 86_400;

    private readonly Dictionary<long, (long From, long To)[]> _days = [];

    /// <summary>Walks from the start until so much time was open.</summary>
    public DateTimeOffset AddOpenTime(DateTimeOffset start, TimeSpan duration)
    {
        var (from, left) = (start.ToUnixTimeMilliseconds(), duration.Ticks / TimeSpan.TicksPerMillisecond);
        foreach (var watch in Open(from))
        {
            var length = watch.To * 1000 - Math.Max(from, watch.From * 1000);
            if (left <= length)
            {
                return DateTimeOffset.FromUnixTimeMilliseconds(watch.To * 1000 - length + left);
            }

            left -= length;
        }

        throw new UnreachableException();
    }

    /// <summary>Walks from one instant to the other and counts the time that was open.</summary>
    public TimeSpan OpenTime(DateTimeOffset from, DateTimeOffset to)
    {
        var (first, last) = (from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds());
        var open = Open(first).TakeWhile(watch => watch.From * 1000 < last).Sum(watch => Math.Min(watch.To * 1000, last) - Math.Max(watch.From * 1000, first));
        return TimeSpan.FromMilliseconds(open);
    }

    /// <summary>
    /// Reads the clock where the start counts, walks through the dates on which the office was seen open up to the n-th, lands inside that date's hours,
    /// and walks on to the first second at which the mark is there.
    /// </summary>
    public DateTimeOffset AddBusinessDays(DateTimeOffset start, int days)
    {
        var from = start.ToUnixTimeMilliseconds();
        var counts = Math.Max(from, Open(from).First().From * 1000);
        var reading = Reading(Math.DivRem(counts, 1000, out var milliseconds));
        var today = reading / Day;
        var time = (reading % Day * 1000) + milliseconds;

        var target = Open(counts).Select(watch => watch.Mark / Day).Where(date => date > today).Distinct().Skip(days - 1).First();
        var seen = Open(counts).TakeWhile(watch => watch.Mark / Day <= target).Where(watch => watch.Mark / Day == target).Select(watch => watch.Mark).ToList();
        var hours = Hours(target).Where(span => seen.Any(mark => span.From <= mark && mark < span.To)).Select(span => (From: (span.From - (target * Day)) * 1000, To: (span.To - (target * Day)) * 1000)).ToList();

        var inside = hours.Any(span => span.From <= time && time < span.To);
        var later = hours.Where(span => span.From > time).Select(span => (long?)span.From).Min();
        var landed = inside ? time : later ?? hours[^1].To;

        var (second, rest) = ((target * Day) + (landed / 1000), landed % 1000);
        var arrival = Watches(counts / 1000).First(watch => watch.LastMark >= second);
        var hit = arrival.From + Math.Max(0, second - arrival.Mark);
        return DateTimeOffset.FromUnixTimeMilliseconds((hit * 1000) + (arrival.Mark > second ? 0 : rest));
    }

    /// <summary>The stretches through which the office was seen open from an instant on, in milliseconds; walks on as far as it is asked.</summary>
    public IEnumerable<(long From, long To)> OpenFrom(long fromMilliseconds) =>
        Open(fromMilliseconds).Select(watch => (Math.Max(fromMilliseconds, watch.From * 1000), watch.To * 1000));

    private IEnumerable<Watch> Open(long fromMilliseconds) =>
        Watches(fromMilliseconds / 1000).Where(watch => watch.IsOpen && watch.To * 1000 > fromMilliseconds);

    /// <summary>One answer per second, or per nap.</summary>
    private IEnumerable<Watch> Watches(long second)
    {
        var mark = long.MinValue;
        for (var at = second - LeadIn; at < second + Limit;)
        {
            var nap = looksEverySecond ? 1 : LongestNap;
            while (nap > 1 && !CanDoze(at, nap, mark))
            {
                nap /= 2;
            }

            var first = Math.Max(mark, Reading(at));
            mark = Math.Max(mark, Reading(at + nap - 1));
            yield return new(at, at + nap, first, mark, IsOpen(first));
            at += nap;
        }

        throw new InvalidOperationException("The clerk has walked for 200 days.");
    }

    private bool CanDoze(long at, int nap, long mark)
    {
        var (first, last) = (Reading(at), Reading(at + nap - 1));
        return last - first == nap - 1 && (last <= mark || (first > mark && !HasEdge(first, last)));
    }

    /// <summary>What the clock on the wall shows, as seconds since it showed the first of January 1970: that is what an offset from UTC means.</summary>
    private long Reading(long second) => second + Instant.FromUnixTimeSeconds(second).InZone(zone).Offset.Seconds;

    private bool IsOpen(long mark)
    {
        foreach (var (from, to) in Hours(mark / Day))
        {
            if (from <= mark && mark < to)
            {
                return true;
            }
        }

        return false;
    }

    private bool HasEdge(long first, long last)
    {
        foreach (var (from, to) in Hours(first / Day))
        {
            if ((first < from && from <= last) || (first < to && to <= last))
            {
                return true;
            }
        }

        return first / Day != last / Day;
    }

    private (long From, long To)[] Hours(long day)
    {
        if (!_days.TryGetValue(day, out var hours))
        {
            hours = [.. hoursOf(DateOnly.FromDayNumber((int)day + DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber))
                .Select(span => ((day * Day) + (long)span.From.TotalSeconds, (day * Day) + (long)span.To.TotalSeconds))];
            _days[day] = hours;
        }

        return hours;
    }

    /// <summary>What the clerk saw from one second up to another. The mark went evenly from one value to the other, or waited.</summary>
    private readonly record struct Watch(long From, long To, long Mark, long LastMark, bool IsOpen);
}
