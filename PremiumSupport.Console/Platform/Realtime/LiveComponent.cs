using Microsoft.AspNetCore.Components;

namespace PremiumSupport.Platform.Realtime;

/// <summary>
/// A component that is never stale: it hears of changes, waits until a burst is over (at most four reloads a second) and reads again with its own rights.
/// Derive, say what matters in <see cref="Concerns"/>, read in <see cref="ReloadAsync"/>.
/// </summary>
public abstract class LiveComponent : ComponentBase, IAsyncDisposable
{
    private static readonly TimeSpan Throttle = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private IDisposable? _subscription;
    private ITimer? _timer;
    private long _lastReload;
    private bool _pending;
    private bool _disposed;
    private bool _isReloading;
    private bool _isStale;

    [Inject]
    private ChangeBus Bus { get; set; } = default!;

    /// <summary>The clock that the component and its throttle read.</summary>
    [Inject]
    protected TimeProvider Clock { get; set; } = default!;

    /// <summary>Whether a change is worth reading again for.</summary>
    protected abstract bool Concerns(Change change);

    /// <summary>Reads what the component shows. Called first on initialisation and then after changes; rendering follows by itself.</summary>
    protected abstract Task ReloadAsync();

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        // The prerender pass is thrown away at once: it needs the data, not the news.
        if (RendererInfo.IsInteractive)
        {
            _timer = Clock.CreateTimer(_ => _ = InvokeAsync(ReloadSafelyAsync), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _subscription = Bus.Subscribe(OnChange);
        }

        await ReloadAsync();
        _lastReload = Clock.GetTimestamp();
    }

    /// <inheritdoc />
    public virtual ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _disposed = true;
        }

        _subscription?.Dispose();
        _timer?.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private void OnChange(Change change)
    {
        if (change != Change.Everything && !Concerns(change))
        {
            return;
        }

        lock (_gate)
        {
            if (_pending || _disposed)
            {
                return;
            }

            _pending = true;
            var since = Clock.GetElapsedTime(_lastReload);
            _timer?.Change(since >= Throttle ? TimeSpan.Zero : Throttle - since, Timeout.InfiniteTimeSpan);
        }
    }

    private async Task ReloadSafelyAsync()
    {
        lock (_gate)
        {
            _pending = false;
            _lastReload = Clock.GetTimestamp();
            if (_disposed)
            {
                return;
            }
        }

        // One at a time, on the renderer's own thread: a reading that takes longer than the throttle would pile up, and an older answer could come last.
        _isStale = true;
        if (_isReloading)
        {
            return;
        }

        _isReloading = true;
        try
        {
            while (_isStale && !_disposed)
            {
                _isStale = false;
                await ReloadAsync();
                StateHasChanged();
            }
        }
        catch (Exception failure)
        {
            await DispatchExceptionAsync(failure);
        }
        finally
        {
            _isReloading = false;
        }
    }
}
