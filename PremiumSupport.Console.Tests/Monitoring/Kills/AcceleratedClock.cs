using System.Diagnostics;

namespace PremiumSupport.Tests.Monitoring.Kills;

/// <summary>
/// A clock that runs so many times as fast as the real one and that all processes of a machine share: it is a function of the machine's monotonic clock. Its timers end sooner by the same
/// factor, rounded up to the real millisecond in which the runtime's timers count.
/// </summary>
/// <param name="origin">What it shows at the stamp.</param>
/// <param name="stamp">The reading of <see cref="Stopwatch"/> at which it shows its origin; null lets it stand there until <see cref="Begin"/>.</param>
/// <param name="factor">Simulated seconds per real second.</param>
internal sealed class AcceleratedClock(DateTimeOffset origin, long? stamp, double factor) : TimeProvider
{
    private long _stamp = stamp ?? long.MaxValue;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => origin.AddTicks(GetTimestamp());

    public override long GetTimestamp() => Volatile.Read(ref _stamp) is var began && began == long.MaxValue ? 0 : (long)(Stopwatch.GetElapsedTime(began).Ticks * factor);

    /// <summary>From that reading on it runs.</summary>
    public void Begin(long at) => Volatile.Write(ref _stamp, at);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Timer(System.CreateTimer(callback, state, Real(dueTime), Real(period)), this);

    /// <summary>How long that takes in reality.</summary>
    public TimeSpan Real(TimeSpan simulated) => simulated <= TimeSpan.Zero ? simulated : TimeSpan.FromMilliseconds(Math.Ceiling(simulated.TotalMilliseconds / factor));

    /// <summary>How long it is in reality until then; zero when it has passed.</summary>
    public TimeSpan Until(DateTimeOffset simulated) => simulated > GetUtcNow() ? Real(simulated - GetUtcNow()) : TimeSpan.Zero;

    private sealed class Timer(ITimer real, AcceleratedClock clock) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => real.Change(clock.Real(dueTime), clock.Real(period));

        public void Dispose() => real.Dispose();

        public ValueTask DisposeAsync() => real.DisposeAsync();
    }
}
