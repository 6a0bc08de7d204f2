using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PremiumSupport.Desk.Accounts;
using PremiumSupport.Desk.Accounts.Teams;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Handing;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Tests.Channels.Files;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Desk.Accounts;

public sealed class SqliteTeamTests(QuietHost host) : TeamTests(host), IClassFixture<QuietHost>;

public sealed class PostgresTeamTests(PostgresQuietHost host) : TeamTests(host.OrSkip()), IClassFixture<PostgresQuietHost>;

/// <summary>Who looks after which account, and what becomes of tickets that whoever has them leaves unanswered.</summary>
public abstract class TeamTests(QuietHost host)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private TeamCommands Teams => host.Get<TeamCommands>();

    private TicketCommands Tickets => host.Get<TicketCommands>();

    [Fact]
    public async Task A_team_and_the_one_by_name_prefer_the_account_and_nobody_else_does()
    {
        var (first, second, lead) = (await PersonAsync("specialist"), await PersonAsync("second"), await PersonAsync("lead"));
        var acme = (await host.Get<AccountQueries>().FindAsync("acme", Cancel))!.Id;
        Assert.Contains("name", (await Teams.SaveAsync(null, " ", [], StaffFakes.Admin, Cancel)).Problem, StringComparison.Ordinal);
        Assert.False((await Teams.SaveAsync(null, "Nordics", [first.Id], StaffFakes.Lead, Cancel)).IsDone);
        var team = (await Teams.SaveAsync(null, "Nordics", [first.Id], StaffFakes.Admin, Cancel)).Value;
        Assert.True((await Teams.DedicateAsync(acme, team, lead.Id, StaffFakes.Admin, Cancel)).IsDone);

        var queries = host.Get<TeamQueries>();
        Assert.Equal(("Nordics", "lead@demo.example"), ((await queries.CareOfAsync(acme, Cancel)).Team, lead.Email));
        Assert.Equal(
            (true, false, true),
            ((await queries.PreferredAccountsAsync(first.Id, Cancel)).Contains(acme), (await queries.PreferredAccountsAsync(second.Id, Cancel)).Contains(acme), (await queries.PreferredAccountsAsync(lead.Id, Cancel)).Contains(acme)));

        Assert.True((await Teams.SaveAsync(team, "Nordics", [second.Id], StaffFakes.Admin, Cancel)).IsDone);
        Assert.Empty(await queries.PreferredAccountsAsync(first.Id, Cancel));
        Assert.True((await Teams.RemoveAsync(team, StaffFakes.Admin, Cancel)).IsDone);
        Assert.Empty(await queries.PreferredAccountsAsync(second.Id, Cancel));
        Assert.Contains(acme, await queries.PreferredAccountsAsync(lead.Id, Cancel));
    }

    [Fact]
    public async Task An_unanswered_ticket_goes_back_after_the_time_that_is_set_and_an_answered_one_does_not()
    {
        var (first, second) = (await PersonAsync("specialist"), await PersonAsync("second"));
        using var sofia = await host.Host.CustomerAsync("sofia@acme.example");
        var left = (await sofia.AskAsync("Left alone")).GetProperty("number").GetInt64();
        var answered = (await sofia.AskAsync("Answered")).GetProperty("number").GetInt64();
        var later = (await sofia.AskAsync("Given later")).GetProperty("number").GetInt64();
        Assert.True((await Tickets.AssignAsync(left, first.Id, StaffFakes.Lead, cancellation: Cancel)).IsDone);
        Assert.True((await Tickets.AssignAsync(answered, first.Id, StaffFakes.Lead, cancellation: Cancel)).IsDone);
        Assert.True((await Tickets.ReplyAsync(answered, "Here you are", "r", false, StaffFakes.Specialist, Cancel)).IsDone);
        Assert.NotNull(await host.Get<TakeBackCommands>().SaveAsync(0, StaffFakes.Admin, Cancel));
        Assert.NotNull(await host.Get<TakeBackCommands>().SaveAsync(10, StaffFakes.Lead, Cancel));
        Assert.Null(await host.Get<TakeBackCommands>().SaveAsync(10, StaffFakes.Admin, Cancel));

        host.Clock.Advance(TimeSpan.FromMinutes(9));
        Assert.True((await Tickets.AssignAsync(later, second.Id, StaffFakes.Lead, cancellation: Cancel)).IsDone);
        await Tickets.TakeBackAsync(Cancel);
        Assert.Equal(first.Id, await AssigneeAsync(left));
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await Tickets.TakeBackAsync(Cancel);
        Assert.Equal((null, first.Id, second.Id), (await AssigneeAsync(left), await AssigneeAsync(answered), await AssigneeAsync(later)));
        Assert.Null(await host.Get<TakeBackCommands>().SaveAsync(null, StaffFakes.Admin, Cancel));
        host.Clock.Advance(TimeSpan.FromHours(3));
        await Tickets.TakeBackAsync(Cancel);
        Assert.Equal(second.Id, await AssigneeAsync(later));
    }

    [Fact]
    public async Task What_is_answered_or_written_to_again_begins_its_time_anew()
    {
        var first = await PersonAsync("specialist");
        using var sofia = await host.Host.CustomerAsync("sofia@acme.example");
        var number = (await sofia.AskAsync("Written to again")).GetProperty("number").GetInt64();
        Assert.True((await Tickets.AssignAsync(number, first.Id, StaffFakes.Lead, cancellation: Cancel)).IsDone);
        Assert.Null(await host.Get<TakeBackCommands>().SaveAsync(10, StaffFakes.Admin, Cancel));
        host.Clock.Advance(TimeSpan.FromMinutes(9));
        var contact = (await host.Get<TicketQueries>().GetAsync(number, StaffFakes.Lead, Cancel))!.Requester;
        Assert.True((await Tickets.PostAsync(number, "One thing more", "more", new CustomerCaller(contact.Id, (await host.Get<AccountQueries>().FindAsync("acme", Cancel))!.Id, contact.Name, contact.Email), Cancel)).IsDone);
        host.Clock.Advance(TimeSpan.FromMinutes(9));
        await Tickets.TakeBackAsync(Cancel);
        Assert.Equal(first.Id, await AssigneeAsync(number));
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await Tickets.TakeBackAsync(Cancel);
        Assert.Null(await AssigneeAsync(number));
        Assert.Null(await host.Get<TakeBackCommands>().SaveAsync(null, StaffFakes.Admin, Cancel));
    }

    [Fact]
    public async Task What_somebody_who_was_switched_off_had_goes_back_at_once()
    {
        var second = await PersonAsync("second");
        using var sofia = await host.Host.CustomerAsync("sofia@acme.example");
        var number = (await sofia.AskAsync("Whose is it")).GetProperty("number").GetInt64();
        Assert.True((await Tickets.AssignAsync(number, second.Id, StaffFakes.Lead, cancellation: Cancel)).IsDone);
        await using var scope = host.Host.Services.CreateAsyncScope();
        var staff = scope.ServiceProvider.GetRequiredService<StaffCommands>();
        Assert.True((await staff.DisableAsync(second.Id, StaffFakes.Admin, Cancel)).IsDone);
        await Tickets.TakeBackAsync(Cancel);
        Assert.Null(await AssigneeAsync(number));
        Assert.True((await staff.EnableAsync(second.Id, StaffFakes.Admin, Cancel)).IsDone);
    }

    private async Task<StaffMember> PersonAsync(string who) => (await host.Get<StaffQueries>().FindAsync($"{who}@demo.example", Cancel))!;

    private async Task<Guid?> AssigneeAsync(long number)
    {
        await using var db = await host.Get<IDbContextFactory<SupportDb>>().CreateDbContextAsync(Cancel);
        return await db.Set<Ticket>().Where(ticket => ticket.Number == number).Select(ticket => ticket.AssigneeId).SingleAsync(Cancel);
    }
}
