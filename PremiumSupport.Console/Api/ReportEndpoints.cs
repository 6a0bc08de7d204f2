using PremiumSupport.Desk.Entitlements;
using PremiumSupport.Desk.Reports;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Web;
using PremiumSupport.Sla;

namespace PremiumSupport.Api;

/// <summary>What was kept and what was claimed, and what another policy would have made of it, by REST.</summary>
internal sealed class ReportEndpoints(SlaReports reports, ClaimQueries claims, RatingQueries ratings, CallbackQueries callbacks, SimulationQueries simulations, Policies policies, TimeProvider clock)
{
    private const int DefaultClaimDays = 90;

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

    public async Task<IResult> ClaimsAsync(HttpContext http)
    {
        var query = new ApiQuery(http);
        var now = clock.GetUtcNow();
        var (from, to) = Window(query, now, DefaultClaimDays);
        var grouping = query.Word<ClaimGrouping>("groupBy") ?? ClaimGrouping.Account;
        if (query.Refusal is { } refusal)
        {
            return refusal.ToResult();
        }

        var report = await claims.ReportAsync(from, to, grouping, http.Staff(), http.RequestAborted);
        return WireJson.Result(new { groups = report.Groups.Select(group => Claims(group.Key, group.Figures)), total = Claims(SlaCsv.Total, report.Total) });
    }

    public async Task<IResult> RatingsAsync(HttpContext http)
    {
        var query = new ApiQuery(http);
        var (from, to) = Window(query, clock.GetUtcNow(), DefaultClaimDays);
        var grouping = query.Word<RatingGrouping>("groupBy") ?? RatingGrouping.Account;
        if (query.Refusal is { } refusal)
        {
            return refusal.ToResult();
        }

        var report = await ratings.ReportAsync(from, to, grouping, http.Staff(), http.RequestAborted);
        return WireJson.Result(new { groups = report.Groups.Select(group => Ratings(group.Key, group.Figures)), total = Ratings(SlaCsv.Total, report.Total) });
    }

    public async Task<IResult> CallbacksAsync(HttpContext http)
    {
        var (report, refusal) = await ReadCallbacksAsync(http);
        return refusal?.ToResult() ?? Results.Json(
            new { kept = Figures("callback", report!.Kept), reached = report.Reached, reachedRate = report.ReachedRate, attempts = report.Attempts, outcomes = report.Outcomes.ToDictionary(outcome => LedgerFacts.Word(outcome.Key), outcome => outcome.Value) },
            WireJson.Options);
    }

    public async Task<IResult> CallbacksCsvAsync(HttpContext http)
    {
        var (report, refusal) = await ReadCallbacksAsync(http);
        return refusal?.ToResult() ?? Results.Text(
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"matured,met,breached,reached,attempts,{string.Join(',', report!.Outcomes.Keys.Select(outcome => $"attempts{outcome}"))}\r\n{report.Kept.Matured},{report.Kept.Met},{report.Kept.Breached},{report.Reached},{report.Attempts},{string.Join(',', report.Outcomes.Values)}\r\n"),
            "text/csv");
    }

    private async Task<(CallbackReport? Report, Refusal? Refusal)> ReadCallbacksAsync(HttpContext http)
    {
        var query = new ApiQuery(http);
        var (from, to) = Window(query, clock.GetUtcNow(), DefaultClaimDays);
        return query.Refusal is { } refusal ? (null, refusal) : (await callbacks.ReportAsync(from, to, http.Staff(), http.RequestAborted), null);
    }

    public async Task<IResult> SimulateAsync(HttpContext http)
    {
        var (input, problem) = await ApiBody.ReadAsync<SimulationInput>(http);
        if (problem is not null)
        {
            return problem;
        }

        var (tried, refusal) = input!.Check(policies.Current);
        return refusal?.ToResult() ?? Results.Json(
            SimulationOut.Of(await simulations.RunAsync(input.From!.Value, input.To!.Value, tried!, http.Staff(), cancellation: http.RequestAborted)),
            WireJson.Options);
    }

    /// <summary>The window and the filters of the address, and what the desk says of them; the last day where none is given.</summary>
    private async Task<(SlaReport? Report, Refusal? Refusal)> ReadAsync(HttpContext http)
    {
        var query = new ApiQuery(http);
        var now = clock.GetUtcNow();
        var (from, to) = Window(query, now, days: 1);
        var grouping = query.Word<SlaGrouping>("groupBy") ?? SlaGrouping.Channel;
        var window = new SlaWindow(from, to)
        {
            Metric = query.Word<Metric>("metric"),
            Channel = query.Word<Channel>("channel"),
            Severity = query.Word<Severity>("severity"),
            Account = query.Text("account"),
            Specialist = query.Text("specialist"),
        };
        return query.Refusal is { } refusal ? (null, refusal) : (await reports.ReportAsync(window, grouping, http.Staff(), http.RequestAborted), null);
    }

    /// <summary>From and to of the address, half-open; up to now and so many days where they are not given.</summary>
    private static (DateTimeOffset From, DateTimeOffset To) Window(ApiQuery query, DateTimeOffset now, int days)
    {
        var (from, to) = (query.Instant("from"), query.Instant("to") ?? now.AddMilliseconds(1));
        if (query.Refusal is null && from > to)
        {
            query.Refuse("from", "The window ends before it begins.");
        }

        return (from ?? to.AddDays(-days), to);
    }

    private static object Ratings(string key, RatingFigures figures) => new
    {
        key, figures.Rated, veryBad = figures.Scores[0], bad = figures.Scores[1], okay = figures.Scores[2], good = figures.Scores[3], veryGood = figures.Scores[4], figures.GoodRate,
    };

    private static object Claims(string key, ClaimFigures figures) => new { key, figures.Claimed, figures.Confirmed, figures.Declined, figures.Pending, figures.DeclineRate };

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
