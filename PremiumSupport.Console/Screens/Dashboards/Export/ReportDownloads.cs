using Microsoft.AspNetCore.Http.Features;
using NodaTime;
using PremiumSupport.Desk.Reports.Kept;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;

namespace PremiumSupport.Screens.Dashboards.Export;

/// <summary>The lists and figures of leads as files, by the addresses of their pages: the same words narrow them, and <c>zone</c> says where days begin (UTC where it is missing).</summary>
internal static class ReportDownloads
{
    private static readonly string[] PromiseHeads =
        ["ticket", "subject", "account", "accountKey", "specialist", "specialistEmail", "metric", "cycle", "commitment", "channel", "severity", "startedAt", "dueAt", "answeredAt", "tookSeconds", "outcome", "movedByException"];

    private static readonly string[] TicketHeads = ["ticket", "subject", "account", "accountKey", "specialist", "specialistEmail", "channel", "severity", "status", "at"];

    private static readonly string[] FigureHeads =
        ["groupBy", "key", "name", "matured", "met", "breached", "attainmentNet", "attainmentGross", "maturedBefore", "metBefore", "breachedBefore", "attainmentNetBefore", "attainmentGrossBefore"];

    /// <summary>Maps them beside their pages.</summary>
    public static void Map(IEndpointRouteBuilder app)
    {
        foreach (var format in new[] { "csv", "xlsx" })
        {
            app.MapGet($"/dashboard/promises.{format}", (HttpContext http, PromiseListQueries lists, TimeProvider clock) => PromisesAsync(http, lists, clock, format)).RequireAuthorization(Access.Lead).ExcludeFromDescription();
            app.MapGet($"/dashboard/tickets.{format}", (HttpContext http, TicketListQueries lists, TimeProvider clock) => TicketsAsync(http, lists, clock, format)).RequireAuthorization(Access.Lead).ExcludeFromDescription();
            app.MapGet($"/dashboard/figures.{format}", (HttpContext http, PeriodQueries periods, TimeProvider clock) => FiguresAsync(http, periods, clock, format)).RequireAuthorization(Access.Lead).ExcludeFromDescription();
        }
    }

    private static async Task<IResult> PromisesAsync(HttpContext http, PromiseListQueries lists, TimeProvider clock, string format)
    {
        if (Read(http, clock, out var choice, out var filter, out var zone) is { } refusal)
        {
            return refusal.ToResult();
        }

        var (period, _, _, lines) = await lists.AllAsync(choice, filter, zone, CallerReader.Staff(http.User)!, http.RequestAborted);
        return File(http, format, $"promises-{Name(period)}", PromiseHeads, async writer =>
        {
            await foreach (var line in lines)
            {
                await writer.AddAsync(
                [
                    line.Number, line.Subject, line.AccountName, line.AccountKey, line.SpecialistName, line.SpecialistEmail, LedgerFacts.Word(line.Metric), line.Cycle, LedgerFacts.Word(line.Commitment),
                    LedgerFacts.Word(line.Channel), LedgerFacts.Word(line.Severity), line.StartedAt, line.DueAt, line.AnsweredAt, line.Took.TotalSeconds,
                    line switch { { IsMet: true } => "met", { IsOwed: true } => "owed", _ => "late" }, line.IsMoved ? "yes" : "no",
                ]);
            }
        });
    }

    private static async Task<IResult> TicketsAsync(HttpContext http, TicketListQueries lists, TimeProvider clock, string format)
    {
        if (Read(http, clock, out var choice, out var filter, out var zone) is { } refusal)
        {
            return refusal.ToResult();
        }

        var word = http.Request.Query["of"].ToString();
        if (Enum.GetValues<TicketList>().Where(one => LedgerFacts.Word(one) == word).Select(one => (TicketList?)one).FirstOrDefault() is not { } list)
        {
            return Refusal.Invalid(("of", "Say which tickets: arrived, left or open.")).ToResult();
        }

        var (period, lines) = await lists.AllAsync(choice, filter, list, zone, CallerReader.Staff(http.User)!, http.RequestAborted);
        return File(http, format, $"tickets-{word}-{Name(period)}", TicketHeads, async writer =>
        {
            await foreach (var line in lines)
            {
                await writer.AddAsync(
                [
                    line.Number, line.Subject, line.AccountName, line.AccountKey, line.SpecialistName, line.SpecialistEmail, LedgerFacts.Word(line.Channel), LedgerFacts.Word(line.Severity), LedgerFacts.Word(line.Status), line.At,
                ]);
            }
        });
    }

