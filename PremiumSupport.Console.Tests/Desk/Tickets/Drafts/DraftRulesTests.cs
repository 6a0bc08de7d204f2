using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Drafts;

namespace PremiumSupport.Tests.Desk.Tickets.Drafts;

/// <summary>Which of two windows' words stay, decided without a database.</summary>
public sealed class DraftRulesTests
{
    private static readonly Guid File = Guid.NewGuid();

    [Theory]
    [InlineData(7L, "Other words", false)]
    [InlineData(6L, "Other words", true)]
    [InlineData(0L, "Other words", true)]
    [InlineData(6L, "The words", false)]
    [InlineData(null, "Other words", false)]
    public void A_window_that_knew_an_older_draft_is_stale_unless_it_says_the_same(long? known, string text, bool isStale) =>
        Assert.Equal(isStale, DraftRules.IsStale(Stored("The words", 7), new(text, [], "m", null, known)));

    [Fact]
    public void Where_nothing_is_stored_nothing_can_be_lost() => Assert.False(DraftRules.IsStale(null, new("Mine", [], "m", null, 7)));

    [Fact]
    public void Other_files_are_another_draft() => Assert.True(DraftRules.IsStale(Stored("The words", 7), new("The words", [File], "m", null, 6)));

    [Fact]
    public void Versions_grow_though_the_clock_stands()
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(1_000);
        Assert.Equal(1_000, DraftRules.NextVersion(null, now));
        Assert.Equal(1_001, DraftRules.NextVersion(Stored("", 1_000), now));
        Assert.Equal(5_001, DraftRules.NextVersion(Stored("", 5_000), now));
    }

    [Fact]
    public void Two_drafts_that_meet_keep_both_texts_and_each_file_once()
    {
        var (text, files) = DraftRules.Join(Stored("There first", 7, File), Stored("Came along", 8, File));
        Assert.Equal("There first\n\nCame along", text);
        Assert.Equal([File], files);
        Assert.Equal("Came along", DraftRules.Join(Stored("", 7), Stored("Came along", 8)).Text);
    }

    [Fact]
    public void What_cannot_be_sent_yet_is_kept_and_what_nobody_can_keep_is_refused_in_words()
    {
        Assert.Null(DraftRules.Check(new(new string('x', TicketLimits.Body + 1), [], "m", null, 0)));
        Assert.Null(DraftRules.Check(new("  ", null, null, null, 0)));
        Assert.Contains("this device", DraftRules.Check(new(new string('x', DraftRules.LongestText + 1), [], "m", null, 0))!.Message, StringComparison.Ordinal);
        Assert.Equal(["messageId"], DraftRules.Check(new("x", [], "", null, 0))!.Errors.Keys);
        Assert.Equal(["files"], DraftRules.Check(new("x", [.. Enumerable.Range(0, TicketLimits.Files + 1).Select(_ => Guid.NewGuid())], "m", null, 0))!.Errors.Keys);
    }

    private static MessageDraft Stored(string text, long version, params Guid[] files) => new() { Text = text, Files = files, MessageId = "m", Version = version };
}
