using System.Globalization;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Web;
using PremiumSupport.Sla;

namespace PremiumSupport.Api;

/// <summary>Attainment and percentiles by REST (rules 13 and 14).</summary>
internal sealed class ReportEndpoints(SlaReports reports, TimeProvider clock)
{
    public async Task<IResult> SlaAsync(string? groupBy, HttpContext http)
    {
        var query = new ApiQuery(http);
        var (from, to) = (query.Instant("from"), query.Instant("to"));
        if (query.Refusal is { } invalid)
        {
            return invalid.ToResult();
        }

        var now = clock.GetUtcNow();
        Func<ReportedPromise, string>? key = (groupBy ?? "channel") switch
        {
            "channel" => promise => Word(promise.Channel),
            "severity" => promise => Word(promise.Severity),
            "account" => promise => promise.AccountKey,
            "specialist" => promise => promise.Specialist ?? "",
            "hour" => promise => promise.Promise.DueAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH':00Z'", CultureInfo.InvariantCulture),
            "day" => promise => promise.Promise.DueAt.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            _ => null,
        };
        if (key is null)
        {
            return Refusal.Invalid(("groupBy", "Say channel, severity, account, specialist, hour or day.")).ToResult();
        }

        if (from > to)
        {
            return Refusal.Invalid(("from", "The window ends before it begins.")).ToResult();
        }

        var promises = await reports.MaturedAsync(from ?? now.AddDays(-1), to ?? now.AddMilliseconds(1), http.Staff(), http.RequestAborted);
        return Results.Json(
            new
            {
                groups = promises.GroupBy(key).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => Figures(group.Key, group, now)),
                total = Figures("total", promises, now),
            },
            WireJson.Options);
    }

    private static object Figures(string key, IEnumerable<ReportedPromise> promises, DateTimeOffset now)
    {
        var figures = Attainment.Of(promises.Select(promise => promise.Promise), now);
        return new
        {
            key,
            figures.Matured,
            figures.Met,
            figures.Breached,
            excluded = 0,
            attainmentGross = figures.Percent,
            attainmentNet = figures.Percent,
            p50Seconds = figures.P50?.TotalSeconds,
            p90Seconds = figures.P90?.TotalSeconds,
            p95Seconds = figures.P95?.TotalSeconds,
        };
    }

    private static string Word(Enum member) => char.ToLowerInvariant(member.ToString()[0]) + member.ToString()[1..];
}
