using System.Globalization;

namespace PremiumSupport.Platform.Time;

/// <summary>What a wall clock can do beside running on.</summary>
public enum ClockEventKind
{
    /// <summary>It jumped, and is not believed yet.</summary>
    Jumped,

    /// <summary>It came back before it was believed.</summary>
    Returned,

    /// <summary>The jump held for long enough: it counts from now on.</summary>
    Believed,

    /// <summary>The machine was suspended; that time has truly passed and counts at once.</summary>
    Slept,
}

/// <summary>Something that the wall clock did.</summary>
/// <param name="Kind">What.</param>
/// <param name="By">By how much: forward is positive.</param>
/// <param name="At">When, by the time that the product goes by.</param>
/// <param name="After">How long after the jump it came back or was believed; zero otherwise.</param>
public sealed record ClockEvent(ClockEventKind Kind, TimeSpan By, DateTimeOffset At, TimeSpan After = default)
{
    /// <summary>The event as a sentence, with size and direction.</summary>
    public string Sentence => Kind switch
    {
        ClockEventKind.Jumped => $"The wall clock jumped {Size(By)} {Direction}. Deadlines go on by the monotonic clock, and the jump counts only if it holds.",
        ClockEventKind.Returned => $"The wall clock, which had jumped {Size(By)} {Direction}, came back after {Size(After)}. Nothing was flagged and nothing delayed by it.",
        ClockEventKind.Believed when By > TimeSpan.Zero => $"The wall clock has been {Size(By)} forward for {Size(After)} and is believed: what fell due in between is flagged now.",
        ClockEventKind.Believed => $"The wall clock has been {Size(By)} back for {Size(After)} and is believed: time runs at half speed until the wall clock has caught up, so that no instant comes twice.",
        _ => $"The machine was suspended for {Size(By)}; what fell due meanwhile is flagged now.",
    };

    private string Direction => By > TimeSpan.Zero ? "forward" : "back";

    private static string Size(TimeSpan size) => size.Duration().ToString(size.Duration() < TimeSpan.FromDays(1) ? @"h\:mm\:ss\.f" : @"d\.hh\:mm\:ss", CultureInfo.InvariantCulture);
}

/// <summary>How far the machine's wall clock can be trusted right now.</summary>
/// <param name="Doubted">How far the wall clock is off what the product goes by, while a jump is not believed; null when the two agree.</param>
/// <param name="Last">The last thing that it did; null when it has only run on since the start.</param>
public sealed record ClockHealth(TimeSpan? Doubted, ClockEvent? Last)
{
    /// <summary>Nothing happened yet.</summary>
    public static ClockHealth Good { get; } = new(null, null);
}
