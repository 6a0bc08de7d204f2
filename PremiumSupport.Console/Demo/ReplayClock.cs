namespace PremiumSupport.Demo;

/// <summary>A clock that stands where the demo's history puts it, so that yesterday's tickets are made by the same commands as today's.</summary>
internal sealed class ReplayClock : TimeProvider
{
    public DateTimeOffset Now { get; set; }

    public override DateTimeOffset GetUtcNow() => Now;
}
