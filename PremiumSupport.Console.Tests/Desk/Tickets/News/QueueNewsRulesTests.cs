using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.News;
using PremiumSupport.Tests.Screens;

namespace PremiumSupport.Tests.Desk.Tickets.News;

/// <summary>What is new between two readings of the queue.</summary>
public sealed class QueueNewsRulesTests
{
    private static readonly QueueRow Nobodys = Rows.Row(1042) with { CreatedAt = Rows.Now.AddSeconds(-3) };
    private static readonly QueueRow Answered = Rows.Row(1042, assignee: "Mara") with { LastFromCustomer = false };
    private static readonly QueueRow Asked = Answered with { LastFromCustomer = true, Snippet = "One more thing" };

    [Fact]
    public void A_new_ticket_of_nobodys_is_news_for_all_and_an_old_one_or_somebodys_is_not()
    {
        var news = Assert.Single(Between([], Nobodys));
        Assert.True(news is { IsNewTicket: true, To: null });
        Assert.Empty(Between([], Nobodys with { CreatedAt = Rows.Now - QueueNewsRules.Fresh - TimeSpan.FromSeconds(1) }));
        Assert.Empty(Between([Nobodys], Nobodys));
        Assert.Empty(Between([Nobodys], Nobodys with { Subject = "Renamed" }));
    }

    [Fact]
    public void Words_of_a_customer_are_news_for_whoever_has_their_ticket()
    {
        var news = Assert.Single(Between([Answered], Asked));
        Assert.Equal((Asked.AssigneeId, false), (news.To, news.IsNewTicket));
        Assert.Single(Between([Asked], Asked with { Snippet = "And another" }));
        Assert.Single(Between([], Asked));
        Assert.Empty(Between([], Asked with { CreatedAt = Rows.Now.AddSeconds(-1) }));
    }

    [Fact]
    public void What_is_done_to_a_ticket_besides_is_none()
    {
        Assert.Empty(Between([Asked], Asked with { Status = TicketStatus.Waiting }));
        Assert.Empty(Between([Asked], Answered));
        Assert.Empty(Between([Answered with { AssigneeId = null }], Asked with { AssigneeId = null }));
        Assert.Empty(Between([Answered], Asked with { UpdatedAt = Rows.Now - QueueNewsRules.Fresh - TimeSpan.FromSeconds(1) }));
    }

    private static IEnumerable<QueueNewsItem> Between(QueueRow[] before, QueueRow row) => QueueNewsRules.Between(before.ToDictionary(known => known.Number), [row], Rows.Now);
}
