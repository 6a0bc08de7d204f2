using NodaTime;
using NodaTime.TimeZones;

namespace PremiumSupport.Sla;

/// <summary>An open stretch of one local day, half-open: open at <see cref="From"/>, shut at <see cref="To"/>. Both count from midnight, up to 24 hours.</summary>
public readonly record struct DaySpan(TimeSpan From, TimeSpan To);

/// <summary>A stretch of time, half-open, in UTC.</summary>
public readonly record struct OpenSpan(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>How long it lasts.</summary>
    public TimeSpan Length => To - From;
}

/// <summary>A day that differs from its weekday.</summary>
/// <param name="Date">The local date.</param>
/// <param name="Name">What people call it; shown where a deadline skips it.</param>
/// <param name="Spans">When it is open all the same; empty for a holiday.</param>
public sealed record SpecialDay(DateOnly Date, string Name, IReadOnlyList<DaySpan> Spans);

/// <summary>
/// When a support office is open: spans of each weekday, holidays and short days, on the rules of one IANA zone (rule 12).
/// Wall-clock times that a zone skips count as the first instant after the gap; those that come twice count as the earlier.
/// So a span that ends in an hour that comes twice shuts the first time, and one that lies wholly in a skipped hour isn't there on that day.
/// </summary>
public sealed class BusinessCalendar
{
    /// <summary>The key of <see cref="AlwaysOpen"/>, 24 hours on 7 days.</summary>
    public const string AlwaysOpenKey = "24x7";

    // Nine years without an opening is a calendar that never opens; a search has to end somewhere.
    private const int SearchDays = 9 * 366;

    // Nearly three years, a power of two.
    private const int KeptDays = 1024;

    private static readonly ZoneLocalMappingResolver Resolver =
        Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    private readonly DateTimeZone _zone;
    private readonly Dictionary<DateOnly, SpecialDay> _special;

    // What dates come to as instants, each date in its one place: a walk through the zone's rules is slow, and a replay of a quarter asks for the same days a
    // million times. Days never change, so threads that race for a place write equal ones.
    private readonly Day?[] _days = new Day?[KeptDays];

    /// <param name="key">The name by which a policy's rules refer to it.</param>
    /// <param name="zone">An IANA zone id such as "Europe/Berlin".</param>
    /// <param name="week">Spans per weekday, ascending and not overlapping, within 0:00 and 24:00, in whole milliseconds; a missing day is shut.</param>
    /// <param name="specialDays">Holidays and short days, each date once.</param>
    /// <exception cref="DateTimeZoneNotFoundException">The zone is not known.</exception>
    /// <exception cref="ArgumentException">A day's spans are not such spans, or a date is special twice.</exception>
    public BusinessCalendar(string key, string zone, IReadOnlyDictionary<DayOfWeek, IReadOnlyList<DaySpan>> week, IReadOnlyList<SpecialDay>? specialDays = null)
    {
        Key = key;
        Zone = zone;
        Week = week;
        SpecialDays = specialDays ?? [];
        _zone = DateTimeZoneProviders.Tzdb[zone];
        _special = SpecialDays.ToDictionary(day => day.Date);
        foreach (var spans in Week.Values.Concat(SpecialDays.Select(day => day.Spans)))
        {
            CheckSpans(spans);
        }
    }

    /// <summary>Open every second, midnight included. Its days, where days are counted, are those of UTC.</summary>
    public static BusinessCalendar AlwaysOpen { get; } = new(
        AlwaysOpenKey, "Etc/UTC",
        Enum.GetValues<DayOfWeek>().ToDictionary(day => day, IReadOnlyList<DaySpan> (_) => [new(TimeSpan.Zero, TimeSpan.FromDays(1))]));

    /// <summary>The version of the time zone database that deadlines are computed with.</summary>
    public static string TzdbVersion => DateTimeZoneProviders.Tzdb.VersionId;

    /// <summary>The name by which a policy's rules refer to it.</summary>
    public string Key { get; }

    /// <summary>The IANA zone id.</summary>
    public string Zone { get; }

    /// <summary>Spans per weekday.</summary>
    public IReadOnlyDictionary<DayOfWeek, IReadOnlyList<DaySpan>> Week { get; }

    /// <summary>Holidays and short days.</summary>
    public IReadOnlyList<SpecialDay> SpecialDays { get; }

    /// <summary>True for the calendar that never shuts.</summary>
    public bool IsAlwaysOpen => Key == AlwaysOpenKey;

    /// <summary>The instant at which so much open time has passed since <paramref name="start"/>. Time used up exactly at a close is due at that close.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The duration is negative.</exception>
    /// <exception cref="InvalidOperationException">The calendar does not open long enough within nine years.</exception>
    public DateTimeOffset AddOpenTime(DateTimeOffset start, TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero);
        if (IsAlwaysOpen)
        {
            return start + duration;
        }

        var left = duration;
        foreach (var span in OpenFrom(start))
        {
            if (left <= span.Length)
            {
                return span.From + left;
            }

            left -= span.Length;
        }

