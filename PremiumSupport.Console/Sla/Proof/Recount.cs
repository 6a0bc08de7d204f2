namespace PremiumSupport.Sla.Proof;

/// <summary>
/// The verifier's own arithmetic on top of the calendars: it shares none with the engine, so that a mistake there shows as a difference here.
/// </summary>
internal static class Recount
{
    /// <summary>The deadline of a target that starts at an instant, on a clock that never stands.</summary>
    public static DateTimeOffset Due(BusinessCalendar calendar, PromiseTarget target, DateTimeOffset start) =>
        target.BusinessDays is { } days ? calendar.AddBusinessDays(start, days) : calendar.AddOpenTime(start, target.Duration!.Value);

    /// <summary>
    /// The deadline moved by standstills: where they take no open time between anchor and the unmoved deadline it stays; else the whole of that time is walked anew from the
    /// anchor, over open time in which nothing stands.
    /// </summary>
    public static DateTimeOffset Deadline(BusinessCalendar calendar, DateTimeOffset anchor, DateTimeOffset unmoved, IReadOnlyList<Standstill> stills)
    {
        if (stills.Count == 0 || !stills.Any(still => Takes(calendar, still, anchor, unmoved)))
        {
            return unmoved;
        }

        var left = calendar.OpenTime(anchor, unmoved);
        var at = anchor;
        foreach (var still in stills.OrderBy(still => still.From))
        {
            if (still.To <= at)
            {
                continue;
            }

            var free = still.From > at ? calendar.OpenTime(at, still.From) : TimeSpan.Zero;
            if (free > TimeSpan.Zero && left <= free)
            {
                break;
            }

            left -= free;
            at = still.To;
        }

        return calendar.AddOpenTime(at, left);
    }

    /// <summary>Whether a standstill takes open time between two instants.</summary>
    public static bool Takes(BusinessCalendar calendar, Standstill still, DateTimeOffset from, DateTimeOffset to)
    {
        var begin = still.From > from ? still.From : from;
        var end = still.To < to ? still.To : to;
        return begin < end && calendar.OpenTime(begin, end) > TimeSpan.Zero;
    }

    /// <summary>The open stretches from start to due in which nothing stands.</summary>
    public static IReadOnlyList<OpenSpan> Running(BusinessCalendar calendar, DateTimeOffset start, DateTimeOffset due, IReadOnlyList<Standstill> stills)
    {
        var open = calendar.OpenSpans(start, due);
        foreach (var still in stills)
        {
            open = [.. open.SelectMany(span => Cut(span, still))];
        }

        return open;
    }

    /// <summary>How long stretches last together.</summary>
    public static TimeSpan Total(IReadOnlyList<OpenSpan> running)
    {
        var total = TimeSpan.Zero;
        foreach (var span in running)
        {
            total += span.Length;
        }

        return total;
    }

    /// <summary>The instant at which a share of the stretches is used up, in whole percent; the share is cut to whole milliseconds.</summary>
    public static DateTimeOffset AtShare(IReadOnlyList<OpenSpan> running, DateTimeOffset due, int percent) =>
        After(running, due, TimeSpan.FromMilliseconds(Total(running).Ticks / TimeSpan.TicksPerMillisecond * percent / 100));

    /// <summary>The moment of a warning; null when the step is left out for so short a target (rule 11).</summary>
    public static DateTimeOffset? Moment(WarningStep step, IReadOnlyList<OpenSpan> running, DateTimeOffset due) => step switch
    {
        { Percent: { } percent } => AtShare(running, due, percent),
        { Before: { } before } when before + before <= Total(running) => After(running, due, Total(running) - before),
        _ => null,
    };

    private static DateTimeOffset After(IReadOnlyList<OpenSpan> running, DateTimeOffset due, TimeSpan used)
    {
        foreach (var span in running)
        {
            if (used <= span.Length)
            {
                return span.From + used;
            }

            used -= span.Length;
        }

        return due;
    }

    private static IEnumerable<OpenSpan> Cut(OpenSpan span, Standstill still)
    {
        if (still.To <= span.From || still.From >= span.To)
        {
            yield return span;
            yield break;
        }

        if (still.From > span.From)
        {
            yield return span with { To = still.From };
        }

        if (still.To < span.To)
        {
            yield return span with { From = still.To };
        }
    }
}
