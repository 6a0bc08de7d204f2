using System.Web;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Views;
using PremiumSupport.Sla;
using static PremiumSupport.Tests.Screens.Rows;

namespace PremiumSupport.Tests.Desk.Tickets.Views;

/// <summary>What narrows a view and how the address says it.</summary>
public sealed class QueueFilterTests
{
    private static readonly Guid Me = Guid.NewGuid();

    [Theory]
    [InlineData("1198", 1198)]
    [InlineData("#1198", 1198)]
    [InlineData("consent api", 1207)]
    [InlineData("GLOBEX", 1207)]
    public void Words_find_number_subject_and_account(string text, long found) =>
        Assert.Equal([found], Numbers(new() { Text = text }, Row(1198), Row(1207, subject: "Consent not written by the form API", account: "globex")));

    [Fact]
    public void Each_thing_narrows_for_itself()
    {
        var mine = Row(2, 20, "Mara", account: "globex", role: RequesterRole.SuperAdmin) with { AssigneeId = Me, Tags = ["sso"], Status = TicketStatus.Waiting, Severity = Severity.BusinessCritical, Channel = Channel.Chat };
        QueueRow[] rows = [Row(1, 200), mine, Row(3, 300, "Ana")];
        QueueFilter[] findingMine =
        [
            new() { Account = "Globex" }, new() { Role = RequesterRole.SuperAdmin }, new() { Channel = QueueView.Chat }, new() { Severity = Severity.BusinessCritical }, new() { Assignee = new(Me) },
            new() { Assignee = new(null, IsMe: true) }, new() { Status = TicketStatus.Waiting }, new() { Tag = "sso" }, new() { DueWithin = TimeSpan.FromMinutes(20) },
        ];
        Assert.All(findingMine, filter => Assert.Equal([2L], Numbers(filter, rows)));
        Assert.Equal([1L], Numbers(new() { Assignee = new(null) }, rows));
        Assert.Equal([1L, 2L, 3L], Numbers(new() { Text = " " }, rows));
    }

    [Fact]
    public void What_is_overdue_is_due_within_any_time_and_what_owes_nothing_in_none() =>
        Assert.Equal([1L], Numbers(new() { DueWithin = TimeSpan.FromMinutes(30) }, Row(1, -90), Row(2, 31), Row(3, null)));

    [Theory]
    [InlineData("")]
    [InlineData("?q=a%26b&account=acme&role=super-admin")]
    [InlineData("?channel=phone&severity=critical&assignee=me&status=waiting&tag=sso&due=30m")]
    [InlineData("?assignee=nobody&due=4h")]
    [InlineData("?assignee=0102030405060708090a0b0c0d0e0f10&due=2d")]
    public void An_address_says_a_filter_and_is_said_by_it(string query) => Assert.Equal(query, Read(query)!.ToQuery());

    [Theory]
    [InlineData("?role=emperor")]
    [InlineData("?channel=fax")]
    [InlineData("?severity=1")]
    [InlineData("?assignee=mara")]
    [InlineData("?status=solved")]
    [InlineData("?due=soon")]
    [InlineData("?due=0m")]
    [InlineData("?due=-4h")]
    [InlineData("?due=999999999999h")]
    public void A_word_that_says_nothing_makes_no_filter(string query) => Assert.Null(Read(query));

    private static QueueFilter? Read(string query)
    {
        var values = HttpUtility.ParseQueryString(query);
        return FilterQuery.Read(key => values[key]);
    }

    private static IEnumerable<long> Numbers(QueueFilter filter, params QueueRow[] rows) => filter.Apply(rows, Me, Now).Select(row => row.Number);
}
