using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Ledger;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Bulk;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Ledger;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Desk.Tickets.Bulk;

public sealed class SqliteBulkTests(QuietHost quiet) : BulkTests(quiet), IClassFixture<QuietHost>;

public sealed class PostgresBulkTests(PostgresQuietHost quiet) : BulkTests(quiet.OrSkip()), IClassFixture<PostgresQuietHost>;

/// <summary>One change to many tickets, and taking it back, on both databases.</summary>
public abstract class BulkTests(QuietHost quiet)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private TicketCommands Commands => quiet.Get<TicketCommands>();

    [Fact]
    public async Task Undoing_a_solve_restores_what_was_before_and_unsays_nothing_in_the_ledger()
    {
        var mara = await StaffAsync("specialist");
        long[] numbers = [await OpenAsync(), await OpenAsync(), await OpenAsync()];
        await Commands.ClaimAsync(numbers[1], mara, Cancel);
        await Commands.ChangeStatusAsync(numbers[2], TicketStatus.Waiting, mara, cancellation: Cancel);
        var before = await StatesAsync(numbers, mara);
        Assert.Equal([TicketStatus.New, TicketStatus.Open, TicketStatus.Waiting], before.Select(state => state.Status));

        var done = (await Commands.ChangeManyAsync([.. before.Select(state => state.Seen)], new() { Status = TicketStatus.Solved }, mara, Cancel)).Value!;
        Assert.Equal((3, 0), (done.Done.Count, done.Refused.Count));
        Assert.All(await StatesAsync(numbers, mara), state => Assert.Equal(TicketStatus.Solved, state.Status));

        var undone = await Commands.UndoManyAsync(done.Done, mara, Cancel);
        Assert.Equal((3, 0), (undone.Done.Count, undone.Refused.Count));
        Assert.Equal(before, await StatesAsync(numbers, mara));

        await using var db = await ReadAsync();
        foreach (var number in numbers)
        {
            Assert.Equal([LedgerKind.Promised, LedgerKind.Reopened], await db.Set<LedgerEntry>().Where(entry => entry.TicketNumber == number).OrderBy(entry => entry.Sequence).Select(entry => entry.Kind).ToListAsync(Cancel));
        }

        Assert.Empty((await quiet.Get<LedgerAudit>().VerifyAsync(cancellation: Cancel)).Mismatches);
    }

    [Fact]
    public async Task Undoing_an_assignment_gives_back_and_makes_a_new_ticket_new_again()
    {
        var (mara, tomas) = (await StaffAsync("specialist"), await StaffAsync("second"));
        long[] numbers = [await OpenAsync(), await OpenAsync()];
        await Commands.ClaimAsync(numbers[1], tomas, Cancel);
        var before = await StatesAsync(numbers, mara);
        var done = (await Commands.ChangeManyAsync([.. before.Select(state => state.Seen)], new() { Assignee = new(mara.StaffId) }, mara, Cancel)).Value!;
        Assert.All(await StatesAsync(numbers, mara), state => Assert.Equal((mara.StaffId, TicketStatus.Open), (state.AssigneeId, state.Status)));
        await Commands.UndoManyAsync(done.Done, mara, Cancel);
        Assert.Equal(before, await StatesAsync(numbers, mara));
    }

    [Fact]
    public async Task What_somebody_else_changed_meanwhile_is_left_and_said_both_ways()
    {
        var (mara, tomas) = (await StaffAsync("specialist"), await StaffAsync("second"));
        long[] numbers = [await OpenAsync(), await OpenAsync(), await OpenAsync()];
        var seen = await StatesAsync(numbers, mara);
        await Commands.ClaimAsync(numbers[0], tomas, Cancel);
        var done = (await Commands.ChangeManyAsync([.. seen.Select(state => state.Seen)], new() { Assignee = new(mara.StaffId) }, mara, Cancel)).Value!;
        Assert.Equal((numbers[0], "changed-meanwhile"), (Assert.Single(done.Refused).Number, done.Refused[0].Refusal.Code));
        Assert.Equal(numbers[1..], done.Done.Select(step => step.Number));

        // A message in between is no reason not to take it back; another hand is.
        await Commands.ReplyAsync(numbers[1], "We look into it.", Guid.NewGuid().ToString("N"), isAutomated: false, mara, Cancel);
        await Commands.AssignAsync(numbers[2], tomas.StaffId, tomas, cancellation: Cancel);
        var undone = await Commands.UndoManyAsync(done.Done, mara, Cancel);
        Assert.Equal([numbers[1]], undone.Done.Select(step => step.Number));
        Assert.Equal("Somebody else has it by now; that stays.", Assert.Single(undone.Refused).Refusal.Message);
        var after = await StatesAsync(numbers, mara);
        Assert.Equal([tomas.StaffId, null, tomas.StaffId], after.Select(state => state.AssigneeId));
    }

    [Fact]
    public async Task One_that_is_refused_keeps_nobody_else_and_a_tag_is_added_once()
    {
        var mara = await StaffAsync("specialist");
        long[] numbers = [await OpenAsync(), await OpenAsync()];
        await Commands.ChangeStatusAsync(numbers[0], TicketStatus.Solved, mara, cancellation: Cancel);
        await Commands.ChangeStatusAsync(numbers[0], TicketStatus.Closed, mara, cancellation: Cancel);
        var seen = (await StatesAsync(numbers, mara)).Select(state => state.Seen).ToList();

        var done = (await Commands.ChangeManyAsync(seen, new() { Tag = " SSO\n" }, mara, Cancel)).Value!;
        Assert.Equal((numbers[0], "closed"), (Assert.Single(done.Refused).Number, done.Refused[0].Refusal.Code));
        Assert.Equal(["sso"], Assert.Single(done.Done).After.Tags);
        var again = (await Commands.ChangeManyAsync([seen[1]], new() { Tag = "sso" }, mara, Cancel)).Value!;
        Assert.Equal((0, 0), (again.Done.Count, again.Refused.Count));
        await Commands.UndoManyAsync(done.Done, mara, Cancel);
        Assert.Empty((await quiet.Get<TicketQueries>().GetAsync(numbers[1], mara, Cancel))!.Tags);
    }

    [Fact]
    public async Task A_command_that_makes_no_sense_is_refused_as_a_whole()
    {
        var mara = await StaffAsync("specialist");
        var many = Enumerable.Range(1, BulkChange.Most + 1).Select(number => new BulkSeen(number, TicketStatus.New, null)).ToList();
        Assert.Contains("501", (await Commands.ChangeManyAsync(many, new() { Status = TicketStatus.Solved }, mara, Cancel)).Refusal!.Message, StringComparison.Ordinal);
        Assert.Contains("change", (await Commands.ChangeManyAsync([], new(), mara, Cancel)).Refusal!.Errors.Keys);
        Assert.Contains("tag", (await Commands.ChangeManyAsync([], new() { Tag = " " }, mara, Cancel)).Refusal!.Errors.Keys);
        var missing = (await Commands.ChangeManyAsync([new(999_999, TicketStatus.New, null)], new() { Status = TicketStatus.Solved }, mara, Cancel)).Value!;
        Assert.Equal("not-found", Assert.Single(missing.Refused).Refusal.Code);
    }

    private sealed record State(long Number, TicketStatus Status, Guid? AssigneeId, DateTimeOffset? NextDueAt)
    {
        public BulkSeen Seen => new(Number, Status, AssigneeId);
    }

    private async Task<List<State>> StatesAsync(long[] numbers, StaffCaller caller)
    {
        var states = new List<State>();
        foreach (var number in numbers)
        {
            var ticket = (await quiet.Get<TicketQueries>().GetAsync(number, caller, Cancel))!;
            states.Add(new(number, ticket.Status, ticket.Assignee?.Id, ticket.NextDueAt));
        }

        return states;
    }

    private async Task<long> OpenAsync()
    {
        var opened = await Commands.OpenAsync(
            new() { Channel = Channel.Email, Requester = new("acme", "sofia@acme.example", null), Subject = "S", Body = "B", ClientMessageId = Guid.NewGuid().ToString("N") }, Caller.System, Cancel);
        return opened.Value!.Number;
    }

    private Task<SupportDb> ReadAsync() => quiet.Get<IDbContextFactory<SupportDb>>().CreateDbContextAsync(Cancel);

    private async Task<StaffCaller> StaffAsync(string who)
    {
        var member = (await quiet.Get<StaffQueries>().FindAsync($"{who}@demo.example", Cancel))!;
        return new(member.Id, member.Name, member.Email);
    }
}
