using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Accounts;
using PremiumSupport.Desk.Accounts.Teams;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Next;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Desk.Tickets.Next;

public sealed class SqliteNextTests(QuietHost quiet) : NextTests(quiet), IClassFixture<QuietHost>;

public sealed class PostgresNextTests(PostgresQuietHost quiet) : NextTests(quiet.OrSkip()), IClassFixture<PostgresQuietHost>;

/// <summary>Next over the real write queue, on both databases.</summary>
public abstract class NextTests(QuietHost quiet)
{
    private static readonly Dictionary<long, DateTimeOffset> Nothing = [];
    private static readonly NextOptions Options = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private TicketCommands Commands => quiet.Get<TicketCommands>();

    [Fact]
    public Task Two_who_press_together_get_two_and_none_is_left_out() => RaceAsync(60);

    [Fact(Explicit = true)]
    public Task Two_who_press_together_a_thousand_times_get_two_and_none_is_left_out() => RaceAsync(1_000);

    [Fact]
    public async Task What_a_colleague_looks_at_and_what_one_skipped_is_passed_over_until_the_time_is_over()
    {
        var (mara, tomas) = (await StaffAsync("specialist"), await StaffAsync("second"));
        await DrainAsync(mara);
        var (first, second, third) = (await OpenAsync(), await OpenAsync(), await OpenAsync());

        Assert.True((await Commands.SkipAsync(first, SkipReason.OtherLanguage, "Needs Norwegian\n", mara, Cancel)).IsDone);
        var watched = new Dictionary<long, DateTimeOffset> { [second] = quiet.Clock.GetUtcNow() };
        Assert.Equal(third, (await Commands.ClaimNextAsync(Options, watched, mara, Cancel)).Value);
        Assert.Equal("nothing-waits", (await Commands.ClaimNextAsync(Options, watched, mara, Cancel)).Refusal!.Code);
        Assert.True((await quiet.Get<NextQueries>().CurrentAsync()).IsSkipped(mara.StaffId, first, quiet.Clock.GetUtcNow()));

        // It holds for the one who skipped it; the other gets it, gives it back, and is not offered it either.
        Assert.Equal(first, (await Commands.ClaimNextAsync(Options, Nothing, tomas, Cancel)).Value);
        Assert.True((await Commands.SkipAsync(first, SkipReason.NeedsColleague, null, tomas, Cancel)).IsDone);
        Assert.Equal(second, (await Commands.ClaimNextAsync(Options, Nothing, tomas, Cancel)).Value);
        Assert.Equal("nothing-waits", (await Commands.ClaimNextAsync(Options, Nothing, tomas, Cancel)).Refusal!.Code);

        quiet.Clock.Advance(Options.SkipFor);
        Assert.Equal(first, (await Commands.ClaimNextAsync(Options, Nothing, mara, Cancel)).Value);

        var lead = mara with { IsLead = true };
        var skips = await quiet.Get<NextQueries>().SkipsAsync(lead, 10, Cancel);
        Assert.Equal([(tomas.StaffId, SkipReason.NeedsColleague, ""), (mara.StaffId, SkipReason.OtherLanguage, "Needs Norwegian")], skips.Where(skip => skip.TicketNumber == first).Select(skip => (skip.StaffId, skip.Reason, skip.Note)));
        Assert.Empty(await quiet.Get<NextQueries>().SkipsAsync(mara, 10, Cancel));
        await using var db = await ReadAsync();
        Assert.Equal(2, await db.Set<TicketEvent>().CountAsync(happening => happening.TicketNumber == first && happening.Kind == TicketEventKind.Skipped, Cancel));
    }

