using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Audit;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Channels.Files;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Desk.Tickets;

public sealed class SqliteTicketAuditTests(QuietHost host) : TicketAuditTests(host), IClassFixture<QuietHost>;

public sealed class PostgresTicketAuditTests(PostgresQuietHost host) : TicketAuditTests(host.OrSkip()), IClassFixture<PostgresQuietHost>;

/// <summary>What staff changes in a ticket stands in the audit log, with before and after; what a customer says does not.</summary>
public abstract class TicketAuditTests(QuietHost host)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Assignment_severity_status_and_tags_are_noted_with_who_before_and_after()
    {
        var sven = (await host.Get<StaffQueries>().FindAsync("specialist@demo.example", Cancel))!;
        var commands = host.Get<TicketCommands>();
        using var sofia = await host.Host.CustomerAsync("sofia@acme.example");
        var number = (await sofia.AskAsync("Canary in my words")).GetProperty("number").GetInt64();
        Assert.Empty(await EntriesAsync(number));

        Assert.True((await commands.AssignAsync(number, sven.Id, StaffFakes.Lead, cancellation: Cancel)).IsDone);
        Assert.True((await commands.AssignAsync(number, sven.Id, StaffFakes.Lead, cancellation: Cancel)).IsDone);
        Assert.True((await commands.EditAsync(number, new() { Severity = Severity.BusinessCritical, Reason = "Everybody is out", Tags = ["outage"] }, StaffFakes.Lead, cancellation: Cancel)).IsDone);
        Assert.True((await commands.ChangeStatusAsync(number, TicketStatus.Solved, StaffFakes.Specialist, cancellation: Cancel)).IsDone);
        Assert.False((await commands.ClaimAsync(number, StaffFakes.Specialist, Cancel)).IsDone);

        var entries = await EntriesAsync(number);
        Assert.Equal(["Lea Lead", "Lea Lead", "Sven Specialist"], entries.Select(entry => entry.ActorName));
        Assert.Contains(new("assignee", null, "specialist@demo.example"), entries[0].Changes);
        Assert.Contains(new("severity", "Standard", "BusinessCritical"), entries[1].Changes);
        Assert.Contains(new("tags", null, "outage"), entries[1].Changes);
        Assert.Equal("Solved", Assert.Single(entries[2].Changes, change => change.Field == "status").After);
    }

    private async Task<IReadOnlyList<AuditEntry>> EntriesAsync(long number) =>
        [.. (await host.Get<AuditQueries>().SearchAsync(new(Area: "tickets", Subject: $"{number}"), cancellation: Cancel)).Entries.Reverse()];
}
