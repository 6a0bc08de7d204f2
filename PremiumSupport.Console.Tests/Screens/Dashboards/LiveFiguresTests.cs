using PremiumSupport.Desk.Reports.Kept;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Views;
using PremiumSupport.Screens.Dashboards;
using PremiumSupport.Sla;

namespace PremiumSupport.Tests.Screens.Dashboards;

/// <summary>What a filter of promises says to the queue, and what it cannot say to it.</summary>
public sealed class LiveFiguresTests
{
    [Fact]
    public void What_tickets_have_too_narrows_what_is_open()
    {
        var specialist = Guid.NewGuid();
        Assert.True(LiveFigures.FilterOf(PromiseFilter.None, null).IsEmpty);
        Assert.Equal(
            new QueueFilter { Account = "acme", Severity = Severity.BusinessCritical, Channel = QueueView.Chat, Assignee = new AssigneeFilter(specialist) },
            LiveFigures.FilterOf(new() { Account = "acme", Severity = Severity.BusinessCritical, Channel = Channel.Chat, Specialist = "mara@desk.example" }, specialist));
        Assert.Equal(new AssigneeFilter(null), LiveFigures.FilterOf(new() { Specialist = "" }, null).Assignee);
        // Of somebody who is not there nothing is open, rather than everything.
        Assert.Equal(new AssigneeFilter(Guid.Empty), LiveFigures.FilterOf(new() { Specialist = "gone@desk.example" }, null).Assignee);
        Assert.Equal(QueueView.Email, LiveFigures.FilterOf(new() { Channel = Channel.Mailbox }, null).Channel);
    }

    [Fact]
    public void What_only_promises_have_is_said_beside_it()
    {
        Assert.Empty(LiveFigures.Unheard(new() { Account = "acme", Channel = Channel.Phone, Severity = Severity.Standard, Specialist = "" }));
        Assert.Equal(["First response", "Email form", "Missed", "On Mondays"], LiveFigures.Unheard(new() { Metric = Metric.FirstResponse, Channel = Channel.Email, Outcome = PromiseOutcome.Missed, Weekday = 0 }));
    }
}