    [Fact]
    public async Task One_that_is_at_risk_is_offered_once_its_onlooker_has_done_nothing_for_long_enough()
    {
        var mara = await StaffAsync("specialist");
        await DrainAsync(mara);
        var number = await OpenAsync();
        var idle = new Dictionary<long, DateTimeOffset> { [number] = quiet.Clock.GetUtcNow() };
        quiet.Clock.Advance(Options.HoldFor + TimeSpan.FromMinutes(30));
        Assert.Equal("nothing-waits", (await Commands.ClaimNextAsync(Options, idle, mara, Cancel)).Refusal!.Code);

        quiet.Clock.Advance(TimeSpan.FromMinutes(20));
        Assert.True((await quiet.Get<TicketQueries>().GetAsync(number, mara, Cancel))!.Badge!.StateAt(quiet.Clock.GetUtcNow()) == ObligationState.AtRisk);
        Assert.Equal("nothing-waits", (await Commands.ClaimNextAsync(Options, new Dictionary<long, DateTimeOffset> { [number] = quiet.Clock.GetUtcNow() - Options.HoldFor + TimeSpan.FromMilliseconds(1) }, mara, Cancel)).Refusal!.Code);
        Assert.Equal("nothing-waits", (await Commands.ClaimNextAsync(Options, new Dictionary<long, DateTimeOffset> { [number] = DateTimeOffset.MaxValue }, mara, Cancel)).Refusal!.Code);
        Assert.Equal(number, (await Commands.ClaimNextAsync(Options, idle, mara, Cancel)).Value);
    }

    [Fact]
    public async Task An_account_of_ones_own_comes_first_and_never_at_the_price_of_a_promise()
    {
        var (mara, tomas, admin) = (await StaffAsync("specialist"), await StaffAsync("second"), await StaffAsync("admin"));
        await DrainAsync(mara);
        var globex = (await quiet.Get<AccountQueries>().FindAsync("globex", Cancel))!.Id;
        Assert.True((await quiet.Get<TeamCommands>().DedicateAsync(globex, null, tomas.StaffId, StaffFakes.Admin, Cancel)).IsDone);
        var sooner = await OpenAsync();
        quiet.Clock.Advance(TimeSpan.FromMinutes(1));
        var own = await OpenAsync("globex", "greta@globex.example");
        var last = await OpenAsync();

        Assert.Equal(own, (await Commands.ClaimNextAsync(Options, Nothing, tomas, Cancel)).Value);
        Assert.True((await Commands.SkipAsync(own, SkipReason.Other, null, tomas, Cancel)).IsDone);
        Assert.Equal(sooner, (await Commands.ClaimNextAsync(Options, Nothing, tomas, Cancel)).Value);
        Assert.True((await Commands.AssignAsync(sooner, null, admin, cancellation: Cancel)).IsDone);

        // Another of theirs, now that what is due before it is at risk.
        var later = await OpenAsync("globex", "greta@globex.example");
        quiet.Clock.Advance(TimeSpan.FromMinutes(50));
        Assert.Equal(sooner, (await Commands.ClaimNextAsync(Options, Nothing, tomas, Cancel)).Value);
        // What was let go by is the other's; of what is left the one by name gets theirs while nothing before it presses.
        Assert.Equal(own, (await Commands.ClaimNextAsync(Options, Nothing, mara, Cancel)).Value);
        Assert.Equal(last, (await Commands.ClaimNextAsync(Options, Nothing, tomas, Cancel)).Value);
        Assert.Equal(later, (await Commands.ClaimNextAsync(Options, Nothing, tomas, Cancel)).Value);
        Assert.True((await quiet.Get<TeamCommands>().DedicateAsync(globex, null, null, StaffFakes.Admin, Cancel)).IsDone);
    }

    [Fact]
    public async Task Letting_a_free_ticket_go_by_makes_nobodys_form_stale_and_answers_nothing()
    {
        var mara = await StaffAsync("specialist");
        var number = await OpenAsync();
        var before = (await quiet.Get<TicketQueries>().GetAsync(number, mara, Cancel))!;
        await Commands.SkipAsync(number, SkipReason.Unclear, "", mara, Cancel);
        var after = (await quiet.Get<TicketQueries>().GetAsync(number, mara, Cancel))!;
        Assert.Equal((before.Version, before.Status, before.NextDueAt), (after.Version, after.Status, after.NextDueAt));
        Assert.Equal("already-claimed", (await Commands.AssignAsync(number, (await StaffAsync("lead")).StaffId, mara, cancellation: Cancel)).IsDone
            ? (await Commands.SkipAsync(number, SkipReason.Other, "", mara, Cancel)).Refusal!.Code : "not given");
    }

