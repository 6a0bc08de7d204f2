using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Monitoring;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Realtime;
using PremiumSupport.Platform.Ledger;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Monitoring;

public sealed class SqliteFlagSweepTests(QuietHost host) : FlagSweepTests(host), IClassFixture<QuietHost>;

public sealed class PostgresFlagSweepTests(PostgresQuietHost host) : FlagSweepTests(host.OrSkip()), IClassFixture<PostgresQuietHost>;

/// <summary>Rules 4 and 11: every flag once, on its instant, whatever crashes or runs twice.</summary>
public abstract class FlagSweepTests(QuietHost host)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_flags_by_itself_in_these_tests()
    {
        var hosted = host.Host.Services.GetServices<IHostedService>().ToList();
        Assert.DoesNotContain(hosted, service => service is FlagTimer || service.GetType().Namespace!.StartsWith("Hangfire", StringComparison.Ordinal));
        var (number, start) = await OpenAsync(host, Channel.Email);
        host.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Null((await PromiseAsync(host, number)).BreachedAt);
        Assert.Equal(start, (await PromiseAsync(host, number)).StartedAt);
    }

    [Theory]
    [InlineData(29 * 60_000, "")]
    [InlineData(30 * 60_000, "50%")]
    [InlineData(45 * 60_000, "50% 75%")]
    [InlineData(55 * 60_000, "50% 75% -00:05:00")]
    [InlineData(60 * 60_000, "50% 75% -00:05:00")]
    [InlineData((60 * 60_000) + 1, "50% 75% -00:05:00 breached")]
    [InlineData(600 * 60_000, "50% 75% -00:05:00 breached")]
    public async Task Each_step_is_flagged_once_its_moment_has_come_and_never_before(int milliseconds, string expected)
    {
        var (number, _) = await OpenAsync(host, Channel.Email);
        host.Clock.Advance(TimeSpan.FromMilliseconds(milliseconds));
        await host.Get<FlagSweep>().RunAsync(Cancel);

        Assert.Equal(expected, await FlagsAsync(host, number));
    }

    [Fact]
    public async Task A_breach_is_stamped_with_the_deadline_and_beside_it_with_when_it_was_noticed()
    {
        var (number, start) = await OpenAsync(host, Channel.Email);
        host.Clock.Advance(TimeSpan.FromMinutes(83));
        await host.Get<FlagSweep>().RunAsync(Cancel);

        var promise = await PromiseAsync(host, number);
        Assert.Equal((start.AddHours(1), start.AddMinutes(83)), (promise.BreachedAt, promise.DetectedAt));
        var row = (await LedgerAsync(host, number)).Single(entry => entry.Kind == LedgerKind.Breached);
        Assert.Equal(start.AddHours(1), row.At);
        Assert.Contains(ObligationClock.Text(start.AddMinutes(83)), row.Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_late_answer_between_two_sweeps_is_a_breach_all_the_same()
    {
        var (number, start) = await OpenAsync(host, Channel.Email);
        host.Clock.Advance(TimeSpan.FromHours(1) + TimeSpan.FromMilliseconds(1));
        Assert.True((await host.Get<TicketCommands>().ReplyAsync(number, "Sorry", "late", isAutomated: false, await StaffAsync(host), Cancel)).IsDone);
        await host.Get<FlagSweep>().RunAsync(Cancel);

        var promise = await PromiseAsync(host, number);
        Assert.Equal((start.AddHours(1), promise.DetectedAt), (promise.BreachedAt, promise.AnsweredAt));
        Assert.Equal("50% 75% -00:05:00 breached answered", await FlagsAsync(host, number));
        Assert.DoesNotContain(await LedgerAsync(host, number), entry => entry.Kind == LedgerKind.Met);
    }

    [Fact]
    public async Task An_answer_at_the_deadline_is_met_and_no_later_sweep_says_otherwise()
    {
        var (number, start) = await OpenAsync(host, Channel.Email);
        host.Clock.Advance(TimeSpan.FromHours(1));
        Assert.True((await host.Get<TicketCommands>().ReplyAsync(number, "Just so", "in time", isAutomated: false, await StaffAsync(host), Cancel)).IsDone);
        host.Clock.Advance(TimeSpan.FromHours(5));
        await host.Get<FlagSweep>().RunAsync(Cancel);

        Assert.Equal((null, start.AddHours(1)), ((await PromiseAsync(host, number)).BreachedAt, (await PromiseAsync(host, number)).AnsweredAt));
        Assert.Equal("50% 75% -00:05:00 met", await FlagsAsync(host, number));
    }

    [Fact]
    public async Task Sweeping_twice_or_eight_at_a_time_flags_once()
    {
        var numbers = new List<long>();
        for (var index = 0; index < 5; index++)
        {
            numbers.Add((await OpenAsync(host, Channel.Email)).Number);
        }

        host.Clock.Advance(TimeSpan.FromHours(2));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => host.Get<FlagSweep>().RunAsync(Cancel)));
        await host.Get<FlagSweep>().RunAsync(Cancel);

        foreach (var number in numbers)
        {
            Assert.Equal("50% 75% -00:05:00 breached", await FlagsAsync(host, number));
        }
    }

    [Fact]
    public async Task More_tickets_than_one_batch_are_all_flagged_in_one_run()
    {
        var numbers = new List<long>();
        await Task.WhenAll(Enumerable.Range(0, 510).Select(async _ =>
        {
            var number = (await OpenAsync(host, Channel.Chat)).Number;
            lock (numbers)
            {
                numbers.Add(number);
            }
        }));
        host.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Null(await host.Get<FlagSweep>().RunAsync(Cancel));

        await using var db = await host.Get<IDbContextFactory<SupportDb>>().CreateDbContextAsync(Cancel);
        Assert.Equal(510, await db.Set<LedgerEntry>().CountAsync(entry => numbers.Contains(entry.TicketNumber) && entry.Kind == LedgerKind.Breached, Cancel));
    }

    [Fact]
    public async Task No_fact_stands_twice_in_the_ledger_and_no_link_is_missing()
    {
        await OpenAsync(host, Channel.Email);
        host.Clock.Advance(TimeSpan.FromHours(2));
        await host.Get<FlagSweep>().RunAsync(Cancel);

        await using var db = await host.Get<IDbContextFactory<SupportDb>>().CreateDbContextAsync(Cancel);
        var ledger = await db.Set<LedgerEntry>().AsNoTracking().OrderBy(entry => entry.Sequence).ToListAsync(Cancel);
        var flags = ledger.Where(entry => entry.Kind is LedgerKind.Warned or LedgerKind.Breached).ToList();
        Assert.NotEmpty(flags);
        Assert.Equal(flags.Count, flags.Select(entry => (entry.TicketNumber, entry.Kind, entry.Metric, entry.Cycle, entry.At)).Distinct().Count());
        foreach (var chain in ledger.GroupBy(entry => entry.AccountId))
        {
            Assert.Equal(Enumerable.Range(1, chain.Count()).Select(sequence => (long)sequence), chain.Select(entry => entry.Sequence));
            Assert.Equal(chain.Select(entry => entry.Hash).SkipLast(1).Prepend(LedgerChain.Genesis), chain.Select(entry => entry.PreviousHash));
        }
    }

    [Fact]
    public async Task The_timer_wakes_at_the_very_instant_of_a_flag()
    {
        var (number, start) = await OpenAsync(host, Channel.Email);
        host.Clock.Advance(TimeSpan.FromMinutes(29) + TimeSpan.FromSeconds(50));
        await host.Get<FlagSweep>().RunAsync(Cancel);
        using var timer = Timer();
        await timer.StartAsync(Cancel);

        await host.Clock.AlarmSetFor(start.AddMinutes(30)).WaitAsync(Patience, Cancel);
        Assert.Equal("", await FlagsAsync(host, number));
        var changed = ChangeOf(number);
        host.Clock.Advance(TimeSpan.FromSeconds(10));
        await changed.WaitAsync(Patience, Cancel);

        Assert.Equal("50%", await FlagsAsync(host, number));
        Assert.Equal(start.AddMinutes(30), (await PromiseAsync(host, number)).Warnings[0].FiredAt);
        await timer.StopAsync(Cancel);
    }

    [Fact]
    public async Task A_new_ticket_with_a_sooner_flag_sets_the_timer_anew()
    {
        await host.Get<FlagSweep>().RunAsync(Cancel);
        using var timer = Timer();
        await timer.StartAsync(Cancel);
        var now = host.Clock.GetUtcNow();
        await host.Clock.AlarmSetFor(now.AddSeconds(30)).WaitAsync(Patience, Cancel);

        var (number, start) = await OpenAsync(host, Channel.Chat);
        var anew = host.Clock.AlarmSetFor(start.AddSeconds(10));
        for (var rest = start.AddMilliseconds(50); await Task.WhenAny(anew, host.Clock.AlarmSetFor(rest)).WaitAsync(Patience, Cancel) != anew; rest = rest.AddMilliseconds(50))
        {
            // Others set alarms of fifty milliseconds too; where one of those was heard, the timer's own is set from the next.
            host.Clock.Advance(rest - host.Clock.GetUtcNow());
        }

        var changed = ChangeOf(number);
        host.Clock.Advance(start.AddSeconds(10) - host.Clock.GetUtcNow());
        await changed.WaitAsync(Patience, Cancel);

        Assert.Equal("50%", await FlagsAsync(host, number));
        await timer.StopAsync(Cancel);
    }

    [Fact]
    public async Task After_a_restart_what_was_flagged_stands_and_what_passed_meanwhile_is_flagged_once_at_the_start()
    {
        await using var database = await host.NewDatabaseAsync();
        var clock = new StandingClock(new(2026, 3, 4, 9, 0, 0, TimeSpan.Zero));
        long number;
        DateTimeOffset start;
        IReadOnlyList<string> kept;
        await using (var before = QuietHost.Start(database, clock, withTimer: false))
        {
            (number, start) = await OpenAsync(before, Channel.Email);
            clock.Advance(TimeSpan.FromMinutes(46));
            await before.Get<FlagSweep>().RunAsync(Cancel);
            kept = [.. (await LedgerAsync(before, number)).Select(entry => entry.Hash)];
        }

        clock.Advance(TimeSpan.FromMinutes(44));
        await using (var after = QuietHost.Start(database, clock, withTimer: true))
        {
            // Listen first, then read: the start's own sweep may be over already.
            var changed = ChangeOf(after, number);
            if (await FlagsAsync(after, number) != "50% 75% -00:05:00 breached")
            {
                await changed.WaitAsync(Patience, Cancel);
            }

            await after.Get<FlagSweep>().RunAsync(Cancel);
            Assert.Equal("50% 75% -00:05:00 breached", await FlagsAsync(after, number));
            Assert.Equal(kept, (await LedgerAsync(after, number)).Select(entry => entry.Hash).Take(kept.Count));
            var promise = await PromiseAsync(after, number);
            Assert.Equal((start.AddHours(1), start.AddMinutes(90)), (promise.BreachedAt, promise.DetectedAt));
        }
    }

    private FlagTimer Timer() => new(host.Get<FlagSweep>(), host.Get<ChangeBus>(), host.Clock, NullLogger<FlagTimer>.Instance);

    private Task ChangeOf(long number) => ChangeOf(host, number);

    private static Task ChangeOf(QuietHost host, long number)
    {
        var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Get<ChangeBus>().Subscribe(change =>
        {
            if (change == new Change(TicketCommands.Topic, number))
            {
                changed.TrySetResult();
            }
        });
        return changed.Task;
    }

    private static async Task<(long Number, DateTimeOffset Start)> OpenAsync(QuietHost host, Channel channel)
    {
        var opened = await host.Get<TicketCommands>().OpenAsync(
            new() { Channel = channel, Requester = new("acme", "sofia@acme.example", null), Subject = "S", Body = "B", ClientMessageId = Guid.NewGuid().ToString("N") }, Caller.System, Cancel);
        return (opened.Value!.Number, opened.Value.SentAt);
    }

    private static async Task<StaffCaller> StaffAsync(QuietHost host)
    {
        var member = (await host.Get<StaffQueries>().FindAsync("specialist@demo.example", Cancel))!;
        return new(member.Id, member.Name, member.Email);
    }

    private static async Task<ObligationFacts> PromiseAsync(QuietHost host, long number)
    {
        await using var db = await host.Get<IDbContextFactory<SupportDb>>().CreateDbContextAsync(Cancel);
        return (await db.Set<Obligation>().AsNoTracking().SingleAsync(obligation => obligation.TicketNumber == number, Cancel)).ToFacts();
    }

    private static async Task<IReadOnlyList<LedgerEntry>> LedgerAsync(QuietHost host, long number)
    {
        await using var db = await host.Get<IDbContextFactory<SupportDb>>().CreateDbContextAsync(Cancel);
        return await db.Set<LedgerEntry>().AsNoTracking().Where(entry => entry.TicketNumber == number).OrderBy(entry => entry.Sequence).ToListAsync(Cancel);
    }

    /// <summary>What the ledger says behind the promise: warned steps by name, everything else by kind.</summary>
    private static async Task<string> FlagsAsync(QuietHost host, long number) => string.Join(' ', (await LedgerAsync(host, number)).Skip(1).Select(entry =>
        entry.Kind == LedgerKind.Warned ? System.Text.Json.JsonElement.Parse(entry.Data).GetProperty("step").GetString() : TicketRules.Word(entry.Kind)));
}
