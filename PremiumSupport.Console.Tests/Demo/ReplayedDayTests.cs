using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Accounts;
using PremiumSupport.Desk.Ledger;
using PremiumSupport.Desk.Reports.Kept;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;
using PremiumSupport.Sla.Proof;
using PremiumSupport.Tests.Hosting;
using PremiumSupport.Tests.Platform.Identity;

namespace PremiumSupport.Tests.Demo;

public sealed class SqliteReplayedDayTests() : ReplayedDayTests(DatabaseProvider.Sqlite);

public sealed class PostgresReplayedDayTests() : ReplayedDayTests(DatabaseProvider.PostgreSql);

/// <summary>A working day of the demo's traffic at speed, from seven to six, through the real commands: at its end dashboard and reports say what the ledger's rows alone say, and the verifier finds nothing.</summary>
public abstract class ReplayedDayTests(DatabaseProvider provider) : IAsyncLifetime
{
    private static readonly DateTimeOffset End = new(2026, 3, 4, 18, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Midnight = new(2026, 3, 4, 0, 0, 0, TimeSpan.Zero);
    private static readonly StaffCaller Lead = new(Guid.CreateVersion7(), "Ana Ruiz", "lead@demo.example", IsLead: true);

    private TestDatabase _database = default!;
    private QuietHost _host = default!;
    private List<LedgerOutcome> _told = [];
    private Dictionary<long, Filed> _tickets = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(provider);
        _host = QuietHost.Start(_database, new StandingClock(End), withTimer: false, new() { ["Demo:Replay"] = "11:00:00" });
        await using var db = await _host.Get<IDbContextFactory<SupportDb>>().CreateDbContextAsync(Cancel);
        var audit = _host.Get<LedgerAudit>();
        List<LedgerOutcome> told = [];
        foreach (var account in await db.Set<Account>().Select(account => account.Key).ToListAsync(Cancel))
        {
            told.AddRange((await audit.OutcomesAsync(account, Cancel)).Outcomes);
        }

        _told = told;
        _tickets = await db.Set<Ticket>().Select(ticket => new Filed(
            ticket.Number, ticket.Channel, ticket.Severity, ticket.Status, ticket.Account!.Key, db.Users.Where(user => user.Id == ticket.AssigneeId).Select(user => user.Email).FirstOrDefault() ?? ""))
            .ToDictionaryAsync(ticket => ticket.Number, Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }

    [Fact]
    public async Task Dashboard_reports_and_ledger_agree()
    {
        AssertWhole();
        var report = await _host.Get<LedgerAudit>().VerifyAsync(cancellation: Cancel);
        Assert.True(report.IsClean, string.Join('\n', report.Mismatches.Take(5)));
        Assert.Equal(_told.Count, report.Promises);

        await ReportsAgreeAsync();
        await PageAgreesAsync();
        TestContext.Current.TestOutputHelper?.WriteLine($"{_tickets.Count} requests, {_told.Count} promises, {report.Rows} rows.");
    }

    // A day without one of these would show less than it says.
    private void AssertWhole()
    {
        var day = LedgerSums.Of(_told, Midnight, End.AddMilliseconds(1), End);
        Assert.True(_tickets.Count > 150, $"{_tickets.Count} requests");
        Assert.True(day is { Met: > 50, Breached: > 5, Excluded: > 0, StillOwed: > 0 }, day.ToString());
        Assert.NotEqual(day.Met, day.MetGross);
        Assert.Contains(_told, promise => promise.Key.Metric == Metric.Callback);
        Assert.Contains(_told, promise => promise.CarriedFrom is not null);
        Assert.Contains(_told, promise => promise.IsWithdrawn);
        Assert.Contains(_told, promise => promise.Severity == Severity.BusinessCritical);
        Assert.Contains(_tickets.Values, ticket => ticket.Channel == Channel.Chat);
    }

    private async Task ReportsAgreeAsync()
    {
        var reports = _host.Get<SlaReports>();
        var window = new SlaWindow(Midnight, End.AddMilliseconds(1));
        foreach (var (grouping, key) in new (SlaGrouping, Func<LedgerOutcome, string>)[]
        {
            (SlaGrouping.Channel, promise => Word(_tickets[promise.Key.Ticket].Channel)),
            (SlaGrouping.Severity, promise => Word(_tickets[promise.Key.Ticket].Severity)),
            (SlaGrouping.Account, promise => _tickets[promise.Key.Ticket].Account),
            (SlaGrouping.Specialist, promise => _tickets[promise.Key.Ticket].Specialist),
            (SlaGrouping.Metric, promise => Word(promise.Key.Metric)),
            (SlaGrouping.Hour, promise => promise.DueAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH':00Z'", CultureInfo.InvariantCulture)),
            (SlaGrouping.Day, promise => promise.DueAt.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        })
        {
            var said = await reports.ReportAsync(window, grouping, Lead, Cancel);
            Assert.Equal(LedgerSums.Of(_told, window.From, window.To, End), said.Total);
            var groups = LedgerSums.Matured(_told, window.From, window.To, End).GroupBy(key).ToDictionary(group => group.Key, group => LedgerSums.Of(group, window.From, window.To, End));
            Assert.Equal(groups.OrderBy(group => group.Key, StringComparer.Ordinal), said.Groups.Where(group => group.Figures.Matured > 0).Select(group => KeyValuePair.Create(group.Key, group.Figures)));
        }
    }

    private async Task PageAgreesAsync()
    {
        // A dashboard that is asked before its book is read answers without figures.
        await _host.Get<PeriodQueries>().ReadAsync(PeriodChoice.Today, PromiseFilter.None, NodaTime.DateTimeZone.Utc, Lead, Cancel);
        using var browser = new AccountBrowser(new(new CookieKeeper(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }, forgetsDates: true)) { BaseAddress = _host.Host.Address });
        await browser.SignInAsync("lead@demo.example", SupportHost.Password);
        foreach (var days in new[] { 1, 7 })
        {
            var html = await ReadAsync(browser, $"/dashboard?days={days}");
            var from = Midnight.AddDays(1 - days);
            var all = LedgerSums.Of(_told, from, End.AddMilliseconds(1), End);
            var first = LedgerSums.Of(_told.Where(promise => promise.Key.Metric == Metric.FirstResponse), from, End.AddMilliseconds(1), End);
            Assert.Equal(Exact(100.0 * all.Met / (all.Met + all.Breached)), Tile(html, "kpi-attainment"));
            Assert.Equal(Exact(first.P50!.Value.TotalSeconds), Tile(html, "kpi-frt-p50"));
            Assert.Equal(Exact(first.P90!.Value.TotalSeconds), Tile(html, "kpi-frt-p90"));

            // What presses first of each open ticket, by its promises on the ledger.
            var open = _tickets.Values.Where(ticket => ticket.Status is TicketStatus.New or TicketStatus.Open or TicketStatus.Waiting).ToList();
            var pressing = open.Select(ticket => _told.Where(promise => promise.Key.Ticket == ticket.Number && promise is { AnsweredAt: null, MergedAt: null, PausedAt: null }).MinBy(promise => promise.DueAt))
                .OfType<LedgerOutcome>().ToList();
            Assert.Equal($"{open.Count}", Tile(html, "kpi-open"));
            Assert.Equal($"{pressing.Count(promise => promise.DueAt < End)}", Tile(html, "kpi-breached"));
            Assert.Equal($"{pressing.Count(promise => promise.DueAt >= End && promise.AtRiskAt <= End)}", Tile(html, "kpi-at-risk"));
        }
    }

    private static async Task<string> ReadAsync(AccountBrowser browser, string path)
    {
        var (status, _, html) = await browser.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, status);
        return html;
    }

    private static string Tile(string html, string name) =>
        Regex.Match(html, $"data-testid=\"{name}\" data-value=\"([^\"]*)\"", RegexOptions.None, TimeSpan.FromSeconds(1)) is { Success: true } match ? match.Groups[1].Value : throw new InvalidOperationException($"The page has no {name}.");

    private static string Exact(double figure) => figure.ToString("R", CultureInfo.InvariantCulture);

    private static string Word(Enum member) => char.ToLowerInvariant(member.ToString()[0]) + member.ToString()[1..];

    /// <summary>Under what a ticket is filed today; no ledger says that.</summary>
    private sealed record Filed(long Number, Channel Channel, Severity Severity, TicketStatus Status, string Account, string Specialist);
}
