namespace PremiumSupport.Platform.Realtime;

/// <summary>
/// What brings the components of one page up to date: those that heard of a change read again together and are drawn in one batch. Each by itself would be a message of its own
/// to the browser for the same change, and a page has five that live.
/// </summary>
public sealed class CircuitPulse : IDisposable
{
    /// <summary>
    /// The shortest time between two beats; a change that comes alone is shown at once. What changes all the time, the queue, paces its news itself, and this is half of its pace: with the whole of it, a beat that
    /// was late for once would make all that follow as late.
    /// </summary>
    public static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(75);

    // The machine's clock, whatever clock the product runs by: the gap is about load, not about promises.
    private static readonly TimeProvider Clock = TimeProvider.System;

    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private List<LiveComponent> _waiting = [];
    private long _last;
    private bool _isDisposed;

    // Touched on the circuit's own thread alone.
    private readonly List<LiveComponent> _ready = [];
    private Action? _draw;

    /// <summary>Of a page that has heard nothing yet.</summary>
    public CircuitPulse() => _timer = Clock.CreateTimer(_ => Beat(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
        }

        _timer.Dispose();
    }

    /// <summary>A component has to read again with the next beat. From any thread.</summary>
    internal void Ask(LiveComponent component)
    {
        lock (_gate)
        {
            if (_isDisposed || _waiting.Contains(component))
            {
                return;
            }

            _waiting.Add(component);
            if (_waiting.Count == 1)
            {
                var since = Clock.GetElapsedTime(_last);
                _timer.Change(_last == 0 || since >= Gap ? TimeSpan.Zero : Gap - since, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>Says how the page draws all that is ready at once; see <see cref="PulseBeat"/>.</summary>
    internal void DrawBy(Action draw) => _draw = draw;

    /// <summary>Has all that is ready drawn; called while the page is being drawn, so that all of it becomes one batch.</summary>
    internal void DrawReady()
    {
        _ready.ForEach(component => component.Draw());
        _ready.Clear();
    }

    /// <summary>A component has read. On the circuit's own thread.</summary>
    internal void Show(IEnumerable<LiveComponent> read)
    {
        _ready.AddRange(read);
        if (_draw is { } draw)
        {
            draw();
        }
        else
        {
            DrawReady();
        }
    }

    private void Beat()
    {
        List<LiveComponent> beating;
        lock (_gate)
        {
            if (_isDisposed || _waiting.Count == 0)
            {
                return;
            }

            (beating, _waiting, _last) = (_waiting, [], Clock.GetTimestamp());
        }

        _ = beating[0].OnCircuitAsync(() => Read(beating));
    }

    // What is read at once, and most is, is drawn together; what takes longer keeps nothing waiting.
    private void Read(List<LiveComponent> beating)
    {
        var read = new List<LiveComponent>(beating.Count);
        foreach (var component in beating)
        {
            var reading = component.ReadAgainAsync();
            if (!reading.IsCompletedSuccessfully)
            {
                _ = ShowLaterAsync(component, reading);
            }
            else if (reading.GetAwaiter().GetResult())
            {
                read.Add(component);
            }
        }

        if (read.Count > 0)
        {
            Show(read);
        }
    }

    private async Task ShowLaterAsync(LiveComponent component, Task<bool> reading)
    {
        if (await reading)
        {
            Show([component]);
        }
    }
}
