using PremiumSupport.Platform.Realtime;

namespace PremiumSupport.Monitoring;

/// <summary>Sleeps until an instant or until a change of a topic, whichever comes first; a change while nobody sleeps ends the next nap at once.</summary>
internal sealed class WakingNap : IDisposable
{
    private readonly SemaphoreSlim _changed = new(0, 1);
    private readonly IDisposable _subscription;
    private readonly TimeProvider _clock;

    public WakingNap(ChangeBus changes, string topic, TimeProvider clock)
    {
        _clock = clock;
        _subscription = changes.Subscribe(change =>
        {
            if (change.IsAbout(topic) && _changed.CurrentCount == 0)
            {
                Release();
            }
        });
    }

    /// <summary>Sleeps. True when a change ended it.</summary>
    /// <param name="nap">How long at most; below a millisecond it is one.</param>
    /// <param name="stopping">Ends it without a word.</param>
    public async Task<bool> SleepAsync(TimeSpan nap, CancellationToken stopping)
    {
        using var timer = new CancellationTokenSource(nap < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : nap, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, stopping);
        try
        {
            await _changed.WaitAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            // The nap is over, or the server stops.
            return false;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _subscription.Dispose();
        _changed.Dispose();
    }

    private void Release()
    {
        try
        {
            _changed.Release();
        }
        catch (Exception late) when (late is SemaphoreFullException or ObjectDisposedException)
        {
            // Two changes at once, for which one waking serves; or one after the end.
        }
    }
}
