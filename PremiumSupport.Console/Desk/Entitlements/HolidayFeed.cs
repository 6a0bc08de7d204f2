using System.Runtime.Serialization;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Evaluation;
using NodaTime;

namespace PremiumSupport.Desk.Entitlements;

/// <summary>A day of a feed. With times it is an event of some hours on that day, in the calendar's zone; without it lasts the whole day.</summary>
public sealed record FeedDay(DateOnly Date, string Name, TimeSpan? From = null, TimeSpan? To = null);

/// <summary>What was read from an <c>.ics</c> file. Recurring and many-day events are laid out day by day within the years asked for.</summary>
/// <param name="Days">The days, in order.</param>
/// <param name="LeftOut">Events that could not be laid out, and why, in words.</param>
/// <param name="Problem">Why nothing could be read; null when something could.</param>
public sealed record HolidayFeed(IReadOnlyList<FeedDay> Days, IReadOnlyList<string> LeftOut, string? Problem)
{
    /// <summary>Characters of a file.</summary>
    public const int Largest = 1 << 20;

    /// <summary>Events of a file.</summary>
    public const int MostEvents = 2_000;

    /// <summary>Days that a file may come to.</summary>
    public const int MostDays = 1_000;

    /// <summary>Years that a file is laid out for at once.</summary>
    public const int MostYears = 10;

    // How often a rule may come up empty before it is taken for one that never comes true, such as a 30th of February.
    private const int EmptySteps = 1_000;
    private static readonly TimeSpan WholeDay = TimeSpan.FromDays(1);

