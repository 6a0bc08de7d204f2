using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Notifications;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Monitoring;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Desk.Notifications;

public sealed class SqliteNotificationTests(QuietHost host) : NotificationTests(host), IClassFixture<QuietHost>;

public sealed class PostgresNotificationTests(PostgresQuietHost host) : NotificationTests(host.OrSkip()), IClassFixture<PostgresQuietHost>;

/// <summary>Warnings find their people: the assignee first, then the lead, each once, and nobody when it is settled. On a promise of one hour: at risk at 45 minutes.</summary>
public abstract class NotificationTests(QuietHost host)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_warning_from_at_risk_on_is_the_assignees_and_the_leads_hear_of_it_when_it_is_not_acknowledged()
    {
        var number = await OpenAsync("specialist");
        await AfterAsync(30);
        Assert.Equal("", await ToldAsync(number));
        await AfterAsync(15);
        Assert.Equal("75% specialist", await ToldAsync(number));

        host.Clock.Advance(TimeSpan.FromMinutes(2) - TimeSpan.FromMilliseconds(1));
        await host.Get<EscalationSweep>().RunAsync(Cancel);
        Assert.Equal("75% specialist", await ToldAsync(number));
        host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await host.Get<EscalationSweep>().RunAsync(Cancel);
        Assert.Equal("75% specialist, 75% lead", await ToldAsync(number));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => host.Get<EscalationSweep>().RunAsync(Cancel)));
        Assert.Equal("75% specialist, 75% lead", await ToldAsync(number));
    }

    [Fact]
    public async Task What_was_acknowledged_is_not_escalated()
    {
        var number = await OpenAsync("specialist");
        await AfterAsync(45);
        Assert.True(await host.Get<NotificationCommands>().AcknowledgeTicketAsync(number, await StaffAsync("specialist"), Cancel));
        await AfterAsync(5);
        await host.Get<EscalationSweep>().RunAsync(Cancel);
        Assert.Equal("(75% specialist)", await ToldAsync(number));

        await AfterAsync(5);
        Assert.Equal("(75% specialist), -00:05:00 specialist", await ToldAsync(number));
    }

    [Fact]
    public async Task At_the_next_step_and_at_the_breach_the_leads_hear_at_once()
    {
        var number = await OpenAsync("specialist");
        await AfterAsync(45);
        await AfterAsync(10);
        Assert.Equal("75% specialist, -00:05:00 specialist, -00:05:00 lead", await ToldAsync(number));

        var other = await OpenAsync("specialist");
        await AfterAsync(45);
        await host.Get<NotificationCommands>().AcknowledgeTicketAsync(other, await StaffAsync("specialist"), Cancel);
        await AfterAsync(16);
        Assert.Equal("(75% specialist), breach specialist, breach lead", await ToldAsync(other));
    }

    [Fact]
    public async Task Nobodys_ticket_is_the_leads_at_once_and_after_a_standstill_only_the_gravest_is_told()
    {
        var number = await OpenAsync(null);
        await AfterAsync(45);
        Assert.Equal("75% lead", await ToldAsync(number));

        var other = await OpenAsync(null);
        await AfterAsync(90);
        Assert.Equal("breach lead", await ToldAsync(other));
    }

    [Fact]
    public async Task An_answer_settles_what_was_told_and_a_late_one_tells_nobody()
    {
        var number = await OpenAsync("specialist");
        await AfterAsync(45);
        await ReplyAsync(number);
        Assert.Equal("[75% specialist]", await ToldAsync(number));
        await AfterAsync(60);
        await host.Get<EscalationSweep>().RunAsync(Cancel);
        Assert.Equal("[75% specialist]", await ToldAsync(number));

        var late = await OpenAsync("specialist");
        host.Clock.Advance(TimeSpan.FromHours(2));
        await ReplyAsync(late);
        Assert.Equal("", await ToldAsync(late));
    }

    [Fact]
    public async Task A_ticket_that_changes_hands_takes_its_warning_along()
    {
        var number = await OpenAsync("specialist");
        await AfterAsync(45);
        await AssignAsync(number, "second", by: "lead");
        Assert.Equal("[75% specialist], 75% second", await ToldAsync(number));
        await AssignAsync(number, "specialist", by: "specialist");
        Assert.Equal("[75% specialist], [75% second]", await ToldAsync(number));

        var left = await OpenAsync("specialist");
        await AfterAsync(45);
        await AssignAsync(left, null, by: "specialist");
        Assert.Equal("[75% specialist], 75% lead", await ToldAsync(left));
        await AssignAsync(left, "lead", by: "lead");
        Assert.Equal("[75% specialist], (75% lead)", await ToldAsync(left));
    }

    [Fact]
    public async Task Everybody_reads_and_acknowledges_their_own()
    {
        var number = await OpenAsync("specialist");
        await AfterAsync(45);
        var mine = (await host.Get<NotificationQueries>().OpenAsync(await StaffAsync("specialist"), 50, Cancel)).Newest.Single(told => told.TicketNumber == number);
        Assert.DoesNotContain((await host.Get<NotificationQueries>().OpenAsync(await StaffAsync("second"), 50, Cancel)).Newest, told => told.TicketNumber == number);
        Assert.False(await host.Get<NotificationCommands>().AcknowledgeAsync(mine.Id, await StaffAsync("second"), Cancel));
        Assert.False(await host.Get<NotificationCommands>().AcknowledgeAsync(long.MaxValue, await StaffAsync("specialist"), Cancel));
        Assert.True(await host.Get<NotificationCommands>().AcknowledgeAsync(mine.Id, await StaffAsync("specialist"), Cancel));
        Assert.True(await host.Get<NotificationCommands>().AcknowledgeAsync(mine.Id, await StaffAsync("specialist"), Cancel));
        await host.Get<NotificationCommands>().AcknowledgeAllAsync(await StaffAsync("specialist"), Cancel);
        Assert.Equal(0, (await host.Get<NotificationQueries>().OpenAsync(await StaffAsync("specialist"), 50, Cancel)).Count);
    }

    [Fact]
    public async Task Of_several_steps_of_a_promise_the_last_stands_for_all()
    {
        await host.Get<NotificationCommands>().AcknowledgeAllAsync(await StaffAsync("second"), Cancel);
        var (first, second) = (await OpenAsync("second"), await OpenAsync("second"));
        await AfterAsync(45);
        await AfterAsync(10);
        var open = await host.Get<NotificationQueries>().OpenAsync(await StaffAsync("second"), 50, Cancel);
        Assert.Equal(2, open.Count);
        Assert.Equal([(second, "-00:05:00"), (first, "-00:05:00")], open.Newest.Select(told => (told.TicketNumber, told.Step)).OrderByDescending(told => told.TicketNumber));
        var one = await host.Get<NotificationQueries>().OpenAsync(await StaffAsync("second"), 1, Cancel);
        Assert.Equal((1, 2), (one.Newest.Count, one.Count));
        await host.Get<NotificationCommands>().AcknowledgeTicketAsync(first, await StaffAsync("second"), Cancel);
        Assert.Equal("(75% second), (-00:05:00 second), -00:05:00 lead", await ToldAsync(first));
    }

    private async Task<long> OpenAsync(string? assignee)
    {
        var opened = await host.Get<TicketCommands>().OpenAsync(
            new() { Channel = Channel.Email, Requester = new("acme", "sofia@acme.example", null), Subject = "S", Body = "B", ClientMessageId = Guid.NewGuid().ToString("N") }, Caller.System, Cancel);
        if (assignee is not null)
        {
            await AssignAsync(opened.Value!.Number, assignee, assignee);
        }

        return opened.Value!.Number;
    }

    private async Task AssignAsync(long number, string? to, string by) =>
        Assert.True((await host.Get<TicketCommands>().AssignAsync(number, to is null ? null : (await StaffAsync(to)).StaffId, await StaffAsync(by), cancellation: Cancel)).IsDone);

    private async Task ReplyAsync(long number) =>
        Assert.True((await host.Get<TicketCommands>().ReplyAsync(number, "Here.", Guid.NewGuid().ToString("N"), isAutomated: false, await StaffAsync("specialist"), Cancel)).IsDone);

    /// <summary>So many minutes go by, and the sweep with them.</summary>
    private async Task AfterAsync(int minutes)
    {
        host.Clock.Advance(TimeSpan.FromMinutes(minutes) + (minutes % 5 == 0 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(1)));
        await host.Get<FlagSweep>().RunAsync(Cancel);
    }

    private async Task<StaffCaller> StaffAsync(string name)
    {
        var member = (await host.Get<StaffQueries>().FindAsync($"{name}@demo.example", Cancel))!;
        return new(member.Id, member.Name, member.Email);
    }

    /// <summary>Who was told of which step of a ticket, in the order of the rows; in round brackets what was acknowledged, in square ones what is settled.</summary>
    private async Task<string> ToldAsync(long number)
    {
        await using var db = await host.Get<IDbContextFactory<SupportDb>>().CreateDbContextAsync(Cancel);
        var rows = await db.Set<Notification>().Where(row => row.TicketNumber == number).OrderBy(row => row.Id)
            .Join(db.Users, row => row.RecipientId, user => user.Id, (row, user) => new { row.Id, row.Step, user.Email, row.AcknowledgedAt, row.SettledAt }).OrderBy(row => row.Id).ToListAsync(Cancel);
        return string.Join(", ", rows.Select(row =>
        {
            var told = $"{row.Step} {row.Email!.Split('@')[0]}";
            return row.SettledAt is not null ? $"[{told}]" : row.AcknowledgedAt is not null ? $"({told})" : told;
        }));
    }
}
