using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Entitlements;

/// <summary>What a day of a feed would be to a calendar.</summary>
public enum FeedRowState
{
    /// <summary>A holiday that the calendar does not have.</summary>
    New,

    /// <summary>An event of some hours: the office would be shut in them.</summary>
    ShortDay,

    /// <summary>The date is special already.</summary>
    AlreadyThere,

    /// <summary>The office is shut on that weekday anyway.</summary>
    ShutAnyway,

    /// <summary>An event of some hours outside the opening hours.</summary>
    OutsideHours,

    /// <summary>The same date stands further up in the file.</summary>
    Twice,
}

/// <summary>A line of the preview of a feed. Only <see cref="FeedRowState.New"/> is ticked before anybody has looked.</summary>
/// <param name="Spans">When the office would be open on that day; empty for a holiday.</param>
/// <param name="Words">What it is, for the person who ticks.</param>
public sealed record FeedRow(FeedDay Day, FeedRowState State, IReadOnlyList<DaySpan> Spans, string Words)
{
    /// <summary>Whether it can be taken over at all.</summary>
    public bool CanBeTaken => State is FeedRowState.New or FeedRowState.ShortDay or FeedRowState.ShutAnyway;

    /// <summary>The lines of a feed beside a calendar.</summary>
    public static IReadOnlyList<FeedRow> Of(HolidayFeed feed, BusinessCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(feed);
        ArgumentNullException.ThrowIfNull(calendar);
        var seen = new HashSet<DateOnly>();
        return [.. feed.Days.Select(day => Of(day, calendar, isFirst: seen.Add(day.Date)))];
    }

    private static FeedRow Of(FeedDay day, BusinessCalendar calendar, bool isFirst)
    {
        if (calendar.SpecialDays.FirstOrDefault(special => special.Date == day.Date) is { } known)
        {
            return new(day, FeedRowState.AlreadyThere, known.Spans, $"Already there: {known.Name}, {PolicyWords.Of(known.Spans)}");
        }

        var usual = calendar.SpansOf(day.Date);
        if (!isFirst)
        {
            return new(day, FeedRowState.Twice, usual, "The same date stands further up in this file");
        }

        if (usual.Count == 0)
        {
            return new(day, FeedRowState.ShutAnyway, [], $"Shut on {day.Date.DayOfWeek}s anyway; it changes nothing");
        }

        if (day is not { From: { } from, To: { } to })
        {
            return new(day, FeedRowState.New, [], "New: shut all day");
        }

        List<DaySpan> left = [.. usual.SelectMany(span => Without(span, from, to))];
        var hours = $"{PolicyWords.Time(from)} to {PolicyWords.Time(to)}";
        return left.SequenceEqual(usual) ? new(day, FeedRowState.OutsideHours, usual, $"Only {hours}, outside the opening hours")
            : new(day, FeedRowState.ShortDay, left, left.Count == 0 ? $"Only {hours}, which is all of the opening hours; tick it to shut all day" : $"Only {hours}; tick it to be open {PolicyWords.Of(left)}");
    }

    private static IEnumerable<DaySpan> Without(DaySpan span, TimeSpan from, TimeSpan to)
    {
        if (to <= span.From || from >= span.To || to <= from)
        {
            yield return span;
            yield break;
        }

        if (span.From < from)
        {
            yield return span with { To = from };
        }

        if (to < span.To)
        {
            yield return span with { From = to };
        }
    }
}
