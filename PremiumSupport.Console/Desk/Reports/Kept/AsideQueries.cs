using NodaTime;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Reports.Kept;

/// <summary>What stands beside the figures of a period and changes slowly.</summary>
/// <param name="Days">First responses day by day; of a short period up to now, two weeks that led to it.</param>
/// <param name="Callbacks">Of the whole desk in the period.</param>
/// <param name="Lateness">Of the flags of a day.</param>
/// <param name="Record">How often forecasts were right.</param>
/// <param name="ByCriterion">Claims of the whole desk in the period.</param>
/// <param name="ByAccount">The same by account.</param>
public sealed record PeriodAsides(IReadOnlyList<ResponseDay> Days, CallbackReport Callbacks, FlagLateness Lateness, ForecastRecord Record, ClaimReport ByCriterion, ClaimReport ByAccount);

/// <summary>Reads <see cref="PeriodAsides"/>, once for all who look at the same for a quarter of a minute while no ticket changes: a page that is opened need not ask the database what the one before it was told.</summary>
public sealed class AsideQueries(PeriodQueries periods, FlagQueries flags, ClaimQueries claims, CallbackQueries callbacks, ForecastQueries forecasts)
{
    // One day has no course; the chart shows what led to it.
    private const int FewestDays = 14;
    private const int MostKept = 16;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(15);

    private readonly Lock _gate = new();
    private readonly Dictionary<(PeriodChoice, PromiseFilter, string), (PeriodReport Report, PeriodAsides Asides)> _kept = [];

    /// <summary>What stands beside a report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="choice">What it was asked for.</param>
    /// <param name="filter">What narrows it.</param>
    /// <param name="zone">The viewer's.</param>
    /// <param name="caller">Who looks.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<PeriodAsides> ReadAsync(PeriodReport report, PeriodChoice choice, PromiseFilter filter, DateTimeZone zone, StaffCaller caller, CancellationToken cancellation = default)
    {
        var key = (choice, filter, zone.Id);
        lock (_gate)
        {
            if (_kept.TryGetValue(key, out var kept) && ReferenceEquals(kept.Report.Book, report.Book) && report.ReadAt >= kept.Report.ReadAt && report.ReadAt - kept.Report.ReadAt < Rest)
            {
                return kept.Asides;
            }
        }

        var (period, since) = (report.Period, report.ReadAt.AddDays(-1));
        var (byCriterion, byAccount) = await claims.ReportsAsync(period.From, period.To, caller, cancellation);
        var asides = new PeriodAsides(
            await periods.DaysAsync(period.Days < FewestDays && period.IsRunning ? new PeriodChoice(FewestDays) : choice, filter, zone, caller, cancellation),
            await callbacks.ReportAsync(period.From, period.To, caller, cancellation),
            await flags.LatenessAsync(since, caller, cancellation),
            await forecasts.RecordAsync(cancellation),
            byCriterion,
            byAccount);
        lock (_gate)
        {
            if (_kept.Count >= MostKept)
            {
                _kept.Clear();
            }

            _kept[key] = (report, asides);
        }

        return asides;
    }
}
