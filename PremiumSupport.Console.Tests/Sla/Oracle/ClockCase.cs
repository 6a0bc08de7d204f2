using CsCheck;
using NodaTime;
using PremiumSupport.Sla;

namespace PremiumSupport.Tests.Sla.Oracle;

/// <summary>A question to both clocks: an office, a start and two targets.</summary>
internal sealed record ClockCase(string Zone, IReadOnlyList<DaySpan>[] Week, SpecialDay[] Special, DateTimeOffset Start, TimeSpan Duration, int Days)
{
    private static readonly string[] Zones =
    [
        "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/St_Johns", "Africa/Casablanca", "Asia/Tehran", "America/Havana", "America/Santiago", "Africa/Cairo",
        "Pacific/Apia", "Pacific/Chatham", "Asia/Kathmandu", "Etc/UTC", "America/Sao_Paulo", "Asia/Gaza", "Antarctica/Troll", "America/Caracas", "Asia/Pyongyang", "Europe/Dublin",
        "America/Nuuk", "Antarctica/Casey", "Pacific/Kiritimati",
    ];

    private static readonly Instant Since = Instant.FromUtc(1999, 1, 1, 0, 0);
    private static readonly Instant Until = Instant.FromUtc(2038, 1, 1, 0, 0);

    private static readonly Dictionary<string, long[]> Changes = Zones.ToDictionary(zone => zone, zone => DateTimeZoneProviders.Tzdb[zone].GetZoneIntervals(Since, Until)
        .Where(interval => interval.HasStart && interval.Start > Since).Select(interval => interval.Start.ToUnixTimeSeconds()).DefaultIfEmpty(Since.ToUnixTimeSeconds()).ToArray());

    private static readonly long[] Edges =
    [
        .. new[] { 2000, 2004, 2020, 2024, 2028, 2036 }.Select(year => Seconds(year, 2, 29)),
        .. Enumerable.Range(2000, 37).Select(year => Seconds(year, 1, 1)),
        .. new[] { 2001, 2023, 2026, 2027 }.Select(year => Seconds(year, 3, 1)),
    ];

    /// <summary>Times of day: whole quarters, any second, and the small hours in which clocks change.</summary>
    private static readonly Gen<int> TimeOfDay = Gen.Frequency((5, Gen.Int[0, 96].Select(quarter => quarter * 900)), (2, Gen.Int[0, 86_400]), (2, Gen.Int[0, 16].Select(quarter => quarter * 900)));

    private static readonly Gen<IReadOnlyList<DaySpan>> Open = Gen.Select(TimeOfDay.Array[6], Gen.Int[1, 3], Gen.Int[0, 4], (times, count, touch) => Spans(times, count, touch == 0));

    private static readonly Gen<IReadOnlyList<DaySpan>> Usual = Gen.Frequency((5, Open), (2, Gen.Const<IReadOnlyList<DaySpan>>([])));

    private static readonly Gen<SpecialDay[]> Specials = Gen.Select(Gen.Int[-2, 10], Gen.Bool, Open, (day, isHoliday, hours) => new SpecialDay(DateOnly.MinValue.AddDays(day + 2), "special", isHoliday ? [] : hours))
        .Array[0, 4].Select(days => days.DistinctBy(day => day.Date).ToArray());

    private static readonly Gen<(string Zone, long Second)> Moment = Gen.OneOf(Zones).SelectMany(zone => Gen.Frequency(
        (5, Gen.Select(Gen.OneOf(Changes[zone]), Gen.Int[-40 * 3600, 6 * 3600], (change, offset) => (zone, change + offset))),
        (1, Gen.Select(Gen.OneOf(Edges), Gen.Int[-48 * 3600, 24 * 3600], (edge, offset) => (zone, edge + offset))),
        (1, Gen.Long[Since.ToUnixTimeSeconds(), Until.ToUnixTimeSeconds()].Select(second => (zone, second)))));

    private static readonly Gen<int> Milliseconds = Gen.Frequency((2, Gen.Const(0)), (1, Gen.Int[0, 999]), (1, Gen.OneOf(1, 999)));

    private static readonly Gen<TimeSpan> Durations = Gen.Frequency(
        (4, Gen.Int[1, 40].Select(quarters => TimeSpan.FromMinutes(15 * quarters))), (3, Gen.Int[1, 36_000].Select(seconds => TimeSpan.FromSeconds(seconds))), (1, Gen.Int[1, 5_000_000].Select(ms => TimeSpan.FromMilliseconds(ms))));

    /// <summary>Cases that lean towards the nights on which clocks change, leap days and the turns of years.</summary>
    public static Gen<ClockCase> Any { get; } = Gen.Select(
        Moment, Usual.Array[7], Specials, Gen.Select(Milliseconds, Gen.Bool), Durations, Gen.Int[1, 3],
        (moment, week, special, fine, duration, days) =>
        {
            var second = fine.Item2 ? moment.Second : moment.Second / 900 * 900;
            var today = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(second).UtcDateTime);
            if (week.Sum(day => day.Sum(span => (span.To - span.From).TotalHours)) < 12)
            {
                week = [.. week.Select((day, index) => index is 1 or 4 or 6 ? [new DaySpan(TimeSpan.FromHours(1), TimeSpan.FromHours(9))] : day)];
            }

            return new ClockCase(
                moment.Zone, week, [.. special.Select(day => day with { Date = today.AddDays(day.Date.DayNumber - 2) })],
                DateTimeOffset.FromUnixTimeMilliseconds((second * 1000) + fine.Item1), duration, days);
        });

    /// <summary>The calendar under test.</summary>
    public BusinessCalendar Calendar => new("random", Zone, Enum.GetValues<DayOfWeek>().ToDictionary(day => day, day => Week[(int)day]), Special);

    /// <summary>The oracle for the same office.</summary>
    public NaiveClock Naive(bool looksEverySecond = false) =>
        new(DateTimeZoneProviders.Tzdb[Zone], date => Array.Find(Special, day => day.Date == date)?.Spans ?? Week[(int)date.DayOfWeek], looksEverySecond);

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Zone} from {ObligationClock.Text(Start)} for {Duration} or {Days} days; week {string.Join(" | ", Week.Select(Text))}; {string.Join(", ", Special.Select(day => $"{day.Date:yyyy-MM-dd} {Text(day.Spans)}"))}";

    private static string Text(IReadOnlyList<DaySpan> spans) => string.Join(' ', spans.Select(span => $"{span.From:c}-{span.To:c}"));

    private static IReadOnlyList<DaySpan> Spans(int[] times, int count, bool touch)
    {
        var ends = times.Distinct().Order().Select(time => TimeSpan.FromSeconds(time)).ToList();
        var spans = Enumerable.Range(0, touch ? Math.Max(0, ends.Count - 1) : ends.Count / 2).Select(i => touch ? new DaySpan(ends[i], ends[i + 1]) : new DaySpan(ends[2 * i], ends[(2 * i) + 1]));
        return [.. spans.Take(count)];
    }

    private static long Seconds(int year, int month, int day) => new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();
}
