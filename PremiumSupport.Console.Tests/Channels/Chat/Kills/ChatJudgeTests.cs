namespace PremiumSupport.Tests.Channels.Chat.Kills;

/// <summary>The judge of the kill run finds what it is there for.</summary>
public sealed class ChatJudgeTests
{
    private static readonly Ack[] Acks = [new(1, "c", 0, 1), new(1, "s", 0, 2), new(1, "c", 1, 3), new(1, "s", 1, null)];
    private static readonly Said[] Stored = [new(1, "c writes 0"), new(2, "s writes 0"), new(3, "c writes 1"), new(4, "s writes 1")];

    [Fact]
    public void Finds_nothing_where_all_is_well() => Assert.Empty(Judge(Acks, Stored, new(1, "reader", Stored), new(1, "glance", [Stored[2], Stored[0]], IsWhole: false)));

    [Fact]
    public void Finds_a_lost_message() => Assert.Contains(Judge(Acks, Stored[..3]), difference => difference.Contains("'s writes 1' was acknowledged and is lost", StringComparison.Ordinal));

    [Fact]
    public void Finds_a_message_that_is_there_twice() =>
        Assert.Contains(Judge(Acks, [.. Stored, new(5, "c writes 1")]), difference => difference.Contains("'c writes 1' is there 2 times", StringComparison.Ordinal));

    [Fact]
    public void Finds_a_gap() => Assert.Single(Judge([.. Acks[..3], Acks[3] with { Sequence = 5 }], [.. Stored[..3], Stored[3] with { Sequence = 5 }]));

    [Fact]
    public void Finds_a_message_that_stands_elsewhere_than_its_writer_was_told() =>
        Assert.Contains(Judge([Acks[0], Acks[1] with { Sequence = 4 }, Acks[2], Acks[3]], Stored), difference => difference.Contains("was acknowledged as 4 and is 2", StringComparison.Ordinal));

    [Fact]
    public void Finds_a_message_that_nobody_was_told_of() => Assert.Contains(Judge(Acks[..3], Stored), difference => difference.Contains("acknowledged to nobody", StringComparison.Ordinal));

    [Fact]
    public void Finds_a_writer_whose_messages_changed_places() =>
        Assert.Contains(
            Judge([new(1, "c", 0, 3), Acks[1], new(1, "c", 1, 1), Acks[3]], [new(1, "c writes 1"), Stored[1], new(3, "c writes 0"), Stored[3]]),
            difference => difference.Contains("not in the order of writing", StringComparison.Ordinal));

    [Fact]
    public void Finds_a_reader_who_misses_one() => Assert.Contains("conversation 1, reader: Said { Sequence = 3, Text = c writes 1 } is missing", Judge(Acks, Stored, new View(1, "reader", [Stored[0], Stored[1], Stored[3]])));

    [Fact]
    public void Finds_a_reader_who_sees_one_twice() => Assert.Single(Judge(Acks, Stored, new View(1, "reader", [.. Stored, Stored[3]])));

    [Fact]
    public void Finds_a_reader_who_sees_another_order() => Assert.Single(Judge(Acks, Stored, new View(1, "reader", [Stored[0], Stored[2], Stored[1], Stored[3]])));

    [Fact]
    public void Finds_what_was_shown_once_and_is_not_stored() => Assert.Single(Judge(Acks, Stored, new View(1, "glance", [new(3, "something else")], IsWhole: false)));

    [Fact]
    public void Finds_a_conversation_that_is_gone() => Assert.Equal(4, Judge([.. Acks, .. Acks.Select(ack => ack with { Conversation = 2 })], Stored).Count);

    private static IReadOnlyList<string> Judge(Ack[] acks, Said[] stored, params View[] views) => ChatJudge.Differences(acks, [new(1, "stored", stored)], views);
}
