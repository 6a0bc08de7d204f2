using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using PremiumSupport.Desk.Reports.Kept;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Monitoring;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Ledger;
using PremiumSupport.Platform.Realtime;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Desk.Reports.Kept;

/// <summary>What the book in memory says after a random life, against the database, the ledger and a book that was read anew.</summary>
public class PeriodQueriesTests : IAsyncLifetime
{
    private static readonly StaffCaller Lead = new(Guid.NewGuid(), "Lena", "lead@demo.example", IsLead: true);
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
    private static readonly string[] Assignees = ["specialist@demo.example", "lead@demo.example", "admin@demo.example"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly QuietHost _host;

    public PeriodQueriesTests()
        : this(new())
    {
    }

    protected PeriodQueriesTests(QuietHost host) => _host = host;

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _host.DisposeAsync();
    }

    [Fact]
    public async Task After_a_random_life_figures_equal_those_of_database_and_ledger_whether_news_came_or_were_lost()
    {
        var bus = new ChangeBus(NullLogger<ChangeBus>.Instance);
        using var deaf = new PromiseBookQueries(_host.Get<IDbContextFactory<SupportDb>>(), bus, _host.Clock);
        // Both begin early, so that all that follows reaches them as news, or not at all.
        var follows = _host.Get<PeriodQueries>();
        await Text(follows);
        await Text(On(deaf));

        using var client = _host.Host.Api();
        await LiveAsync(new(client), follows);

        using var fresh = new PromiseBookQueries(_host.Get<IDbContextFactory<SupportDb>>(), bus, _host.Clock);
        var said = await Text(On(fresh));
        Assert.Equal(said, await Text(follows));
        Assert.NotEqual(said, await Text(On(deaf)));
        bus.Publish(Change.Everything);
        Assert.Equal(said, await Text(On(deaf)));

        var report = await follows.ReadAsync(new(7), PromiseFilter.None, Berlin, Lead, Cancel);
        await EqualsDatabaseAsync(follows, report);
        await EqualsLedgerAsync(report);
        await EqualsListsAsync(follows, report);
    }

    [Fact]
    public async Task What_was_merged_into_another_ticket_counts_there_alone()
    {
        using var client = _host.Host.Api();
        var api = new ApiCaller(client);
        var (from, into) = (await api.OpenAsync(ApiCaller.Plain("Merged")), await api.OpenAsync(ApiCaller.Plain("Goes on")));
        _host.Clock.Advance(TimeSpan.FromMinutes(1));
        var periods = _host.Get<PeriodQueries>();
        await periods.ReadAsync(PeriodChoice.Today, PromiseFilter.None, Berlin, Lead, Cancel);
        (await api.PostAsync($"/api/v1/tickets/{from}/merge", new { into })).Is(HttpStatusCode.OK);
        _host.Clock.Advance(TimeSpan.FromMinutes(70));
        await _host.Get<FlagSweep>().RunAsync(Cancel);

        var (_, _, promises) = await periods.SelectAsync(new(7), PromiseFilter.None, Berlin, Lead, Cancel);
        Assert.DoesNotContain(promises, promise => promise.Number == from);
        Assert.Contains(promises, promise => promise.Number == into && !promise.IsMet);
        await EqualsDatabaseAsync(periods, await periods.ReadAsync(new(7), PromiseFilter.None, Berlin, Lead, Cancel));
    }