    /// <summary>Reads a feed. Never throws on what a file can hold.</summary>
    /// <param name="text">The file.</param>
    /// <param name="fromYear">The first year wanted.</param>
    /// <param name="toYear">The last year wanted.</param>
    /// <param name="zone">The calendar's IANA zone, in whose days events with times are told.</param>
    public static HolidayFeed Read(string text, int fromYear, int toYear, string zone)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > Largest)
        {
            return Refuse($"The file is larger than {Largest / 1024:N0} KB; a feed of holidays is not.");
        }

        if (toYear < fromYear || toYear - fromYear >= MostYears || fromYear < Sla.PolicyLimits.FirstYear || toYear > Sla.PolicyLimits.LastYear)
        {
            return Refuse($"Choose up to {MostYears} years in a row.");
        }

        if (!text.Contains("BEGIN:VCALENDAR", StringComparison.OrdinalIgnoreCase))
        {
            return Refuse("This is not an iCalendar file: such a file begins with BEGIN:VCALENDAR. Look for a download that ends in .ics.");
        }

        try
        {
            List<CalendarEvent> events = [.. Calendar.Load<Calendar>(text).SelectMany(calendar => calendar.Events)];
            return events.Count switch
            {
                0 => Refuse("The file is an iCalendar, but there is no event in it."),
                > MostEvents => Refuse($"The file has {events.Count:N0} events; up to {MostEvents:N0} can be looked through."),
                _ => LayOut(events, fromYear, toYear, DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) ?? DateTimeZone.Utc),
            };
        }
        catch (Exception unreadable) when (IsUnreadable(unreadable))
        {
            return Refuse("The file begins like an iCalendar but is damaged: it could not be read to its end.");
        }
    }

    private static HolidayFeed LayOut(List<CalendarEvent> events, int fromYear, int toYear, DateTimeZone zone)
    {
        var (days, leftOut) = (new SortedSet<FeedDay>(Comparer<FeedDay>.Create(Compare)), new List<string>());
        foreach (var item in events)
        {
            var name = Name(item);
            if (item.Start is null)
            {
                leftOut.Add($"{name}: it has no date.");
                continue;
            }

            if (IsTooFrequent(item))
            {
                leftOut.Add($"{name}: it repeats within a day, which no holiday does.");
                continue;
            }

            if (item.Start is { HasTime: true, TzId: { Length: > 0 } unknown } && ZoneOf(unknown) is null)
            {
                leftOut.Add($"{name}: its time zone '{unknown}' is not known.");
                continue;
            }

            try
            {
                foreach (var day in DaysOf(item, name, fromYear, toYear, zone))
                {
                    days.Add(day);
                    if (days.Count > MostDays)
                    {
                        return Refuse($"The file comes to more than {MostDays:N0} days in these years. Choose fewer years, or a feed of holidays only.");
                    }
                }
            }
            catch (Exception unreadable) when (IsUnreadable(unreadable))
            {
                leftOut.Add($"{name}: its dates or its repetition could not be worked out.");
            }
        }

        return new([.. days], leftOut, null);
    }

    private static IEnumerable<FeedDay> DaysOf(CalendarEvent item, string name, int fromYear, int toYear, DateTimeZone zone)
    {
        // A stretch that began before the first year may reach into it.
        var occurrences = item.GetOccurrences(new CalDateTime(fromYear - 1, 12, 1), new EvaluationOptions { MaxUnmatchedIncrementsLimit = EmptySteps })
            .TakeWhile(occurrence => occurrence.Period.StartTime.Year <= toYear + 1);
        foreach (var period in occurrences.Select(occurrence => occurrence.Period))
        {
            var (start, end) = (Local(period.StartTime, zone), Local(period.EffectiveEndTime ?? period.StartTime, zone));
            if (end <= start)
            {
                end = period.StartTime.HasTime ? start : start.PlusDays(1);
            }

            for (var date = start.Date; date.AtMidnight() < end || date == start.Date; date = date.PlusDays(1))
            {
                if (date.Year > toYear)
                {
                    break;
                }

                if (date.Year < fromYear)
                {
                    continue;
                }

                var from = date == start.Date ? TimeSpan.FromTicks(start.TickOfDay) : TimeSpan.Zero;
                var to = date == end.Date ? TimeSpan.FromTicks(end.TickOfDay) : WholeDay;
                yield return from == TimeSpan.Zero && to == WholeDay ? new(date.ToDateOnly(), name) : new(date.ToDateOnly(), name, from, to);
            }
        }
    }

    /// <summary>What the office's wall shows at that time. A date, or a time without a zone, is the same everywhere.</summary>
    private static LocalDateTime Local(CalDateTime time, DateTimeZone zone)
    {
        var wall = LocalDateTime.FromDateTime(DateTime.SpecifyKind(time.Value, DateTimeKind.Unspecified));
        if (!time.HasTime || time.TzId is not { Length: > 0 } id || ZoneOf(id) is not { } theirs)
        {
            return wall;
        }

        return wall.InZoneLeniently(theirs).WithZone(zone).LocalDateTime;
    }

    private static DateTimeZone? ZoneOf(string id) =>
        DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) ?? (TimeZoneInfo.TryConvertWindowsIdToIanaId(id, out var iana) ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(iana) : null);

    private static bool IsTooFrequent(CalendarEvent item) =>
        item.RecurrenceRule is { Frequency: FrequencyType.Secondly or FrequencyType.Minutely or FrequencyType.Hourly }
        || item.RecurrenceRule is { } rule && (rule.BySecond.Count > 0 || rule.ByMinute.Count > 0 || rule.ByHour.Count > 0);

    private static string Name(CalendarEvent item)
    {
        var words = string.Join(' ', (item.Summary ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return words.Length == 0 ? "Without a name" : words.Length > Sla.PolicyLimits.Name ? words[..Sla.PolicyLimits.Name] : words;
    }

    private static int Compare(FeedDay left, FeedDay right) =>
        (left.Date, left.From ?? TimeSpan.Zero, left.To ?? WholeDay, left.Name).CompareTo((right.Date, right.From ?? TimeSpan.Zero, right.To ?? WholeDay, right.Name));

    // What the library throws on input that is not as it should be; anything else is a mistake of ours and must show.
    private static bool IsUnreadable(Exception failure) =>
        failure is SerializationException or EvaluationException or ArgumentException or FormatException or InvalidOperationException or OverflowException or InvalidCastException or IndexOutOfRangeException or NullReferenceException;

    private static HolidayFeed Refuse(string problem) => new([], [], problem);
}
