namespace PremiumSupport.Tests.Platform.Identity;

/// <summary>The real clock, which a test may put forward. Timers run as ever.</summary>
public sealed class ClockFake : TimeProvider
{
    private TimeSpan _ahead;

    public void Advance(TimeSpan by) => _ahead += by;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _ahead;

    public override long GetTimestamp() => System.GetTimestamp() + (long)(_ahead.TotalSeconds * TimestampFrequency);
}
