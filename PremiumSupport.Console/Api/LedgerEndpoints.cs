using System.Text.Json;
using PremiumSupport.Desk.Ledger;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Web;
using PremiumSupport.Sla.Proof;

namespace PremiumSupport.Api;

/// <summary>The ledger by REST: checking it, and exporting what lets others check it (rule 16).</summary>
internal sealed class LedgerEndpoints(LedgerAudit audit, LedgerHeads heads, Statements statements, TimeProvider clock)
{
    public async Task<IResult> VerifyAsync(HttpContext http)
    {
        var query = new ApiQuery(http);
        var (from, to) = (query.Instant("from"), query.Instant("to"));
        if (from > to)
        {
            query.Refuse("from", "The window ends before it begins.");
        }

        if (query.Refusal is { } invalid)
        {
            return invalid.ToResult();
        }

        var report = await audit.VerifyAsync(new(from, to), cancellation: http.RequestAborted);
        return Results.Json(
            new { report.Checked, mismatches = report.Mismatches.Select(Out), report.More, report.Chains, report.Rows, obligations = report.Promises, seconds = Math.Round(report.Took.TotalSeconds, 3) },
            WireJson.Options);
    }

    public async Task<IResult> HeadsAsync(HttpContext http)
    {
        var exported = await heads.ExportAsync(http.RequestAborted);
        return exported.Value is { } sheet ? WireJson.Result(sheet) : exported.Refusal!.ToResult();
    }

    public async Task<IResult> CheckHeadsAsync(HttpContext http)
    {
        var (body, problem) = await ApiBody.ReadAsync<JsonDocument>(http);
        if (body is null)
        {
            return problem!;
        }

        using (body)
        {
            var check = await heads.CheckAsync(body.RootElement.ToString(), http.RequestAborted);
            return check.Value is not { } known ? check.Refusal!.ToResult()
                : WireJson.Result(new { known.At, heads = known.Heads, known.KeyId, known.IsOurKey, contained = known.Mismatches.Count == 0, mismatches = known.Mismatches.Select(Out) });
        }
    }

    public async Task<IResult> StatementAsync(string account, HttpContext http)
    {
        var query = new ApiQuery(http);
        var now = clock.GetUtcNow();
        var to = query.Instant("to") ?? now.AddMilliseconds(1);
        var from = query.Instant("from") ?? to.AddDays(-30);
        var format = query.Text("format") ?? "json";
        if (format is not ("json" or "csv"))
        {
            query.Refuse("format", "Say csv or json.");
        }

        if (from > to)
        {
            query.Refuse("from", "The window ends before it begins.");
        }

        if (query.Refusal is { } invalid)
        {
            return invalid.ToResult();
        }

        var read = await statements.ReadAsync(account, from, to, http.Staff(), http.RequestAborted);
        return read.Value is not { } statement ? read.Refusal!.ToResult()
            : format == "csv" ? Results.Text(StatementCsv.Write(statement), "text/csv")
            : WireJson.Result(StatementOut.Of(statement));
    }

    private static object Out(LedgerMismatch mismatch) => new { mismatch.Sequence, mismatch.Account, mismatch.Ticket, mismatch.What };
}
