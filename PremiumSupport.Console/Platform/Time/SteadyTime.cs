namespace PremiumSupport.Platform.Time;

/// <summary>
/// Wall time carried by the monotonic clock, as arithmetic: what the product takes for now, and what it makes of a wall clock that jumps. Immutable, reads no clock.
/// <para>
/// The wall clock is followed while it runs within <see cref="Tolerance"/> of the monotonic one. A jump beyond that is doubted: time goes on by the monotonic clock until the wall
/// clock comes back or has held its jump for long enough, and only then is believed. Forward it counts at once; back, time runs at half speed until the two meet, so that no instant comes
/// twice: nobody is then late before what they were promised has really passed, and no flag comes after its instant on the corrected clock.
/// </para>
/// <para>Time in which the machine was suspended is no jump: it passed for the customer too, so it counts as soon as it is seen.</para>
/// </summary>
public sealed record SteadyTime
{
    /// <summary>A wall clock so far off, or less, is followed; further is a jump.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    /// <summary>The instant at which the monotonic clock showed zero.</summary>
    private DateTimeOffset Origin { get; init; }

    /// <summary>How far time was ahead of the wall clock that it follows, at <see cref="AheadSince"/>; worked off at half speed.</summary>
    private TimeSpan Ahead { get; init; }

    private TimeSpan AheadSince { get; init; }

    /// <summary>The suspensions before the start, or before the last one that was counted.</summary>
    private TimeSpan? Asleep { get; init; }

    private TimeSpan DoubtedSince { get; init; }

    /// <summary>How far a wall clock that is not believed is off; null when there is no doubt.</summary>
    public TimeSpan? Doubted { get; private init; }

    /// <summary>The first reading is believed: there is nothing to hold it against.</summary>
    public static SteadyTime Begin(ClockReading reading) => new()
    {
        Origin = reading.Wall.ToUniversalTime() - reading.Monotonic,
        Asleep = reading.SinceBoot - reading.Monotonic,
    };

    /// <summary>Now, when the monotonic clock shows that. Grows with it, at half its speed while a correction backwards is worked off.</summary>
    public DateTimeOffset At(TimeSpan monotonic)
    {
        // Asked all the time: whole ticks, and the rest only while there is something to work off.
        var now = Origin.UtcTicks + monotonic.Ticks;
        if (Ahead > TimeSpan.Zero)
        {
            now += Math.Max(0, Ahead.Ticks - ((monotonic - AheadSince).Ticks / 2));
        }

        return new(now, TimeSpan.Zero);
    }

    /// <summary>Whether a reading needs <see cref="ClockReading.SinceBoot"/> for a judgement; it is dearer than the others.</summary>
    public bool IsOff(ClockReading reading) => Off(reading).Duration() > Tolerance;

    /// <summary>What becomes of a reading, and what there is to say about it. Readings come in the order of their monotonic part.</summary>
    public (SteadyTime Time, ClockEvent? Event) Observe(ClockReading reading, TimeSpan believeAfter)
    {
        if (reading.SinceBoot - reading.Monotonic - Asleep is { } slept && slept > Tolerance)
        {
            return (Shift(slept, reading.Monotonic) with { Asleep = Asleep + slept }, new(ClockEventKind.Slept, slept, At(reading.Monotonic)));
        }

        var off = Off(reading);
        var held = reading.Monotonic - DoubtedSince;
        if (off.Duration() <= Tolerance)
        {
            return (Shift(off, reading.Monotonic) with { Doubted = null }, Doubted is { } was ? new(ClockEventKind.Returned, was, At(reading.Monotonic), held) : null);
        }

        if (Doubted is not { } doubted || (off - doubted).Duration() > Tolerance)
        {
            return (this with { Doubted = off, DoubtedSince = reading.Monotonic }, new(ClockEventKind.Jumped, off, At(reading.Monotonic)));
        }

        return held >= believeAfter
            ? (Shift(off, reading.Monotonic) with { Doubted = null }, new(ClockEventKind.Believed, off, At(reading.Monotonic), held))
            : (this with { Doubted = off }, null);
    }

    private TimeSpan Off(ClockReading reading) => reading.Wall - (Origin + reading.Monotonic);

    private SteadyTime Shift(TimeSpan by, TimeSpan monotonic)
    {
        var origin = Origin + by;
        var ahead = At(monotonic) - (origin + monotonic);
        return this with { Origin = origin, Ahead = ahead > TimeSpan.Zero ? ahead : TimeSpan.Zero, AheadSince = monotonic };
    }
}
