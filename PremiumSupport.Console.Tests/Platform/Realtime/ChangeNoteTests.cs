using System.Text;
using PremiumSupport.Platform.Realtime;

namespace PremiumSupport.Tests.Platform.Realtime;

/// <summary>What travels between nodes arrives as it was, in notes that PostgreSQL takes.</summary>
public sealed class ChangeNoteTests
{
    private const string Node = "0123456789ab";

    [Fact]
    public void Changes_arrive_each_once()
    {
        Change[] changes = [new("ticket", 1001), new("staff", 0), new("ticket", 1002), new("ticket", 1001), Change.Everything, new("ticket", long.MaxValue)];
        var note = Assert.Single(ChangeNote.Write(Node, changes));

        var (node, read) = ChangeNote.Read(note);
        Assert.Equal(Node, node);
        Assert.Equal(changes.Distinct().Order(Order), read.Order(Order));
    }

    [Fact]
    public void More_than_one_note_holds_goes_in_several_and_none_is_too_large()
    {
        List<Change> changes = [.. Enumerable.Range(0, 5_000).Select(index => new Change("ticket", 1_000_000_000 + index)), .. Enumerable.Range(0, 40).Select(index => new Change("account", index))];
        var notes = ChangeNote.Write(Node, changes);

        Assert.True(notes.Count > 1);
        Assert.All(notes, note => Assert.True(Encoding.UTF8.GetByteCount(note) < 8_000, $"{note.Length}"));
        Assert.Equal(changes.Order(Order), notes.SelectMany(note => ChangeNote.Read(note).Changes).Order(Order));
    }

    [Fact]
    public void Nothing_makes_no_note() => Assert.Empty(ChangeNote.Write(Node, []));

    [Theory]
    [InlineData("0123456789ab|ticket")]
    [InlineData("0123456789ab|ticket:")]
    [InlineData("0123456789ab|ticket:1:2")]
    [InlineData("0123456789ab|ticket:one")]
    public void What_cannot_be_read_is_news_of_everything(string note) => Assert.Equal([Change.Everything], ChangeNote.Read(note).Changes);

    private static Comparer<Change> Order => Comparer<Change>.Create((left, right) => (left.Topic, left.Id).CompareTo((right.Topic, right.Id)));
}
