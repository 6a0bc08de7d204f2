using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Mentions;

namespace PremiumSupport.Tests.Desk.Tickets.Mentions;

/// <summary>Names in notes.</summary>
public sealed class MentionTextTests
{
    private static readonly Guid Mara = Guid.NewGuid(), Lind = Guid.NewGuid(), Jose = Guid.NewGuid();
    private static readonly NamedColleague[] Staff = [new(Mara, "Mara Lindqvist"), new(Lind, "Mara Lind"), new(Jose, "José O’Neill-Ruiz"), new(Mara, "mara@desk.example")];

    [Theory]
    [InlineData("@Mara Lindqvist please", "Mara Lindqvist")]
    [InlineData("please, @mara lindqvist!", "mara lindqvist")]
    [InlineData("(@Mara Lindqvist)", "Mara Lindqvist")]
    [InlineData("cc\n@mara@desk.example, thanks", "mara@desk.example")]
    public void A_name_or_an_address_behind_an_at_is_somebody(string text, string written)
    {
        var found = Assert.Single(MentionText.Read(text, Staff));
        Assert.Equal((Mara, written), (found.StaffId, found.Name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("@")]
    [InlineData("@@")]
    [InlineData("Mara Lindqvist")]
    [InlineData("@Mara")]
    [InlineData("@Mara Lindqvists")]
    [InlineData("x@Mara Lindqvist")]
    [InlineData("mail to someone@mara@desk.example")]
    [InlineData("@ Mara Lindqvist")]
    public void Anything_else_is_nobody(string text) => Assert.Empty(MentionText.Read(text, Staff));

    [Fact]
    public void The_longest_name_counts_and_letters_of_all_kinds_do()
    {
        Assert.Equal([(0, Mara), (16, Lind), (28, Jose)], MentionText.Find("@Mara Lindqvist @Mara Lind, @josé o’neill-ruiz", Staff).Select(found => (found.Start, found.StaffId)));
        Assert.Equal(Jose, Assert.Single(MentionText.Read("😀@José O’Neill-Ruiz😀", Staff)).StaffId);
    }

    [Fact]
    public void Two_of_one_name_are_both_meant_each_once_and_a_note_names_so_many_at_most()
    {
        var twin = Guid.NewGuid();
        Assert.Equal([Mara, twin], MentionText.Read("@Mara Lindqvist and @Mara Lindqvist", [.. Staff, new(twin, "Mara Lindqvist")]).Select(found => found.StaffId));
        NamedColleague[] all = [.. Enumerable.Range(0, 40).Select(number => new NamedColleague(Guid.NewGuid(), $"Person {number:00}"))];
        Assert.Equal(MentionText.Most, MentionText.Read(string.Join(' ', all.Select(one => $"@{one.Name}")), all).Count);
    }

    [Fact]
    public void A_long_note_of_nothing_but_signs_is_read_at_once() => Assert.Empty(MentionText.Read(new string('@', TicketLimits.Body), Staff));
}
