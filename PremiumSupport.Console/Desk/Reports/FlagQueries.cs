using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Reports;

/// <summary>How long after their moments warnings and breaches were noticed; nearest rank, null for none.</summary>
public sealed record FlagLateness(int Count, TimeSpan? P50, TimeSpan? P99, TimeSpan? Max);

/// <summary>Reads how late flags were.</summary>
public sealed class FlagQueries(IDbContextFactory<SupportDb> factory)
{
    /// <summary>
    /// Every flag that was noticed since an instant: the time from its moment to its noticing. A breach can be noticed one millisecond after its deadline at the
    /// earliest, and that one counts.
    /// </summary>
    public async Task<FlagLateness> LatenessAsync(DateTimeOffset since, StaffCaller caller, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var lateness = new List<TimeSpan>();
        await foreach (var flag in db.Set<FlagMark>().AsNoTracking().Where(flag => flag.DetectedAt >= since).Select(flag => new { flag.At, flag.DetectedAt }).AsAsyncEnumerable().WithCancellation(cancellation))
        {
            lateness.Add(flag.DetectedAt - flag.At);
        }

        lateness.Sort();
        return new(lateness.Count, Attainment.Percentile(lateness, 50), Attainment.Percentile(lateness, 99), Attainment.Percentile(lateness, 100));
    }
}
