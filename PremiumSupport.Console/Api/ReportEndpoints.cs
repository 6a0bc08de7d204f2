using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Web;
using PremiumSupport.Sla;

namespace PremiumSupport.Api;

/// <summary>Attainment and percentiles by REST (rules 13 and 14), as JSON and as CSV.</summary>
internal sealed class ReportEndpoints(SlaReports reports, TimeProvider clock)
{
    public async Task<IResult> SlaAsync(HttpContext http)
    {
        var (report, refusal) = await ReadAsync(http);
        return refusal?.ToResult() ?? Results.Json(
            new { groups = report!.Groups.Select(group => Figures(group.Key, group.Figures)), total = Figures(SlaCsv.Total, report.Total) },
            WireJson.Options);
    }

    public async Task<IResult> SlaCsvAsync(HttpContext http)
    {
        var (report, refusal) = await ReadAsync(http);
        return refusal?.ToResult() ?? Results.Text(SlaCsv.Write(report!), "text/csv");
    }

    /// <summary>The window and the filters of the address, and what the desk says of them; the last day where none is given.</summary>
    private async Task<(SlaReport? Report, Refusal? Refusal)> ReadAsync(HttpContext http)
    {
        var query = new ApiQuery(http);
        var now = clock.GetUtcNow();
        var (from, to) = (query.Instant("from"), query.Instant("to"));
        var grouping = query.Word<SlaGrouping>("groupBy") ?? SlaGrouping.Channel;
        var window = new SlaWindow(from ?? (to ?? now).AddDays(-1), to ?? now.AddMilliseconds(1))
        {
            Metric = query.Word<Metric>("metric"),
            Channel = query.Word<Channel>("channel"),
            Severity = query.Word<Severity>("severity"),
            Account = query.Text("account"),
            Specialist = query.Text("specialist"),
        };
        if (query.Refusal is null && window.From > window.To)
        {
            query.Refuse("from", "The window ends before it begins.");
        }

        return query.Refusal is { } refusal ? (null, refusal) : (await reports.ReportAsync(window, grouping, http.Staff(), http.RequestAborted), null);
    }

    private static object Figures(string key, AttainmentFigures figures) => new
    {
        key,
        figures.Matured,
        figures.Met,
        figures.Breached,
        figures.Excluded,
        owed = figures.StillOwed,
        attainmentGross = figures.Gross,
        attainmentNet = figures.Net,
        p50Seconds = figures.P50?.TotalSeconds,
        p90Seconds = figures.P90?.TotalSeconds,
        p95Seconds = figures.P95?.TotalSeconds,
    };
}
