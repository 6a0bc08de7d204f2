namespace PremiumSupport.Tests.Hosting;

/// <summary>A machine whose wall clock a test can put forward and back beside its monotonic one, which only <see cref="Microsoft.Extensions.Time.Testing.FakeTimeProvider.Advance"/> moves.</summary>
public sealed class JumpyClock(DateTimeOffset start) : StandingClock(start)
{
    private TimeSpan _off;

    /// <summary>How long the machine has been running.</summary>
    public TimeSpan Running => base.GetUtcNow() - Start;

    /// <summary>Puts the wall clock forward, or back.</summary>
    public void Jump(TimeSpan by) => _off += by;

    public override long GetTimestamp() => Running.Ticks;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _off;
}
