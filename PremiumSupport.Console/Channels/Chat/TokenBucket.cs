namespace PremiumSupport.Channels.Chat;

/// <summary>So much at once and so much each second: a bucket that fills steadily and is drunk from. For one connection, whose calls come one after another.</summary>
internal sealed class TokenBucket
{
    private readonly double _perSecond;
    private readonly double _atOnce;
    private readonly TimeProvider _clock;
    private double _level;
    private long _filledAt;

    /// <param name="perSecond">How fast it fills.</param>
    /// <param name="atOnce">How much it holds; it begins full.</param>
    /// <param name="clock">Measures the time between two drinks.</param>
    public TokenBucket(double perSecond, double atOnce, TimeProvider clock) =>
        (_perSecond, _atOnce, _clock, _level, _filledAt) = (perSecond, atOnce, clock, atOnce, clock.GetTimestamp());

    /// <summary>Whether there is nothing in it right now.</summary>
    public bool IsEmpty
    {
        get
        {
            Fill();
            return _level < 1;
        }
    }

    /// <summary>Takes one; false when it is empty.</summary>
    public bool TryTake()
    {
        if (IsEmpty)
        {
            return false;
        }

        _level--;
        return true;
    }

    private void Fill()
    {
        var now = _clock.GetTimestamp();
        _level = Math.Min(_atOnce, _level + (_perSecond * _clock.GetElapsedTime(_filledAt, now).TotalSeconds));
        _filledAt = now;
    }
}
