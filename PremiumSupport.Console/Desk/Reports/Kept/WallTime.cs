using NodaTime;

namespace PremiumSupport.Desk.Reports.Kept;

/// <summary>Weekday and hour of instants on the wall of a zone, by a handful of stored offsets: asking the zone for each of a million rows would cost more than all the rest.</summary>
public sealed class WallTime
{
    private const long Hour = 3_600_000;
    private const long Day = 24 * Hour;

    private readonly (long Until, long Offset)[] _spans;

    /// <summary>For instants in [<paramref name="from"/>, <paramref name="to"/>); others are told by the nearest offset.</summary>
    public WallTime(DateTimeZone zone, DateTimeOffset from, DateTimeOffset to)
    {
        Zone = zone;
        _spans = [.. zone.GetZoneIntervals(Instant.FromDateTimeOffset(from), Instant.FromDateTimeOffset(to < from ? from : to).Plus(Duration.Epsilon))
            .Select(span => (span.HasEnd ? span.End.ToUnixTimeMilliseconds() : long.MaxValue, (long)span.WallOffset.Milliseconds))];
    }

    /// <summary>The zone.</summary>
    public DateTimeZone Zone { get; }

    /// <summary>0 for Monday to 6 for Sunday.</summary>
    public int WeekdayOf(long milliseconds) => (int)((Days(Local(milliseconds)) + 3) % 7);

    /// <summary>0 to 23.</summary>
    public int HourOf(long milliseconds) => (int)(Local(milliseconds) % Day / Hour);

    /// <summary>The days since 1 January 1970 there.</summary>
    public long DayOf(long milliseconds) => Days(Local(milliseconds));

    private static long Days(long local) => local / Day;

    private long Local(long milliseconds)
    {
        foreach (var (until, offset) in _spans)
        {
            if (milliseconds < until)
            {
                return milliseconds + offset;
            }
        }

        return milliseconds + _spans[^1].Offset;
    }
}
