using System.Collections.Concurrent;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets;

/// <summary>
/// How the day goes, for the foot of every queue. Read once for all pages of the node that have the same midnight, and for a few seconds: a thousand pages would otherwise walk through the day's promises a
/// thousand times for one ticket. The figures are the same for all of the staff.
/// </summary>
public sealed class DayFigures(SlaReports reports, TimeProvider clock)
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<DateTimeOffset, Lazy<Reading>> _days = new();

    /// <summary>The promises that fell due from then until now, up to five seconds old.</summary>
    /// <param name="midnight">When the day began where the viewer is.</param>
    /// <param name="caller">Who looks; only staff may.</param>
    public async Task<AttainmentFigures> SinceAsync(DateTimeOffset midnight, StaffCaller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var now = clock.GetUtcNow();
        var known = _days.GetValueOrDefault(midnight);
        if (known is null || !known.Value.Holds(now))
        {
            Lazy<Reading> anew = new(() => new(now, Task.Run(() => reports.FiguresAsync(new(midnight, now.AddMilliseconds(1)), caller))));
            known = _days.AddOrUpdate(midnight, anew, (_, other) => ReferenceEquals(other, known) ? anew : other);
            foreach (var past in _days.Keys.Where(day => day < now.AddDays(-3)))
            {
                _days.TryRemove(past, out _);
            }
        }

        return await known.Value.Figures;
    }

    private sealed record Reading(DateTimeOffset At, Task<AttainmentFigures> Figures)
    {
        // One that failed is not kept: whoever asks next tries again. Nor is one from before a clock was put back.
        public bool Holds(DateTimeOffset now) => now >= At && now - At < Rest && !Figures.IsFaulted;
    }
}