    [Fact]
    public async Task A_list_is_paged_by_key_without_gaps_and_twice_and_a_long_past_period_is_read_for_itself()
    {
        using var client = _host.Host.Api();
        var api = new ApiCaller(client);
        for (var ticket = 0; ticket < PromiseListQueries.PageSize + 7; ticket++)
        {
            // Many at once: the key must tell them apart at the same deadline.
            await api.OpenAsync(ApiCaller.Plain($"Paged {ticket}"));
        }

        _host.Clock.Advance(TimeSpan.FromHours(2));
        var (lists, seen, after) = (_host.Get<PromiseListQueries>(), new List<(long, Metric, int)>(), (PromisePosition?)null);
        do
        {
            var page = await lists.PageAsync(new(7), new() { Account = "acme" }, Berlin, after, Lead, Cancel);
            Assert.Equal(seen.Count, page.Before);
            seen.AddRange(page.Lines.Select(line => (line.Number, line.Metric, line.Cycle)));
            Assert.Equal(page.Next is null, seen.Count == page.Total);
            after = page.Next is { } next ? PromisePosition.Read($"{next}") : null;
        }
        while (after is not null);
        Assert.True(seen.Count > PromiseListQueries.PageSize);
        Assert.Equal(seen.Distinct().Count(), seen.Count);

        var today = Instant.FromDateTimeOffset(_host.Clock.GetUtcNow()).InZone(Berlin).Date;
        var past = new PeriodChoice(null, today.PlusDays(-360), today);
        Assert.Equal(seen.Count, (await lists.PageAsync(past, new() { Account = "acme" }, Berlin, null, Lead, Cancel)).Total);
        Assert.Equal(0, (await lists.PageAsync(past, new() { Account = "no-such" }, Berlin, null, Lead, Cancel)).Total);
        Assert.Equal(0, (await lists.PageAsync(past, new() { Specialist = "no-such@example.com" }, Berlin, null, Lead, Cancel)).Total);
    }

    [Fact]
    public async Task Open_tickets_that_are_older_than_the_book_stay_in_the_backlog_until_they_are_closed_and_come_back_with_it()
    {
        using var client = _host.Host.Api();
        var (api, periods) = (new ApiCaller(client), _host.Get<PeriodQueries>());
        var old = new List<long>();
        for (var ticket = 0; ticket < 4; ticket++)
        {
            old.Add(await api.OpenAsync(ApiCaller.Plain($"Old {ticket}")));
        }

        // Almost as old as the book; nothing would be told by half a year of sweeps in between.
        var longAgo = _host.Clock.GetUtcNow() - PromiseBookQueries.Reach + TimeSpan.FromDays(1);
        await using (var db = await _host.Get<IDbContextFactory<SupportDb>>().CreateDbContextAsync(Cancel))
        {
            await db.Set<Ticket>().Where(ticket => old.Contains(ticket.Number)).ExecuteUpdateAsync(set => set.SetProperty(ticket => ticket.CreatedAt, longAgo), Cancel);
        }

        await HasOpenAsync(4);
        await api.PatchAsync(old[0], new { status = "solved" });
        await HasOpenAsync(3);
        // The book moves on, and they lie before it.
        _host.Clock.Advance(TimeSpan.FromHours(60));
        await HasOpenAsync(3);
        await api.PatchAsync(old[1], new { status = "solved" });
        await HasOpenAsync(2);
        await api.PatchAsync(old[1], new { status = "open" });
        await api.PatchAsync(old[2], new { assignee = Assignees[0] });
        await HasOpenAsync(3);
        var mine = await periods.ReadAsync(PeriodChoice.Today, new() { Specialist = Assignees[0] }, Berlin, Lead, Cancel);
        Assert.Equal(1, mine.Flow.OpenBefore);

        async Task HasOpenAsync(int count)
        {
            using var anew = new PromiseBookQueries(_host.Get<IDbContextFactory<SupportDb>>(), new(NullLogger<ChangeBus>.Instance), _host.Clock);
            foreach (var queries in new[] { periods, On(anew) })
            {
                var report = await queries.ReadAsync(PeriodChoice.Today, PromiseFilter.None, Berlin, Lead, Cancel);
                Assert.Equal(count, report.Flow.Steps[^1].Open);
            }
        }
    }

    private PeriodQueries On(PromiseBookQueries books) => new(books, _host.Get<IDbContextFactory<SupportDb>>(), _host.Clock);

