using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace PremiumSupport.Desk.Reports.Kept;

/// <summary>Which days somebody wants to see, as the address says it: so many up to today, or a first and a last day.</summary>
/// <param name="Days">How many days, today included; null where first and last are given.</param>
public sealed record PeriodChoice(int? Days, LocalDate? First = null, LocalDate? Last = null)
{
    /// <summary>The longest time from first to last day.</summary>
    public const int Longest = 366;

    // Before any desk was, and after any calendar that would run out below it.
    private static readonly LocalDate Earliest = new(2000, 1, 1);

    /// <summary>The choices that have a name.</summary>
    public static IReadOnlyList<int> Named { get; } = [1, 7, 30, 90];

    /// <summary>Today.</summary>
    public static PeriodChoice Today { get; } = new(1);

    /// <summary>The choice of an address. What cannot be meant leads to today, with a sentence that says why.</summary>
    /// <param name="days">A number of days.</param>
    /// <param name="from">The first day, <c>yyyy-MM-dd</c>.</param>
    /// <param name="to">The last day; today where only the first is given.</param>
    /// <param name="today">Today where the viewer is.</param>
    public static (PeriodChoice Choice, string? Problem) Read(string? days, string? from, string? to, LocalDate today)
    {
        if (string.IsNullOrEmpty(from) && string.IsNullOrEmpty(to))
        {
            // Fewer words for what most look at; any other number of days is as good.
            return string.IsNullOrEmpty(days) ? (Today, null)
                : int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= Longest ? (new(count), null)
                : (Today, $"A period is 1 to {Longest} days long; this is today.");
        }

        if (!Day(from).TryGetValue(default, out var first) || !Day(string.IsNullOrEmpty(to) ? LocalDatePattern.Iso.Format(today) : to).TryGetValue(default, out var last))
        {
            return (Today, "A day is written like 2026-11-28; this is today.");
        }

        last = LocalDate.Min(last, today);
        return first < Earliest ? (Today, $"There is nothing before {Earliest.Year}; this is today.")
            : first > last ? (Today, "The period ends before it begins, or begins after today; this is today.")
            : NodaTime.Period.DaysBetween(first, last) >= Longest ? (Today, $"A period is 1 to {Longest} days long; this is today.")
            : (new(null, first, last), null);
    }

    /// <summary>The words of an address, without a question mark; none for today.</summary>
    public IEnumerable<(string Key, string Value)> ToWords() =>
        Days is 1 ? []
        : Days is { } days ? [("days", days.ToString(CultureInfo.InvariantCulture))]
        : [("from", LocalDatePattern.Iso.Format(First!.Value)), ("to", LocalDatePattern.Iso.Format(Last!.Value))];

    private static ParseResult<LocalDate> Day(string? text) => LocalDatePattern.Iso.Parse(text ?? "");
}
