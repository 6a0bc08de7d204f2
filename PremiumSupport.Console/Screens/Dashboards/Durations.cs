using System.Globalization;

namespace PremiumSupport.Screens.Dashboards;

/// <summary>Durations as the dashboard writes them.</summary>
public static class Durations
{
    /// <summary>Two units at most: <c>45s</c>, <c>11m 20s</c>, <c>1h 06m</c>, <c>2d 4h</c>; a dash for none.</summary>
    public static string Brief(TimeSpan? duration) => duration switch
    {
        null => "–",
        { TotalMinutes: < 1 } d => Text($"{(int)d.TotalSeconds}s"),
        { TotalHours: < 1 } d => Text($"{d.Minutes}m {d.Seconds:00}s"),
        { TotalDays: < 1 } d => Text($"{d.Hours}h {d.Minutes:00}m"),
        { } d => Text($"{(int)d.TotalDays}d {d.Hours}h"),
    };

    /// <summary>Without units that are nought, for the edges of a scale: <c>45s</c>, <c>30m</c>, <c>1h 30m</c>, <c>2d</c>.</summary>
    public static string Round(TimeSpan duration)
    {
        (int Count, string Unit)[] parts = [((int)duration.TotalDays, "d"), (duration.Hours, "h"), (duration.Minutes, "m"), (duration.Seconds, "s")];
        var told = string.Join(' ', parts.Where(part => part.Count > 0).Take(2).Select(part => Text($"{part.Count}{part.Unit}")));
        return told.Length == 0 ? "0s" : told;
    }

    /// <summary>Seconds for programs, likewise.</summary>
    public static string Seconds(TimeSpan? duration) => Exact(duration?.TotalSeconds);

    /// <summary>The same for things that take less than a minute: <c>12 ms</c>, <c>1.2 s</c>.</summary>
    public static string Fine(TimeSpan? duration) => duration switch
    {
        { TotalSeconds: < 1 } d => Text($"{d.TotalMilliseconds:0} ms"),
        { TotalMinutes: < 1 } d => Text($"{d.TotalSeconds:0.0} s"),
        _ => Brief(duration),
    };

    /// <summary>A figure for programs, to the last digit, as the API writes it; empty for none.</summary>
    public static string Exact(double? figure) => figure?.ToString("R", CultureInfo.InvariantCulture) ?? "";

    /// <summary>A percentage with one decimal; empty for none.</summary>
    public static string Percent(double? percent) => percent?.ToString("0.0", CultureInfo.InvariantCulture) ?? "";

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