    private async Task LiveAsync(ApiCaller api, PeriodQueries watched)
    {
        var (random, open) = (new Random(28), new List<long>());
        for (var step = 0; step < 120; step++)
        {
            var ticket = open.Count == 0 ? 0 : open[random.Next(open.Count)];
            switch (open.Count == 0 ? 0 : random.Next(9))
            {
                case 0 or 1:
                    open.Add(await api.OpenAsync(random.Next(4) switch
                    {
                        0 => ApiCaller.Critical(), 1 => new { channel = "phone", requester = new { email = "sofia@acme.example" }, account = "acme", subject = "Call", body = "Please.", phoneNumber = ApiCaller.NewNumber() },
                        2 => new { channel = "email", requester = new { email = "greta@globex.example" }, account = "globex", subject = "Globex asks", body = "How?" }, _ => ApiCaller.Plain(),
                    }));
                    break;
                case 2 or 3:
                    await api.SayAsync(ticket, "Here you are.");
                    break;
                case 4:
                    await api.PatchAsync(ticket, new { assignee = Assignees[random.Next(3)] });
                    break;
                case 5:
                    await api.PatchAsync(ticket, new { severity = random.Next(2) == 0 ? "businessCritical" : "standard", reason = "It turned out so." });
                    break;
                case 6:
                    await api.PatchAsync(ticket, new { status = random.Next(3) == 0 ? "open" : "solved" });
                    break;
                default:
                    _host.Clock.Advance(TimeSpan.FromSeconds(random.Next(30, 1_500)));
                    await _host.Get<FlagSweep>().RunAsync(Cancel);
                    break;
            }

            if (step % 10 == 0)
            {
                await watched.ReadAsync(PeriodChoice.Today, PromiseFilter.None, Berlin, Lead, Cancel);
            }
        }

        // All that can mature has.
        _host.Clock.Advance(TimeSpan.FromHours(60));
        await _host.Get<FlagSweep>().RunAsync(Cancel);
    }

    /// <summary>The one place that API, CSV and statement read from says the same of every group.</summary>
    private async Task EqualsDatabaseAsync(PeriodQueries periods, PeriodReport report)
    {
        var (reports, window) = (_host.Get<SlaReports>(), new SlaWindow(report.Period.From, report.Period.To));
        Assert.True(report.Figures.Now.Matured > 0);
        Assert.Equal(await reports.FiguresAsync(window, Lead, Cancel), report.Figures.Now);
        Assert.Equal(await reports.FiguresAsync(new(report.Period.BeforeFrom, report.Period.BeforeTo), Lead, Cancel), report.Figures.Before);
        await SameAsync(SlaGrouping.Metric, report.Figures.Metrics.Select(group => (LedgerFacts.Word((Metric)group.Key), group.Value)));
        await SameAsync(SlaGrouping.Channel, report.Figures.Channels.Select(group => (LedgerFacts.Word((Channel)group.Key), group.Value)));
        await SameAsync(SlaGrouping.Severity, report.Figures.Severities.Select(group => (LedgerFacts.Word((Severity)group.Key), group.Value)));
        await SameAsync(SlaGrouping.Account, (await periods.AccountsAsync(report.Figures, 0, int.MaxValue, Cancel)).Select(group => (group.Word, group.Kept)));
        await SameAsync(SlaGrouping.Specialist, (await periods.SpecialistsAsync(report.Figures, 0, int.MaxValue, Cancel)).Select(group => (group.Word, group.Kept)));

        async Task SameAsync(SlaGrouping grouping, IEnumerable<(string Word, KeptPair Kept)> groups) => Assert.Equal(
            (await reports.ReportAsync(window, grouping, Lead, Cancel)).Groups.Where(group => group.Figures.Matured > 0).Select(group => (group.Key, group.Figures.Met, group.Figures.Breached, group.Figures.Gross)),
            groups.Where(group => group.Kept.Now.Matured > 0).Select(group => (group.Word, group.Kept.Now.Met, group.Kept.Now.Missed, group.Kept.Now.Gross)).OrderBy(group => group.Word, StringComparer.Ordinal));
    }

