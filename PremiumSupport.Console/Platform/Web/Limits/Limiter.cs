using System.Collections.Concurrent;

namespace PremiumSupport.Platform.Web.Limits;

/// <summary>
/// Keeps an <see cref="Allowance"/> for each caller, by whatever names them: an address, a person. Of this node alone, so that no request waits for another node; several
/// nodes allow so many times as much. Costs a callers' key and 8 bytes each, and forgets whoever has nothing used up.
/// </summary>
public sealed class Limiter(Allowance allowance, TimeProvider clock)
{
    private const int TidyAt = 4096;

    private readonly ConcurrentDictionary<string, TimeSpan> _emptyAt = new(StringComparer.Ordinal);
    private readonly long _began = clock.GetTimestamp();
    private int _tidyAt = TidyAt;

    /// <summary>How many callers are remembered.</summary>
    public int Count => _emptyAt.Count;

    /// <summary>Uses once. Null when that was allowed, else how long to wait.</summary>
    public TimeSpan? Take(string caller)
    {
        var now = clock.GetElapsedTime(_began);
        if (_emptyAt.Count >= _tidyAt)
        {
            Tidy(now);
        }

        while (true)
        {
            var known = _emptyAt.TryGetValue(caller, out var emptyAt);
            var (after, wait) = allowance.Take(emptyAt, now);
            if (wait is not null || (known ? _emptyAt.TryUpdate(caller, after, emptyAt) : _emptyAt.TryAdd(caller, after)))
            {
                return wait;
            }
        }
    }

    /// <summary>How long to wait for the next use; null when there is none to wait for. Uses nothing.</summary>
    public TimeSpan? Look(string caller) => allowance.Take(_emptyAt.GetValueOrDefault(caller), clock.GetElapsedTime(_began)).Wait;

    private void Tidy(TimeSpan now)
    {
        foreach (var (caller, emptyAt) in _emptyAt)
        {
            if (emptyAt <= now)
            {
                _emptyAt.TryRemove(new(caller, emptyAt));
            }
        }

        // Twice what is left, so that a crowd which stays is not walked through at each of its requests.
        _tidyAt = Math.Max(TidyAt, _emptyAt.Count * 2);
    }
}
