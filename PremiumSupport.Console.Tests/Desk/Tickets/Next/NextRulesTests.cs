using Microsoft.Extensions.Configuration;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Next;
using static PremiumSupport.Tests.Screens.Rows;

namespace PremiumSupport.Tests.Desk.Tickets.Next;

/// <summary>Whom Next gives what, and why not.</summary>
public sealed class NextRulesTests
{
    private static readonly Guid Me = Guid.NewGuid();

    [Fact]
    public void The_most_urgent_one_that_is_free_and_not_passed_over()
    {
        QueueRow[] rows = [Row(1, 1, assignee: "Ana"), Row(2, 2), Row(3, 3), Row(4, 4)];
        var offer = NextRules.Choose(rows, row => row.Number == 2, Me, Now);
        Assert.Equal(3, offer.Row!.Number);
        Assert.Equal([2L], offer.PassedOver);
    }

    [Fact]
    public void Nothing_where_all_that_is_free_is_passed_over()
    {
        var offer = NextRules.Choose([Row(1), Row(2)], _ => true, Me, Now);
        Assert.Null(offer.Row);
        Assert.Equal([1L, 2L], offer.PassedOver.Order());
    }

    // Rows are at risk for their last quarter of an hour; those of an account of one's own are in brackets.
    [Theory]
    [InlineData("20 30 (40)", 2)]
    [InlineData("14 30 (40)", 0)]
    [InlineData("-5 (14) (40)", 0)]
    [InlineData("(14) 14.5 (40)", 0)]
    [InlineData("20 (30) 31 (40)", 1)]
    [InlineData("20 30 40", 0)]
    [InlineData("20 30 (none)", 2)]
    public void An_account_of_ones_own_comes_first_while_nothing_due_before_it_presses(string dues, int chosen)
    {
        var rows = dues.Split(' ').Select((due, place) =>
        {
            var words = due.Trim('(', ')');
            var row = Row(place, words == "none" ? null : double.Parse(words, System.Globalization.CultureInfo.InvariantCulture));
            return due[0] == '(' ? row with { Carers = new HashSet<Guid> { Me } } : row;
        }).ToList();
        Assert.Equal(chosen, NextRules.Choose(rows, _ => false, Me, Now).Row!.Number);
        Assert.Equal(0, NextRules.Choose(rows, _ => false, Guid.NewGuid(), Now).Row!.Number);
    }

    [Theory]
    [InlineData(false, 100, true)]
    [InlineData(true, 179.999, true)]
    [InlineData(true, 180, false)]
    public void An_onlooker_who_does_nothing_holds_back_what_presses_for_a_while_only(bool isPressing, double seconds, bool isHeld)
    {
        Assert.Equal(isHeld, NextRules.IsHeld(Now.AddSeconds(-seconds), isPressing, TimeSpan.FromMinutes(3), Now));
        Assert.True(NextRules.IsHeld(DateTimeOffset.MaxValue, isPressing, TimeSpan.FromMinutes(3), Now));
    }

    [Theory]
    [InlineData("Next:HoldFor", "1.00:00:01")]
    [InlineData("Next:HoldFor", "00:00:00")]
    [InlineData("Next:SkipFor", "soon")]
    public void A_duration_that_cannot_be_stops_the_start_and_names_the_key(string key, string value)
    {
        var failure = Assert.Throws<InvalidOperationException>(() => NextOptions.Read(new ConfigurationBuilder().AddInMemoryCollection([new(key, value)]).Build()));
        Assert.Contains(key.Replace(":", "__", StringComparison.Ordinal), failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(7, 8, false)]
    [InlineData(8, 8, true)]
    [InlineData(9, 8, true)]
    [InlineData(900, null, false)]
    public void Who_carries_as_much_as_they_may_gets_no_more(int open, int? most, bool isFull)
    {
        var refusal = NextRules.CheckCapacity(open, most);
        Assert.Equal(isFull, refusal is not null);
        Assert.Equal(isFull ? $"You have {open} of {most} open." : null, refusal?.Message.Split(" Solve")[0]);
    }

    [Fact]
    public void Skipping_is_for_what_is_free_or_ones_own()
    {
        Assert.Null(NextRules.CheckSkip(TicketStatus.New, null, Me, ""));
        Assert.Null(NextRules.CheckSkip(TicketStatus.Waiting, Me, Me, ""));
        Assert.Equal("already-claimed", NextRules.CheckSkip(TicketStatus.Open, Guid.NewGuid(), Me, "")!.Code);
        Assert.Equal("not-open", NextRules.CheckSkip(TicketStatus.Solved, null, Me, "")!.Code);
        Assert.Contains("note", NextRules.CheckSkip(TicketStatus.New, null, Me, new('x', NextRules.LongestNote + 1))!.Errors.Keys);
    }

    [Fact]
    public void A_skip_counts_until_its_time_is_over()
    {
        var facts = new NextFacts(new Dictionary<(Guid, long), DateTimeOffset> { [(Me, 7)] = Now.AddHours(1) }, new Dictionary<Guid, int>());
        Assert.True(facts.IsSkipped(Me, 7, Now.AddMinutes(59)));
        Assert.False(facts.IsSkipped(Me, 7, Now.AddHours(1)));
        Assert.False(facts.IsSkipped(Me, 8, Now));
        Assert.False(facts.IsSkipped(Guid.NewGuid(), 7, Now));
    }
}