    /// <summary>Nothing was merged or withdrawn in that life, so each promise has exactly one outcome on the ledger.</summary>
    private async Task EqualsLedgerAsync(PeriodReport report)
    {
        await using var db = await _host.Get<IDbContextFactory<SupportDb>>().CreateDbContextAsync(Cancel);
        var outcomes = (await db.Set<LedgerEntry>().AsNoTracking().Where(entry => entry.Kind == LedgerKind.Met || entry.Kind == LedgerKind.Breached).ToListAsync(Cancel))
            .GroupBy(entry => (entry.TicketNumber, entry.Metric, entry.Cycle)).Select(promise => promise.Any(entry => entry.Kind == LedgerKind.Breached)).ToList();
        Assert.Equal((outcomes.Count(isBreached => !isBreached), outcomes.Count(isBreached => isBreached)), (report.Figures.Now.Met, report.Figures.Now.Breached));
        Assert.True(report.Figures.Now is { Met: > 5, Breached: > 5 });
    }

    /// <summary>Each list holds what its figure counted, and the backlog is what is open.</summary>
    private async Task EqualsListsAsync(PeriodQueries periods, PeriodReport report)
    {
        var lists = new PromiseListQueries(periods, _host.Get<IDbContextFactory<SupportDb>>());
        foreach (var (filter, count) in new[]
        {
            (PromiseFilter.None, report.Figures.Now.Matured), (new() { Outcome = PromiseOutcome.Missed }, report.Figures.Now.Breached), (new() { Outcome = PromiseOutcome.Owed }, report.Figures.Now.StillOwed),
            (new() { Metric = Metric.FirstResponse }, report.Figures.FirstResponse.Matured), (new() { Specialist = "" }, report.Figures.Specialists.GetValueOrDefault(KeptPromise.Nobody).Now.Matured),
        })
        {
            var page = await lists.PageAsync(new(7), filter, Berlin, null, Lead, Cancel);
            Assert.Equal((count, Math.Min(count, PromiseListQueries.PageSize)), (page.Total, page.Lines.Count));
        }

        await using var db = await _host.Get<IDbContextFactory<SupportDb>>().CreateDbContextAsync(Cancel);
        var open = await QueueRows.Open(db).Select(ticket => ticket.Number).ToListAsync(Cancel);
        Assert.Equal(open.Count, report.Flow.Steps[^1].Open);
        Assert.Equal(await db.Set<Ticket>().CountAsync(Cancel), report.Flow.Steps.Sum(step => step.Arrived));
        var (_, backlog) = await new TicketListQueries(periods, _host.Get<IDbContextFactory<SupportDb>>()).AllAsync(new(7), PromiseFilter.None, TicketList.Open, Berlin, Lead, Cancel);
        var listed = new List<long>();
        await foreach (var line in backlog)
        {
            listed.Add(line.Number);
        }

        Assert.Equal(open.Order(), listed.Order());
    }

    /// <summary>All figures of a week as one text, names instead of places.</summary>
    private static async Task<string> Text(PeriodQueries periods)
    {
        var report = await periods.ReadAsync(new(7), PromiseFilter.None, Berlin, Lead, Cancel);
        var figures = report.Figures;
        static string Of(KeptPair pair) => $"{pair.Now.Met}/{pair.Now.MetGross}/{pair.Now.Matured} {pair.Before.Met}/{pair.Before.Matured}";
        return string.Join('\n',
        [
            $"{figures.Now} {figures.Before}",
            .. figures.Times.Select(times => $"{times}"),
            .. new[] { figures.Metrics, figures.Channels, figures.Severities }.SelectMany(groups => groups.OrderBy(group => group.Key).Select(group => $"{group.Key} {Of(group.Value)}")),
            .. (await periods.AccountsAsync(figures, 0, int.MaxValue, Cancel)).Concat(await periods.SpecialistsAsync(figures, 0, int.MaxValue, Cancel)).Select(group => $"{group.Word} {group.Name} {Of(group.Kept)}").Order(StringComparer.Ordinal),
            .. figures.MissedByHour.Select(hour => $"{hour}"),
            .. report.Flow.Steps.Select(step => $"{step}"),
        ]);
    }
}

/// <summary>The same on PostgreSQL.</summary>
public sealed class PostgresPeriodQueriesTests() : PeriodQueriesTests(new PostgresQuietHost().OrSkip());
