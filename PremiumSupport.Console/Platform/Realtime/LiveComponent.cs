using Microsoft.AspNetCore.Components;

namespace PremiumSupport.Platform.Realtime;

/// <summary>
/// A component that is never stale: it hears of changes, waits for the next beat of its page (<see cref="CircuitPulse"/>), which gathers what else has changed, and reads again with its own rights.
/// Derive, say what matters in <see cref="Concerns"/>, read in <see cref="ReloadAsync"/>.
/// </summary>
public abstract class LiveComponent : ComponentBase, IAsyncDisposable
{
    private CircuitPulse? _own;
    private IDisposable? _subscription;
    private volatile bool _isDisposed;
    private bool _isReloading;
    private bool _isStale;

    [Inject]
    private ChangeBus Bus { get; set; } = default!;

    /// <summary>The product's clock.</summary>
    [Inject]
    protected TimeProvider Clock { get; set; } = default!;

    // A component that stands outside of any page has a pulse for itself.
    [CascadingParameter]
    private CircuitPulse? Pulse { get; set; }

    /// <summary>Whether a change is worth reading again for. Asked on the thread of whoever changed something.</summary>
    protected abstract bool Concerns(Change change);

    /// <summary>Reads what the component shows. Called first on initialisation and then after changes; rendering follows by itself.</summary>
    protected abstract Task ReloadAsync();

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        // The prerender pass is thrown away at once: it needs the data, not the news.
        if (RendererInfo.IsInteractive)
        {
            _own = Pulse is null ? new() : null;
            _subscription = Bus.Subscribe(OnChange);
        }

        await ReloadAsync();
    }

    /// <inheritdoc />
    public virtual ValueTask DisposeAsync()
    {
        _isDisposed = true;
        _subscription?.Dispose();
        _own?.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>Runs something where the page's components run.</summary>
    internal Task OnCircuitAsync(Action work) => InvokeAsync(work);

    /// <summary>Draws it if it has anything new to show.</summary>
    internal void Draw()
    {
        if (!_isDisposed)
        {
            StateHasChanged();
        }
    }

    /// <summary>Reads again; false when it need not be drawn. On the circuit's own thread.</summary>
    internal async Task<bool> ReadAgainAsync()
    {
        // One reading at a time: one that takes longer than a beat would pile up, and an older answer could come last.
        if (_isDisposed || _isReloading)
        {
            _isStale = true;
            return false;
        }

        _isReloading = true;
        try
        {
            await ReloadAsync();
            return !_isDisposed;
        }
        catch (Exception failure)
        {
            await DispatchExceptionAsync(failure);
            return false;
        }
        finally
        {
            _isReloading = false;
            if (_isStale && !_isDisposed)
            {
                _isStale = false;
                (Pulse ?? _own)?.Ask(this);
            }
        }
    }

    private void OnChange(Change change)
    {
        if (!_isDisposed && (change == Change.Everything || Concerns(change)))
        {
            (Pulse ?? _own)?.Ask(this);
        }
    }
}
