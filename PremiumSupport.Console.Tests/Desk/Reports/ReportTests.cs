using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Entitlements;
using PremiumSupport.Desk.Reports;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Monitoring;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Figures;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Desk.Reports;

/// <summary>What the desk says about itself: kept promises, claims, flags, forecasts and what another policy would have made of the past.</summary>
public class ReportTests : IAsyncLifetime
{
    private static readonly StaffCaller Lead = new(Guid.NewGuid(), "Lena", "lead@demo.example", IsLead: true);
    private readonly QuietHost _host;
    private ApiCaller _api = default!;

    public ReportTests()
        : this(new())
    {
    }

    protected ReportTests(QuietHost host) => _host = host;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _host.InitializeAsync();
        _api = new(_host.Host.Api());
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Rule_13_an_exception_shows_between_gross_and_net_and_API_and_CSV_agree_to_the_last_digit()
    {
        var start = _host.Clock.GetUtcNow();
        await ExceptAsync(start.AddMinutes(10), start.AddMinutes(20));
        foreach (var minutes in new[] { 5.0, 12.0625, 65, 75 })
        {
            await AnswerAsync(await _api.OpenAsync(ApiCaller.Plain()), start.AddMinutes(minutes));
        }

        _host.Clock.Advance(TimeSpan.FromHours(3));
        var query = $"from={Text(start)}&to={Text(start.AddHours(2))}&groupBy=account";
        var json = (await _api.GetAsync($"/api/v1/reports/sla?{query}")).Is(HttpStatusCode.OK)["total"];
        Assert.Equal((4, 3, 1, 4, 0), (Int("matured"), Int("met"), Int("breached"), Int("excluded"), Int("owed")));
        Assert.Equal((75.0, 50.0), (json.GetProperty("attainmentNet").GetDouble(), json.GetProperty("attainmentGross").GetDouble()));

        var csv = (await _api.GetAsync($"/api/v1/reports/sla.csv?{query}")).Is(HttpStatusCode.OK);
        Assert.Equal("text/csv", csv.Type);
        var lines = csv.Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',')).ToList();
        Assert.Equal(["acme", "total"], lines.Skip(1).Select(line => line[0]));
        foreach (var (name, cell) in lines[0].Zip(lines[^1]))
        {
            Assert.Equal(json.GetProperty(name).ToString(), cell);
        }

        // The same window by another door of the query layer.
        var figures = await _host.Get<SlaReports>().FiguresAsync(new(start, start.AddHours(2)), Lead, Cancel);
        Assert.Equal(json.GetProperty("p90Seconds").GetDouble(), figures.P90!.Value.TotalSeconds);

        int Int(string name) => json.GetProperty(name).GetInt32();
    }

    [Fact]
    public async Task Windows_are_half_open_and_every_filter_narrows()
    {
        var start = _host.Clock.GetUtcNow();
        await AnswerAsync(await _api.OpenAsync(ApiCaller.Plain()), start.AddMinutes(5));
        await AnswerAsync(await _api.OpenAsync(ApiCaller.Critical()), start.AddMinutes(6));
        _host.Clock.Advance(TimeSpan.FromHours(3));
        var (critical, standard) = (start.AddMinutes(30), start.AddHours(1));

        Assert.Equal(1, await MaturedAsync($"from={Text(critical)}&to={Text(standard)}"));
        Assert.Equal(2, await MaturedAsync($"from={Text(critical)}&to={Text(standard.AddMilliseconds(1))}"));
        Assert.Equal(0, await MaturedAsync($"from={Text(critical.AddMilliseconds(1))}&to={Text(standard)}"));
        foreach (var (filter, matured) in new[]
        {
            ("severity=businessCritical", 1), ("channel=email", 2), ("channel=chat", 0), ("account=acme", 2), ("account=globex", 0), ("metric=firstResponse", 2), ("metric=callback", 0),
            ("specialist=admin@demo.example", 0), ("specialist=", 2),
        })
        {
            Assert.Equal(matured, await MaturedAsync($"from={Text(start)}&to={Text(start.AddHours(2))}&{filter}"));
        }

        async Task<int> MaturedAsync(string query) => (await _api.GetAsync($"/api/v1/reports/sla?{query}")).Is(HttpStatusCode.OK)["total"].GetProperty("matured").GetInt32();
    }

    [Theory]
    [InlineData("/api/v1/reports/sla?channel=fax", "channel")]
    [InlineData("/api/v1/reports/sla.csv?metric=speed", "metric")]
    [InlineData("/api/v1/reports/claims?groupBy=mood", "groupBy")]
    [InlineData("/api/v1/reports/claims?from=2026-02-02T00:00:00Z&to=2026-02-01T00:00:00Z", "from")]
    public async Task A_filter_that_is_none_is_named(string address, string field) => (await _api.GetAsync(address)).IsProblem(400, "invalid", field);

    [Fact]
    public void A_key_that_looks_like_a_formula_is_text_in_a_spreadsheet() =>
        Assert.Contains("'=HYPERLINK", SlaCsv.Write(new(new(default, default), default, [new("=HYPERLINK(1)", AttainmentFigures.None)], AttainmentFigures.None)), StringComparison.Ordinal);

    [Fact]
    public async Task Decline_rates_are_told_by_account_and_by_criterion_and_leave_pending_claims_out()
    {
        await _api.OpenAsync(ApiCaller.Critical());
        foreach (var confirm in new[] { true, false, false })
        {
            var number = await _api.OpenAsync(ApiCaller.Critical());
            (await _api.PostAsync($"/api/v1/tickets/{number}/severity-decision", new { confirm, reason = "One person only." })).Is(HttpStatusCode.OK);
        }

        await _api.OpenAsync(ApiCaller.Plain());
        foreach (var (grouping, key) in new[] { ("account", "acme"), ("criterion", "signIn") })
        {
            var report = (await _api.GetAsync($"/api/v1/reports/claims?groupBy={grouping}")).Is(HttpStatusCode.OK);
            var group = Assert.Single(report["groups"].EnumerateArray());
            Assert.Equal((key, 4, 1, 2, 1), (group.GetProperty("key").GetString(), group.GetProperty("claimed").GetInt32(), group.GetProperty("confirmed").GetInt32(), group.GetProperty("declined").GetInt32(), group.GetProperty("pending").GetInt32()));
            Assert.Equal(200.0 / 3, report["total"].GetProperty("declineRate").GetDouble());
        }
    }

    [Fact]
    public async Task Flags_are_as_late_as_they_were_noticed()
    {
        await _api.OpenAsync(ApiCaller.Plain());
        _host.Clock.Advance(new TimeSpan(0, 30, 2));
        await _host.Get<FlagSweep>().RunAsync(Cancel);
        _host.Clock.Advance(TimeSpan.FromMinutes(15));
        await _host.Get<FlagSweep>().RunAsync(Cancel);

        var lateness = await _host.Get<FlagQueries>().LatenessAsync(_host.Clock.GetUtcNow().AddDays(-1), Lead, Cancel);
        Assert.Equal(new FlagLateness(2, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2)), lateness);
        Assert.Equal(0, (await _host.Get<FlagQueries>().LatenessAsync(_host.Clock.GetUtcNow().AddMilliseconds(1), Lead, Cancel)).Count);

        // The list holds what the figures counted, the latest noticed first, and says how many there are.
        var (lines, count) = await _host.Get<FlagQueries>().ListAsync(_host.Clock.GetUtcNow().AddDays(-1), 1, Lead, Cancel);
        Assert.Equal((2, lateness.Max, "A question", "Acme"), (count, Assert.Single(lines).Late, lines[0].Subject, lines[0].AccountName));
        Assert.Equal(0, (await _host.Get<FlagQueries>().ListAsync(_host.Clock.GetUtcNow().AddMilliseconds(1), 1, Lead, Cancel)).Count);
    }

    [Fact]
    public async Task A_forecast_is_kept_once_a_quarter_of_an_hour_and_judged_when_its_hour_is_over()
    {
        var number = await _api.OpenAsync(ApiCaller.Plain());
        var forecasts = _host.Get<ForecastCommands>();
        Assert.Equal(0, (await _host.Get<ForecastQueries>().RecordAsync(Cancel)).Count);
        await Task.WhenAll(forecasts.RecordAsync(Cancel), forecasts.RecordAsync(Cancel));

        var kept = Assert.Single(await ForecastsAsync());
        Assert.Equal((1.0, number, 0, null, null), (kept.Expected, kept.FirstTicket, kept.Specialists, kept.Actual, kept.FirstMissed));

        _host.Clock.Advance(TimeSpan.FromMinutes(59));
        await forecasts.RecordAsync(Cancel);
        Assert.All(await ForecastsAsync(), forecast => Assert.Null(forecast.Actual));

        _host.Clock.Advance(TimeSpan.FromMinutes(3));
        await _host.Get<FlagSweep>().RunAsync(Cancel);
        await forecasts.RecordAsync(Cancel);
        await forecasts.RecordAsync(Cancel);
        kept = (await ForecastsAsync())[0];
        Assert.Equal((1, true), (kept.Actual, kept.FirstMissed));
        Assert.Equal(new ForecastRecord(1, 0, 1, 1, 1), await _host.Get<ForecastQueries>().RecordAsync(Cancel));
        Assert.Equal(kept.Id, Assert.Single(await _host.Get<ForecastQueries>().JudgedAsync(Cancel)).Id);
    }

    [Fact]
    public async Task Somebody_online_is_expected_to_answer_and_leads_only_when_something_due_is_theirs()
    {
        var number = await _api.OpenAsync(ApiCaller.Plain());
        var presence = _host.Get<StaffPresence>();
        var (specialist, lead) = (await StaffAsync("specialist@demo.example"), await StaffAsync("lead@demo.example"));
        presence.Enter(lead);
        Assert.Equal((0, 1.0), await NowAsync());

        presence.Enter(specialist);
        presence.Enter(specialist);
        Assert.Equal((1, 0.0), await NowAsync());

        (await _host.Get<TicketCommands>().AssignAsync(number, lead, Lead, cancellation: Cancel)).Value!.ToString();
        Assert.Equal((2, 0.0), await NowAsync());

        presence.Leave(specialist);
        presence.Leave(specialist);
        presence.Leave(lead);
        Assert.Equal((0, 1.0), await NowAsync());

        async Task<(int, double)> NowAsync()
        {
            _host.Clock.Advance(TimeSpan.FromSeconds(16));
            var view = await _host.Get<ForecastQueries>().NowAsync(Cancel);
            return (view.Specialists, view.Forecast.Expected);
        }
    }

    [Fact]
    public async Task The_ledger_is_replayed_under_another_policy()
    {
        var start = _host.Clock.GetUtcNow();
        var (late, quick) = (await _api.OpenAsync(ApiCaller.Critical()), await _api.OpenAsync(ApiCaller.Critical()));
        var declined = await _api.OpenAsync(ApiCaller.Critical());
        await AnswerAsync(quick, start.AddMinutes(10));
        _host.Clock.Advance(TimeSpan.FromMinutes(25));
        await _api.SayAsync(late, "We are on it.");
        (await _api.PostAsync($"/api/v1/tickets/{declined}/severity-decision", new { confirm = false, reason = "One person only." })).Is(HttpStatusCode.OK);
        _host.Clock.Advance(TimeSpan.FromMinutes(20));
        await _api.SayAsync(declined, "Here you are.");
        _host.Clock.Advance(TimeSpan.FromDays(1));

        var policy = JsonNode.Parse((await _api.GetAsync("/api/v1/sla/policy")).Text)!;
        policy["rules"]![0]!["target"] = new JsonObject { ["duration"] = "00:20:00" };
        var found = (await _api.PostAsync("/api/v1/reports/simulate", new { from = start, to = start.AddHours(1), policy })).Is(HttpStatusCode.OK);

        Assert.Equal((3, 2, 0), (found["replayed"].GetInt32(), found["moreBreaches"].GetInt32(), found["fewerBreaches"].GetInt32()));
        Assert.Equal([late, declined], found["changed"].EnumerateArray().Select(changed => changed.GetProperty("ticket").GetInt64()));
        Assert.StartsWith("Email form, Super Admin, business critical at 20 minutes: 2 more breaches, 2 instead of 0", found["sentence"].GetString(), StringComparison.Ordinal);
        Assert.Equal("businessCritical", found["byRule"][0].GetProperty("rule").GetProperty("severity").GetString());
        Assert.Equal(2, found["byRule"][0].GetProperty("figures").GetProperty("difference").GetInt32());

        // The policy in force finds what was: the ledger and the clock agree.
        var same = (await _api.PostAsync("/api/v1/reports/simulate", new { from = start, to = start.AddHours(1), policy = JsonNode.Parse((await _api.GetAsync("/api/v1/sla/policy")).Text) })).Is(HttpStatusCode.OK);
        Assert.Equal((0, 0, 3), (same["moreBreaches"].GetInt32(), same["fewerBreaches"].GetInt32(), same["total"].GetProperty("wasMet").GetInt32()));
    }

    [Fact]
    public async Task A_simulation_without_period_or_with_a_policy_that_is_none_is_refused_with_the_fields()
    {
        var policy = JsonNode.Parse((await _api.GetAsync("/api/v1/sla/policy")).Text)!;
        policy["rules"]![0]!["target"] = new JsonObject { ["duration"] = "-00:20:00" };
        var refused = await _api.PostAsync("/api/v1/reports/simulate", new { policy });
        refused.IsProblem(400, "invalid", "from").IsProblem(400, "invalid", "to").IsProblem(400, "invalid", "policy.rules[0].target");
        (await _api.PostAsync("/api/v1/reports/simulate", new { from = "2026-03-01T00:00:00Z", to = "2026-03-01T00:00:00Z" })).IsProblem(400, "invalid", "from").IsProblem(400, "invalid", "policy");
    }

    private async Task<List<ForecastEntry>> ForecastsAsync()
    {
        await using var db = await _host.Get<IDbContextFactory<SupportDb>>().CreateDbContextAsync(Cancel);
        return await db.Set<ForecastEntry>().AsNoTracking().OrderBy(forecast => forecast.Slot).ToListAsync(Cancel);
    }

    private async Task<Guid> StaffAsync(string email) => (await _host.Get<StaffQueries>().FindAsync(email, Cancel))!.Id;

    /// <summary>Answers as somebody whose clock shows another time would: the ticket's life goes on there.</summary>
    private async Task AnswerAsync(long number, DateTimeOffset at) =>
        Assert.True((await Measured.CommandsAt(_host.Host, new StandingClock(at)).ReplyAsync(number, "Here you are.", Guid.NewGuid().ToString("N"), false, Lead, Cancel)).IsDone);

    private async Task ExceptAsync(DateTimeOffset from, DateTimeOffset to)
    {
        await using var db = await _host.Get<IDbContextFactory<SupportDb>>().CreateDbContextAsync(Cancel);
        db.Add(new SlaException
        {
            Id = Guid.NewGuid(), From = from, To = to, ScopeKind = ExceptionScope.Everything, Reason = ExceptionReason.Maintenance, Note = "We move house.", AuthorName = "Lena",
            DeclaredAt = from.AddHours(-1), State = ExceptionState.Approved, ApproverName = "Ada", ApprovedAt = from.AddHours(-1),
        });
        await db.SaveChangesAsync(Cancel);
    }

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}

/// <summary>The same on PostgreSQL.</summary>
public sealed class PostgresReportTests() : ReportTests(new PostgresQuietHost().OrSkip());
