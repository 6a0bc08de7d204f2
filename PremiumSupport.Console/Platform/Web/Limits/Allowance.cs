namespace PremiumSupport.Platform.Web.Limits;

/// <summary>How often something may be done: <paramref name="Burst"/> times at once, and then once more for every <paramref name="Every"/> that has passed.</summary>
public readonly record struct Allowance(int Burst, TimeSpan Every)
{
    /// <summary>The same for <paramref name="factor"/> times as many; at least once.</summary>
    public Allowance Times(double factor) => new(Math.Max(1, (int)Math.Min(Burst * factor, int.MaxValue)), TimeSpan.FromTicks(Math.Max(1, (long)(Every.Ticks / factor))));

    /// <summary>
    /// The generic cell rate algorithm: all that is remembered of a caller is the instant at which they will have nothing used up. Answers that instant after one more
    /// use, and how long to wait instead when there is none left; then nothing changes.
    /// </summary>
    /// <param name="emptyAt">When everything used so far will have come back; in the past for a newcomer.</param>
    /// <param name="now">On the same clock.</param>
    public (TimeSpan EmptyAt, TimeSpan? Wait) Take(TimeSpan emptyAt, TimeSpan now)
    {
        var after = (emptyAt > now ? emptyAt : now) + Every;
        var wait = after - now - (Burst * Every);
        return wait > TimeSpan.Zero ? (emptyAt, wait) : (after, null);
    }
}