    [Fact]
    public async Task Next_gives_nobody_more_than_their_limit_which_leads_set()
    {
        var (mara, limits) = (await StaffAsync("specialist"), quiet.Get<StaffLimitCommands>());
        await DrainAsync(await StaffAsync("admin"));
        await OpenAsync();
        var carried = await OpenOfAsync(mara);
        Assert.Equal(RefusalKind.Forbidden, (await limits.SetAsync(mara.StaffId, 3, mara, Cancel))!.Kind);
        var lead = mara with { IsLead = true };
        Assert.Contains("most", (await limits.SetAsync(mara.StaffId, 0, lead, Cancel))!.Errors.Keys);
        Assert.Equal(RefusalKind.NotFound, (await limits.SetAsync(Guid.NewGuid(), 3, lead, Cancel))!.Kind);

        Assert.Null(await limits.SetAsync(mara.StaffId, carried + 1, lead, Cancel));
        Assert.Equal(carried + 1, (await quiet.Get<NextQueries>().CurrentAsync()).LimitOf(mara.StaffId));
        Assert.True((await Commands.ClaimNextAsync(Options, Nothing, mara, Cancel)).IsDone);
        await OpenAsync();
        var full = (await Commands.ClaimNextAsync(Options, Nothing, mara, Cancel)).Refusal!;
        Assert.Equal(("at-capacity", true), (full.Code, full.Message.StartsWith($"You have {carried + 1} of {carried + 1} open.", StringComparison.Ordinal)));

        Assert.Null(await limits.SetAsync(mara.StaffId, null, lead, Cancel));
        Assert.Null((await quiet.Get<NextQueries>().CurrentAsync()).LimitOf(mara.StaffId));
        Assert.True((await Commands.ClaimNextAsync(Options, Nothing, mara, Cancel)).IsDone);
    }

    // Each round two press at the same instant; after it exactly the most urgent ones are gone, so none was given twice and none was left out.
    private async Task RaceAsync(int rounds)
    {
        StaffCaller[] two = [await StaffAsync("specialist"), await StaffAsync("second")];
        await DrainAsync(await StaffAsync("admin"));
        for (var index = 0; index < rounds * 2; index++)
        {
            await OpenAsync();
        }

        await using var db = await ReadAsync();
        var order = await QueueRows.SoonestDueAsync(QueueRows.Open(db).Where(ticket => ticket.AssigneeId == null), (rounds * 2) + 1, cancellation: Cancel);
        Assert.Equal(rounds * 2, order.Count);
        for (var round = 0; round < rounds; round++)
        {
            using var start = new Barrier(2);
            var got = await Task.WhenAll(two.Select(one => Task.Run(
                () =>
                {
                    start.SignalAndWait(Cancel);
                    return Commands.ClaimNextAsync(Options, Nothing, one, Cancel);
                },
                Cancel)));
            Assert.Equal(order.Skip(round * 2).Take(2).Order(), got.Select(outcome => outcome.Value).Order());
        }

        foreach (var one in two)
        {
            Assert.Equal("nothing-waits", (await Commands.ClaimNextAsync(Options, Nothing, one, Cancel)).Refusal!.Code);
            Assert.True(await db.Set<Ticket>().CountAsync(ticket => ticket.AssigneeId == one.StaffId && order.Contains(ticket.Number), Cancel) == rounds);
        }
    }

    private async Task DrainAsync(StaffCaller caller)
    {
        while ((await Commands.ClaimNextAsync(Options, Nothing, caller, Cancel)).IsDone)
        {
        }
    }

    private async Task<int> OpenOfAsync(StaffCaller caller)
    {
        await using var db = await ReadAsync();
        return await QueueRows.Open(db).CountAsync(ticket => ticket.AssigneeId == caller.StaffId, Cancel);
    }

    private async Task<long> OpenAsync(string account = "acme", string requester = "sofia@acme.example")
    {
        var opened = await Commands.OpenAsync(
            new() { Channel = Channel.Email, Requester = new(account, requester, null), Subject = "S", Body = "B", ClientMessageId = Guid.NewGuid().ToString("N") }, Caller.System, Cancel);
        return opened.Value!.Number;
    }

    private Task<SupportDb> ReadAsync() => quiet.Get<IDbContextFactory<SupportDb>>().CreateDbContextAsync(Cancel);

    private async Task<StaffCaller> StaffAsync(string who)
    {
        var member = (await quiet.Get<StaffQueries>().FindAsync($"{who}@demo.example", Cancel))!;
        return new(member.Id, member.Name, member.Email);
    }
}
