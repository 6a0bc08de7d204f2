namespace PremiumSupport.Sla;

/// <summary>Why a clock stood still: an approved exception (rule 13), or the ticket waited for the customer (rule 6).</summary>
public enum StopKind { Exception, Waiting }

/// <summary>
/// A stretch in which a promise's clock stood, half-open. Stops may overlap; time under two of them stands once.
/// </summary>
/// <param name="From">The first instant that does not count.</param>
/// <param name="To">The first instant that counts again.</param>
/// <param name="Kind">What stopped it.</param>
/// <param name="Reference">The exception's id; empty for waiting.</param>
/// <param name="Reason">The exception's reason as the API's word; empty for waiting.</param>
/// <param name="Note">The notice that customers see; empty for waiting.</param>
public sealed record ClockStop(DateTimeOffset From, DateTimeOffset To, StopKind Kind, string Reference = "", string Reason = "", string Note = "");

/// <summary>The arithmetic of stops.</summary>
public static class ClockStops
{
    /// <summary>The stretches from an instant on in which at least one of the stops stands, in order and apart from each other.</summary>
    public static IReadOnlyList<OpenSpan> Union(IEnumerable<ClockStop> stops, DateTimeOffset from)
    {
        var union = new List<OpenSpan>();
        foreach (var stop in stops.Where(stop => stop.To > from && stop.To > stop.From).OrderBy(stop => stop.From))
        {
            var start = stop.From > from ? stop.From : from;
            if (union.Count > 0 && start <= union[^1].To)
            {
                union[^1] = union[^1] with { To = stop.To > union[^1].To ? stop.To : union[^1].To };
            }
            else
            {
                union.Add(new(start, stop.To));
            }
        }

        return union;
    }

    /// <summary>What is left of open stretches when the clock stands during stops: in order, none empty.</summary>
    public static IReadOnlyList<OpenSpan> Without(IReadOnlyList<OpenSpan> open, IEnumerable<ClockStop> stops, DateTimeOffset from)
    {
        var union = Union(stops, from);
        if (union.Count == 0)
        {
            return open;
        }

        var left = new List<OpenSpan>();
        foreach (var span in open)
        {
            var at = span.From;
            foreach (var stop in union.Where(stop => stop.To > span.From && stop.From < span.To))
            {
                if (stop.From > at)
                {
                    left.Add(new(at, stop.From));
                }

                at = stop.To > at ? stop.To : at;
            }

            if (at < span.To)
            {
                left.Add(new(at, span.To));
            }
        }

        return left;
    }

    /// <summary>
    /// A deadline moved by what the stops took away (rule 13): as much open time as they cover between <paramref name="anchor"/> and <paramref name="baseDue"/> is
    /// walked behind it, over open time that no stop covers. Without such time the deadline is as it was.
    /// </summary>
    /// <param name="calendar">The calendar that the clock runs on.</param>
    /// <param name="anchor">Whence the clock walks.</param>
    /// <param name="baseDue">The deadline that no stop has moved.</param>
    /// <param name="stops">When the clock stood, in any order.</param>
    public static DateTimeOffset Deadline(BusinessCalendar calendar, DateTimeOffset anchor, DateTimeOffset baseDue, IEnumerable<ClockStop> stops)
    {
        var union = Union(stops, anchor);
        var left = union.Aggregate(TimeSpan.Zero, (sum, stop) => sum + calendar.OpenTime(stop.From, stop.To < baseDue ? stop.To : baseDue));
        if (left == TimeSpan.Zero)
        {
            return baseDue;
        }

        var at = baseDue;
        foreach (var stop in union.Where(stop => stop.To > baseDue))
        {
            var free = stop.From > at ? calendar.OpenTime(at, stop.From) : TimeSpan.Zero;
            if (free > TimeSpan.Zero && left <= free)
            {
                return calendar.AddOpenTime(at, left);
            }

            left -= free;
            at = stop.To;
        }

        return calendar.AddOpenTime(at, left);
    }
}
