using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Entitlements;
using PremiumSupport.Desk.Notifications;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Publishing;
using PremiumSupport.Monitoring;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Desk.Notifications;

public sealed class SqliteNamedTests(QuietHost host) : NamedTests(host), IClassFixture<QuietHost>;

public sealed class PostgresNamedTests(PostgresQuietHost host) : NamedTests(host.OrSkip()), IClassFixture<PostgresQuietHost>;

/// <summary>Whom the policy names is told after the leads, once, and not at all where one who was told knows. On a promise of one hour: at risk at 45 minutes.</summary>
public abstract class NamedTests(QuietHost host)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_neither_assignee_nor_lead_acknowledges_reaches_those_whom_the_policy_names_once()
    {
        await PublishAsync(null);
        var early = await OpenAsync();
        await AfterAsync(TimeSpan.FromMinutes(45));
        await AfterAsync(Patience);
        await AfterAsync(Patience);
        Assert.Equal("specialist lead", await ToldAsync(early));

        Assert.Null(await PublishAsync("second@demo.example", "LEAD@demo.example"));
        // What the leads have heard of within the hour is passed on as well; who was told as a lead is not told again.
        await AfterAsync(TimeSpan.Zero);
        Assert.Equal("specialist lead second", await ToldAsync(early));

        var number = await OpenAsync();
        await AfterAsync(TimeSpan.FromMinutes(45));
        await AfterAsync(Patience);
        Assert.Equal("specialist lead", await ToldAsync(number));
        await AfterAsync(Patience - TimeSpan.FromMilliseconds(1));
        Assert.Equal("specialist lead", await ToldAsync(number));
        await AfterAsync(TimeSpan.FromMilliseconds(1));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => host.Get<EscalationSweep>().RunAsync(Cancel)));
        Assert.Equal("specialist lead second", await ToldAsync(number));
        var told = (await host.Get<NotificationQueries>().OpenAsync(await StaffAsync("second"), 50, Cancel)).Newest.Single(told => told.TicketNumber == number);
        Assert.Equal((NotificationAudience.Named, "75%"), (told.Audience, told.Step));

        var known = await OpenAsync();
        await AfterAsync(TimeSpan.FromMinutes(45));
        await AfterAsync(Patience);
        Assert.True(await host.Get<NotificationCommands>().AcknowledgeTicketAsync(known, await StaffAsync("lead"), Cancel));
        await AfterAsync(Patience);
        Assert.Equal("specialist lead", await ToldAsync(known));
    }

    [Fact]
    public async Task Only_people_of_the_staff_can_be_named()
    {
        Assert.Contains("nobody of the address nobody@demo.example", (await PublishAsync("second@demo.example", "nobody@demo.example"))!.Message, StringComparison.Ordinal);
        Assert.Equal(["escalateTo"], (await PublishAsync("nobody"))!.Errors.Keys);
    }

    private async Task<Refusal?> PublishAsync(params string?[]? named)
    {
        var current = host.Get<Policies>().Current;
        var draft = PolicyJson.ToDraft(current) with { EscalateTo = named is null ? null : [.. named] };
        return (await host.Get<PolicyCommands>().PublishAsync(draft, "Who is told after the leads", PolicyScope.New, current.Version, (await StaffAsync("admin")) with { IsAdmin = true }, cancellation: Cancel)).Refusal;
    }

    private async Task<long> OpenAsync()
    {
        var opened = await host.Get<TicketCommands>().OpenAsync(
            new() { Channel = Channel.Email, Requester = new("acme", "sofia@acme.example", null), Subject = "S", Body = "B", ClientMessageId = Guid.NewGuid().ToString("N") }, Caller.System, Cancel);
        var mara = await StaffAsync("specialist");
        Assert.True((await host.Get<TicketCommands>().AssignAsync(opened.Value!.Number, mara.StaffId, mara, cancellation: Cancel)).IsDone);
        return opened.Value!.Number;
    }

    private async Task AfterAsync(TimeSpan time)
    {
        host.Clock.Advance(time);
        await host.Get<FlagSweep>().RunAsync(Cancel);
        await host.Get<EscalationSweep>().RunAsync(Cancel);
    }

    private async Task<StaffCaller> StaffAsync(string name)
    {
        var member = (await host.Get<StaffQueries>().FindAsync($"{name}@demo.example", Cancel))!;
        return new(member.Id, member.Name, member.Email);
    }

    /// <summary>Who was told of a ticket, in the order of the rows.</summary>
    private async Task<string> ToldAsync(long number)
    {
        await using var db = await host.Get<IDbContextFactory<SupportDb>>().CreateDbContextAsync(Cancel);
        var rows = await db.Set<Notification>().Where(row => row.TicketNumber == number)
            .Join(db.Users, row => row.RecipientId, user => user.Id, (row, user) => new { row.Id, user.Email }).OrderBy(row => row.Id).ToListAsync(Cancel);
        return string.Join(' ', rows.Select(row => row.Email!.Split('@')[0]));
    }
}