        throw NeverOpens();
    }

    /// <summary>
    /// The same wall-clock time on the n-th business day after <paramref name="start"/>. A start outside the spans counts as the next opening;
    /// a time outside that day's spans becomes the day's next opening, else its close. A date that the zone leaves out is no business day.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than one day.</exception>
    /// <exception cref="InvalidOperationException">The calendar has not that many open days within nine years.</exception>
    public DateTimeOffset AddBusinessDays(DateTimeOffset start, int days)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        var opening = Instant.FromDateTimeOffset(FirstOpening(start)).InZone(_zone);
        var time = TimeSpan.FromTicks(opening.TickOfDay);
        var date = DateOf(opening);

        for (var searched = 0; searched < SearchDays; searched++)
        {
            date = date.AddDays(1);
            var spans = DayOf(date).Spans;
            if (spans.Length > 0 && --days == 0)
            {
                return ToInstant(date, LandOn(spans, time));
            }
        }

        throw NeverOpens();
    }

    /// <summary>Open stretches between two instants, clipped to them, in order, touching ones joined.</summary>
    public IReadOnlyList<OpenSpan> OpenSpans(DateTimeOffset from, DateTimeOffset to)
    {
        if (IsAlwaysOpen)
        {
            return from < to ? [new(from, to)] : [];
        }

        var result = new List<OpenSpan>();
        foreach (var span in OpenFrom(from).TakeWhile(span => span.From < to))
        {
            var clipped = span with { To = span.To < to ? span.To : to };
            if (result.Count > 0 && result[^1].To == clipped.From)
            {
                result[^1] = result[^1] with { To = clipped.To };
            }
            else
            {
                result.Add(clipped);
            }
        }

        return result;
    }

    /// <summary>How much open time lies between two instants; zero when they are in the wrong order.</summary>
    public TimeSpan OpenTime(DateTimeOffset from, DateTimeOffset to) =>
        OpenSpans(from, to).Aggregate(TimeSpan.Zero, (sum, span) => sum + span.Length);

    /// <summary>The local spans of a date: of the special day if it is one, else of its weekday.</summary>
    public IReadOnlyList<DaySpan> SpansOf(DateOnly date) =>
        _special.TryGetValue(date, out var day) ? day.Spans
        : Week.TryGetValue(date.DayOfWeek, out var spans) ? spans
        : [];

    /// <summary>The date that the office's wall calendar shows at an instant.</summary>
    public DateOnly DateOf(DateTimeOffset instant) => DateOf(Instant.FromDateTimeOffset(instant).InZone(_zone));

    private static DateOnly DateOf(ZonedDateTime wall) => DateOnly.FromDateTime(wall.LocalDateTime.ToDateTimeUnspecified());

    /// <summary>The instant, if it is open, else the next at which it opens.</summary>
    private DateTimeOffset FirstOpening(DateTimeOffset start)
    {
        var date = DateOf(start);
        for (var searched = 0; searched < SearchDays; searched++, date = date.AddDays(1))
        {
            foreach (var (_, open) in DayOf(date).Spans)
            {
                if (open.To > start)
                {
                    return open.From > start ? open.From : start;
                }
            }
        }

        throw NeverOpens();
    }

    /// <summary>Open stretches from an instant on, the first clipped to it, without end but for the search limit.</summary>
    private IEnumerable<OpenSpan> OpenFrom(DateTimeOffset start)
    {
        var date = DateOf(start);
        for (var searched = 0; searched < SearchDays; searched++, date = date.AddDays(1))
        {
            foreach (var (_, open) in DayOf(date).Spans)
            {
                if (open.To > start)
                {
                    yield return open.From > start ? open : open with { From = start };
                }
            }
        }
    }

    private Day DayOf(DateOnly date)
    {
        ref var place = ref _days[date.DayNumber & (KeptDays - 1)];
        var kept = Volatile.Read(ref place);
        if (kept?.Date == date)
        {
            return kept;
        }

        var day = new Day(date, [.. SpansOf(date).Select(span => (span, new OpenSpan(ToInstant(date, span.From), ToInstant(date, span.To)))).Where(span => span.Item2.To > span.Item2.From)]);
        Volatile.Write(ref place, day);
        return day;
    }

    private void CheckSpans(IReadOnlyList<DaySpan> spans)
    {
        var shut = TimeSpan.Zero;
        foreach (var span in spans)
        {
            var isWhole = span.From.Ticks % TimeSpan.TicksPerMillisecond == 0 && span.To.Ticks % TimeSpan.TicksPerMillisecond == 0;
            if (span.From < shut || span.To <= span.From || span.To > TimeSpan.FromDays(1) || !isWhole)
            {
                throw new ArgumentException($"Calendar '{Key}': {span.From:c} to {span.To:c} is no span of a day, or not in order.", nameof(spans));
            }

            shut = span.To;
        }
    }

    private static TimeSpan LandOn((DaySpan Local, OpenSpan Open)[] spans, TimeSpan time)
    {
        foreach (var (span, _) in spans)
        {
            if (time < span.From)
            {
                return span.From;
            }

            if (time < span.To)
            {
                return time;
            }
        }

        return spans[^1].Local.To;
    }

    private DateTimeOffset ToInstant(DateOnly date, TimeSpan sinceMidnight)
    {
        var midnight = new LocalDate(date.Year, date.Month, date.Day).AtMidnight();
        return _zone.ResolveLocal(midnight.PlusTicks(sinceMidnight.Ticks), Resolver).ToInstant().ToDateTimeOffset();
    }

    private InvalidOperationException NeverOpens() => new($"Calendar '{Key}' does not open long enough within nine years.");

    /// <summary>A date's spans that really come to pass, with their instants; one wholly inside a gap does not.</summary>
    private sealed record Day(DateOnly Date, (DaySpan Local, OpenSpan Open)[] Spans);
}
