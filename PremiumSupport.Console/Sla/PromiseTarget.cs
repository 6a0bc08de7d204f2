using System.Globalization;
using System.Text.Json.Serialization;

namespace PremiumSupport.Sla;

/// <summary>How long a promise runs: either a duration on a calendar or a number of business days, never both (rule 12).</summary>
public sealed record PromiseTarget
{
    /// <summary>Open time on the rule's calendar; positive and in whole milliseconds when set.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TimeSpan? Duration { get; init; }

    /// <summary>The same wall-clock time on the n-th business day after the start; at least 1 when set.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? BusinessDays { get; init; }

    /// <summary>A target of open time.</summary>
    public static PromiseTarget Of(TimeSpan duration) => new() { Duration = duration };

    /// <summary>A target of whole business days.</summary>
    public static PromiseTarget OfBusinessDays(int days) => new() { BusinessDays = days };

    /// <summary>True when exactly one of the two is set, and it is positive and in whole milliseconds.</summary>
    [JsonIgnore]
    public bool IsValid => (Duration, BusinessDays) switch
    {
        ({ } d, null) => d > TimeSpan.Zero && d.Ticks % TimeSpan.TicksPerMillisecond == 0,
        (null, { } n) => n > 0,
        _ => false,
    };
}

/// <summary>A warning of a policy (rule 11): at a share of the target or a time before its end, never both.</summary>
public sealed record WarningStep
{
    /// <summary>Share of the open time between start and due, 1 to 99.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Percent { get; init; }

    /// <summary>Open time before the due instant. Left out for a target in whose first half it would fall.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TimeSpan? Before { get; init; }

    /// <summary>A step at a share of the target.</summary>
    public static WarningStep At(int percent) => new() { Percent = percent };

    /// <summary>A step that long before the end.</summary>
    public static WarningStep BeforeEnd(TimeSpan before) => new() { Before = before };

    /// <summary>True when exactly one of the two is set: a share of 1 to 99, or a positive time in whole milliseconds.</summary>
    [JsonIgnore]
    public bool IsValid => (Percent, Before) switch
    {
        ({ } percent, null) => percent is > 0 and < 100,
        (null, { } before) => before > TimeSpan.Zero && before.Ticks % TimeSpan.TicksPerMillisecond == 0,
        _ => false,
    };

    /// <summary>The name under which the step fires once: "50%" or "-00:05:00".</summary>
    [JsonIgnore]
    public string Key => Percent is { } p ? $"{p}%" : $"-{Before:c}";

    /// <summary>The step of a <see cref="Key"/>.</summary>
    /// <exception cref="FormatException">The text is not such a key.</exception>
    public static WarningStep Parse(string key) =>
        key.EndsWith('%') ? At(int.Parse(key.AsSpan(0, key.Length - 1), CultureInfo.InvariantCulture)) : BeforeEnd(TimeSpan.ParseExact(key.AsSpan(1), "c", CultureInfo.InvariantCulture));
}