    private static async Task<IResult> FiguresAsync(HttpContext http, PeriodQueries periods, TimeProvider clock, string format)
    {
        if (Read(http, clock, out var choice, out var filter, out var zone) is { } refusal)
        {
            return refusal.ToResult();
        }

        var report = await periods.ReadAsync(choice, filter, zone, CallerReader.Staff(http.User)!, http.RequestAborted);
        var figures = report.Figures;
        var accounts = await periods.AccountsAsync(figures, 0, int.MaxValue, http.RequestAborted);
        var specialists = await periods.SpecialistsAsync(figures, 0, int.MaxValue, http.RequestAborted);
        return File(http, format, $"figures-{Name(report.Period)}", FigureHeads, async writer =>
        {
            await AddAsync("metric", figures.Metrics.Select(group => (LedgerFacts.Word((Metric)group.Key), PromiseWords.Plural((Metric)group.Key), group.Value)));
            await AddAsync("channel", figures.Channels.Select(group => (LedgerFacts.Word((Channel)group.Key), PromiseWords.Name((Channel)group.Key), group.Value)));
            await AddAsync("severity", figures.Severities.Select(group => (LedgerFacts.Word((Severity)group.Key), PromiseWords.Name((Severity)group.Key), group.Value)));
            await AddAsync("account", accounts.Select(group => (group.Word, group.Name, group.Kept)));
            await AddAsync("specialist", specialists.Select(group => (group.Word, group.Name, group.Kept)));

            async Task AddAsync(string by, IEnumerable<(string Key, string Name, KeptPair Kept)> groups)
            {
                foreach (var (key, name, (now, before)) in groups)
                {
                    await writer.AddAsync([by, key, name, now.Matured, now.Met, now.Missed, now.Net, now.Gross, before.Matured, before.Met, before.Missed, before.Net, before.Gross]);
                }
            }
        });
    }

    private static IResult File(HttpContext http, string format, string name, IReadOnlyList<string> heads, Func<SheetWriter, Task> write)
    {
        if (format == "xlsx" && http.Features.Get<IHttpBodyControlFeature>() is { } control)
        {
            // The base library ends each part of a ZIP with sixteen bytes that it writes synchronously, whoever disposes of it how.
            control.AllowSynchronousIO = true;
        }

        return Results.Stream(
            async stream =>
            {
                await using var writer = await SheetWriter.BeginAsync(format, stream, heads, http.RequestAborted);
                await write(writer);
                await writer.FinishAsync();
            },
            SheetWriter.TypeOf(format), $"{name}.{format}");
    }

    private static Refusal? Read(HttpContext http, TimeProvider clock, out PeriodChoice choice, out PromiseFilter filter, out DateTimeZone zone)
    {
        string? Value(string key) => http.Request.Query[key] is [{ Length: > 0 } value, ..] ? value : null;
        var known = Value("zone") is { } id ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) : DateTimeZone.Utc;
        zone = known ?? DateTimeZone.Utc;
        (choice, var problem) = PeriodChoice.Read(Value("days"), Value("from"), Value("to"), Instant.FromDateTimeOffset(clock.GetUtcNow()).InZone(zone).Date);
        (filter, var unknown) = PromiseFilter.Read(Value);
        // A page shows something and says what is wrong; a file would be taken for what was asked for.
        return known is null ? Refusal.Invalid(("zone", "There is no such time zone.")) : problem is not null ? Refusal.Invalid(("days", problem)) : unknown is not null ? Refusal.Invalid(("filter", unknown)) : null;
    }

    private static string Name(ReportPeriod period) => $"{NodaTime.Text.LocalDatePattern.Iso.Format(period.First)}-to-{NodaTime.Text.LocalDatePattern.Iso.Format(period.Last)}";
}
