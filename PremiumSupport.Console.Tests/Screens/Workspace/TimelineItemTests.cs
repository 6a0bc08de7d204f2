using PremiumSupport.Desk.Tickets;
using PremiumSupport.Screens.Workspace;
using static PremiumSupport.Tests.Screens.Rows;

namespace PremiumSupport.Tests.Screens.Workspace;

/// <summary>One timeline of messages, notes and folded events.</summary>
public sealed class TimelineItemTests
{
    private static readonly Timeline Everything = new(
        [Message(1, 0), Message(2, 30)],
        [new() { Id = 1, TicketNumber = 1, AuthorName = "Ana Ruiz", Body = "Note", ClientMessageId = "n", WrittenAt = Now.AddSeconds(20) }],
        [Event(1, TicketEventKind.Opened, 0), Event(2, TicketEventKind.Assigned, 1), Event(3, TicketEventKind.StatusChanged, 2), Event(4, TicketEventKind.Warned, 10), Event(5, TicketEventKind.Answered, 30)]);

    [Fact]
    public void Events_in_a_row_fold_and_warnings_stand_alone()
    {
        var items = TimelineItem.Of(Everything, TimelineShow.All);
        Assert.Equal(["public", "event", "event", "internal", "public", "event"], items.Select(item => item.Kind));
        Assert.Equal([0, 3, 1, 0, 0, 1], items.Select(item => item.Events.Count));
    }

    [Fact]
    public void What_was_said_comes_before_what_followed_from_it_in_the_same_instant()
    {
        var items = TimelineItem.Of(Everything, TimelineShow.All);
        Assert.NotNull(items[0].Message);
        Assert.Equal(TicketEventKind.Answered, items[^1].Events[0].Kind);
    }

    [Fact]
    public void Messages_keep_their_order_where_the_clock_was_set_back_between_them()
    {
        var items = TimelineItem.Of(new([Message(1, 60), Message(2, 0), Message(3, 90)], [], [Event(1, TicketEventKind.Answered, 70)]), TimelineShow.All);
        Assert.Equal([1, 2, null, 3], items.Select(item => item.Message?.Sequence));
        Assert.Equal(Now, items[1].At);
    }

    [Theory]
    [InlineData(TimelineShow.Messages, 2)]
    [InlineData(TimelineShow.Notes, 1)]
    [InlineData(TimelineShow.Events, 5)]
    public void Each_kind_can_be_looked_at_alone(TimelineShow show, int count) => Assert.Equal(count, TimelineItem.Of(Everything, show).Count);

    [Theory]
    [InlineData("50%", "Half of the promise is used.")]
    [InlineData("75%", "Three quarters of the promise are used.")]
    [InlineData("-00:05:00", "5 minutes of the promise are left.")]
    public void A_warning_says_what_is_left(string step, string words)
    {
        var happening = Event(1, TicketEventKind.Warned, 0);
        happening.Detail = step;
        Assert.Equal(words, EventWords.Of(happening, Guid.Empty));
    }

    [Fact]
    public void What_I_did_is_told_as_you()
    {
        var me = Guid.NewGuid();
        var happening = new TicketEvent { Kind = TicketEventKind.StatusChanged, ActorId = me, ActorName = "Mara Lindqvist", Before = "open", Detail = "solved" };
        Assert.Equal("You moved it from open to solved.", EventWords.Of(happening, me));
        Assert.Equal("Mara Lindqvist moved it from open to solved.", EventWords.Of(happening, Guid.NewGuid()));
    }

    private static PublicMessage Message(long sequence, int seconds) =>
        new() { Sequence = sequence, AuthorName = "Sofia", Body = "Text", ClientMessageId = $"m{sequence}", SentAt = Now.AddSeconds(seconds) };

    private static TicketEvent Event(long id, TicketEventKind kind, int seconds) => new() { Id = id, Kind = kind, At = Now.AddSeconds(seconds), ActorName = "PremiumSupport" };
}
