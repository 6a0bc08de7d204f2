using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Accounts;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Calls;
using PremiumSupport.Desk.Tickets.Next;
using PremiumSupport.Platform.Audit;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Tests.Figures;
using PremiumSupport.Tests.Hosting;
using PremiumSupport.Tests.Screens;

namespace PremiumSupport.Tests.Desk.Tickets.Snoozing;

public sealed class SqliteSnoozeTests(QuietHost host) : SnoozeTests(host), IClassFixture<QuietHost>;

public sealed class PostgresSnoozeTests(PostgresQuietHost host) : SnoozeTests(host.OrSkip()), IClassFixture<PostgresQuietHost>;

/// <summary>A ticket that is put away is in no list but its own and the one of all, and comes back by itself. On a standing clock.</summary>
public abstract class SnoozeTests(QuietHost host)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private TicketCommands Commands => host.Get<TicketCommands>();

    [Fact]
    public async Task It_is_put_away_until_its_time_and_the_sweep_brings_it_back()
    {
        var (mara, number) = (await StaffAsync("specialist"), await AnsweredAsync("Put away"));
        var until = host.Clock.GetUtcNow().AddHours(2);
        Assert.True((await Commands.AssignAsync(number, mara.StaffId, mara, cancellation: Cancel)).IsDone);
        Assert.True((await Commands.SnoozeAsync(number, until, mara, Cancel)).IsDone);
        Assert.Equal((until, false), await AwayAsync(number));
        Assert.Equal((true, true, false), (await IsInAsync(QueueView.Snoozed, number, mara), await IsInAsync(QueueView.All, number, mara), await IsInAsync(QueueView.Mine, number, mara)));

        host.Clock.Advance(TimeSpan.FromHours(2) - TimeSpan.FromMilliseconds(1));
        await Commands.FlagDueAsync(Cancel);
        Assert.Equal(until, (await AwayAsync(number)).Until);
        Assert.Equal(until, await host.Get<TicketQueries>().NextFlagAtAsync(Cancel));
        host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Contains(number, (await Commands.FlagDueAsync(Cancel)).Flagged);
        Assert.Equal((null, false), await AwayAsync(number));
        Assert.Equal((false, true), (await IsInAsync(QueueView.Snoozed, number, mara), await IsInAsync(QueueView.Mine, number, mara)));
        Assert.DoesNotContain(number, (await Commands.FlagDueAsync(Cancel)).Flagged);
        Assert.Equal([(TicketEventKind.Snoozed, "Mara Lindqvist"), (TicketEventKind.Woken, Caller.System.Name)], await EventsAsync(number));
        Assert.Contains((await host.Get<AuditQueries>().SearchAsync(new(Area: "tickets", Subject: $"{number}"), cancellation: Cancel)).Entries, entry => entry.Changes.Any(change => change.Field == "snoozedUntil"));
    }

    [Fact]
    public async Task Its_customers_next_words_bring_it_back()
    {
        var (mara, number) = (await StaffAsync("specialist"), await AnsweredAsync("Back with its customer"));
        Assert.True((await Commands.SnoozeAsync(number, null, mara, Cancel)).IsDone);
        Assert.Equal((host.Clock.GetUtcNow().AddDays(30), true), await AwayAsync(number));
        Assert.True((await Commands.ReplyAsync(number, "A word from us", "ours", false, mara, Cancel)).IsDone);
        Assert.True((await AwayAsync(number)).IsForAnswer);

        var requester = (await host.Get<TicketQueries>().GetAsync(number, mara, Cancel))!.Requester;
        var account = (await host.Get<AccountQueries>().FindAsync("acme", Cancel))!;
        Assert.True((await Commands.PostAsync(number, "And from me", "theirs", new CustomerCaller(requester.Id, account.Id, requester.Name, requester.Email), Cancel)).IsDone);
        Assert.Equal((null, false), await AwayAsync(number));
        Assert.Equal((TicketEventKind.Woken, requester.Name), (await EventsAsync(number))[^1]);
    }

    [Fact]
    public async Task A_promise_brings_it_back_when_it_is_warned_about_and_none_is_hidden_by_what_happens_since()
    {
        var mara = await StaffAsync("specialist");
        var (number, carrier) = (await host.Host.OpenTicketAsync("With a promise"), await AnsweredAsync("Takes one in"));
        var promise = (await host.Get<TicketQueries>().GetAsync(number, mara, Cancel))!.Obligations[0];
        Assert.Equal("past-warning", (await Commands.SnoozeAsync(number, promise.DueAt, mara, Cancel)).Refusal!.Code);
        Assert.Null((await AwayAsync(number)).Until);
        Assert.True((await Commands.SnoozeAsync(number, null, mara, Cancel)).IsDone);
        Assert.Equal(promise.NextFlagAt, (await AwayAsync(number)).Until);
        Assert.Equal("nothing-waits", (await NextAsync(mara)).Refusal?.Code);

        // Another's promise comes to a ticket that is put away for longer: it is back earlier.
        Assert.True((await Commands.SnoozeAsync(carrier, null, mara, Cancel)).IsDone);
        Assert.True((await Commands.MergeAsync(number, carrier, mara, Cancel)).IsDone);
        Assert.Equal(promise.NextFlagAt, (await AwayAsync(carrier)).Until);
        Assert.Null((await AwayAsync(number)).Until);
        host.Clock.Advance(promise.NextFlagAt!.Value - host.Clock.GetUtcNow());
        await Commands.FlagDueAsync(Cancel);
        Assert.Null((await AwayAsync(carrier)).Until);
        Assert.Equal("promise", await DetailAsync(carrier));
    }

    [Fact]
    public async Task Undoing_giving_and_solving_bring_it_back_too()
    {
        var (mara, number) = (await StaffAsync("specialist"), await AnsweredAsync("Taken back"));
        Assert.True((await Commands.SnoozeAsync(number, null, mara, Cancel)).IsDone);
        Assert.True((await Commands.WakeAsync(number, mara, Cancel)).IsDone);
        Assert.Null((await AwayAsync(number)).Until);
        var version = (await host.Get<TicketQueries>().GetAsync(number, mara, Cancel))!.Version;
        Assert.True((await Commands.WakeAsync(number, mara, Cancel)).IsDone);
        Assert.Equal(version, (await host.Get<TicketQueries>().GetAsync(number, mara, Cancel))!.Version);

        Assert.True((await Commands.SnoozeAsync(number, null, mara, Cancel)).IsDone);
        Assert.True((await Commands.AssignAsync(number, mara.StaffId, mara, cancellation: Cancel)).IsDone);
        Assert.Equal(((DateTimeOffset?)null, "given"), ((await AwayAsync(number)).Until, await DetailAsync(number)));

        Assert.True((await Commands.SnoozeAsync(number, null, mara, Cancel)).IsDone);
        Assert.True((await Commands.ChangeStatusAsync(number, TicketStatus.Solved, mara, cancellation: Cancel)).IsDone);
        Assert.Null((await AwayAsync(number)).Until);
        Assert.Equal("not-open", (await Commands.SnoozeAsync(number, null, mara, Cancel)).Refusal!.Code);
        Assert.Null((await host.Get<TicketQueries>().GetAsync(number, mara, Cancel))!.SnoozedUntil);
    }

    [Fact]
    public async Task The_next_try_of_a_call_brings_it_back_and_a_call_that_is_due_keeps_it_in_sight()
    {
        var mara = await StaffAsync("specialist");
        var number = await new ApiCaller(host.Host.Api()).OpenAsync(
            new { channel = "phone", requester = new { email = "sofia@acme.example" }, account = "acme", subject = "Please call", body = "About the export.", phoneNumber = ApiCaller.NewNumber() });
        Assert.Equal("call-due", (await Commands.SnoozeAsync(number, null, mara, Cancel)).Refusal!.Code);
        Assert.True((await Commands.LogCallAsync(number, CallOutcome.NoAnswer, mara, Cancel)).IsDone);
        var next = (await host.Get<CallQueries>().CallbackAsync(number, mara, Cancel))!.NextCallAt!.Value;
        Assert.True(next > host.Clock.GetUtcNow());
        Assert.Equal("past-call", (await Commands.SnoozeAsync(number, next.AddMinutes(1), mara, Cancel)).Refusal!.Code);
        Assert.True((await Commands.SnoozeAsync(number, null, mara, Cancel)).IsDone);
        Assert.Equal(next, (await AwayAsync(number)).Until);

        // Tried once more before its time, it waits for the try after that, and not for ever.
        Assert.True((await Commands.LogCallAsync(number, CallOutcome.Busy, mara, Cancel)).IsDone);
        Assert.Equal(next, (await AwayAsync(number)).Until);
        host.Clock.Advance(next - host.Clock.GetUtcNow());
        await Commands.FlagDueAsync(Cancel);
        Assert.Null((await AwayAsync(number)).Until);

        // Put away for longer, and then its customer asks for a call after all.
        Assert.True((await Commands.LogCallAsync(number, CallOutcome.Reached, mara, Cancel)).IsDone);
        Assert.True((await Commands.SnoozeAsync(number, host.Clock.GetUtcNow().AddDays(2), mara, Cancel)).IsDone);
        Assert.True((await Commands.RescheduleCallbackAsync(number, null, ApiCaller.NewNumber(), await Measured.CustomerAsync(host.Host, "sofia@acme.example"), Cancel)).IsDone);
        Assert.Null((await AwayAsync(number)).Until);
        Assert.Equal("call", await DetailAsync(number));
    }

    private async Task<Outcome<long>> NextAsync(StaffCaller caller)
    {
        Outcome<long> got;
        do
        {
            got = await Commands.ClaimNextAsync(new NextOptions(), new Dictionary<long, DateTimeOffset>(), caller, Cancel);
        }
        while (got.IsDone);
        return got;
    }

    /// <summary>A ticket whose promise was kept, so that nothing is owed.</summary>
    private async Task<long> AnsweredAsync(string subject)
    {
        var number = await host.Host.OpenTicketAsync(subject);
        Assert.True((await Commands.ReplyAsync(number, "We are on it", Guid.NewGuid().ToString("N"), false, await StaffAsync("second"), Cancel)).IsDone);
        return number;
    }

    private async Task<(DateTimeOffset? Until, bool IsForAnswer)> AwayAsync(long number)
    {
        await using var db = await ReadAsync();
        var ticket = await db.Set<Ticket>().SingleAsync(ticket => ticket.Number == number, Cancel);
        return (ticket.SnoozedUntil, ticket.IsSnoozedForAnswer);
    }

    private async Task<bool> IsInAsync(QueueView view, long number, StaffCaller caller)
    {
        await using var db = await ReadAsync();
        var row = (await QueueRows.ReadAsync(db, [number])).Single();
        var stored = await QueueRows.In(db, view, caller.StaffId, host.Clock.GetUtcNow()).AnyAsync(ticket => ticket.Number == number, Cancel);
        Assert.Equal(stored, row.IsIn(view, caller.StaffId, host.Clock.GetUtcNow()));
        return stored;
    }

    private async Task<IReadOnlyList<(TicketEventKind Kind, string Who)>> EventsAsync(long number)
    {
        await using var db = await ReadAsync();
        var events = await db.Set<TicketEvent>().Where(happening => happening.TicketNumber == number).OrderBy(happening => happening.Id).ToListAsync(Cancel);
        return [.. events.Where(happening => happening.Kind is TicketEventKind.Snoozed or TicketEventKind.Woken).Select(happening => (happening.Kind, happening.ActorName))];
    }

    private async Task<string> DetailAsync(long number)
    {
        await using var db = await ReadAsync();
        return await db.Set<TicketEvent>().Where(happening => happening.TicketNumber == number && happening.Kind == TicketEventKind.Woken).OrderBy(happening => happening.Id).Select(happening => happening.Detail).LastAsync(Cancel);
    }

    private Task<SupportDb> ReadAsync() => host.Get<IDbContextFactory<SupportDb>>().CreateDbContextAsync(Cancel);

    private async Task<StaffCaller> StaffAsync(string who)
    {
        var member = (await host.Get<StaffQueries>().FindAsync($"{who}@demo.example", Cancel))!;
        return new(member.Id, member.Name, member.Email);
    }
}
