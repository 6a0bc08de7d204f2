namespace PremiumSupport.Platform.Time;

/// <summary>What the machine's clocks showed at one moment.</summary>
/// <param name="Wall">The wall clock, which people and time servers set.</param>
/// <param name="Monotonic">The clock that nobody can set, since an origin of its own. It stands while the machine is suspended.</param>
/// <param name="SinceBoot">The time since the machine started, suspensions counted in; null where it is unknown or was not needed.</param>
public readonly record struct ClockReading(DateTimeOffset Wall, TimeSpan Monotonic, TimeSpan? SinceBoot = null);
