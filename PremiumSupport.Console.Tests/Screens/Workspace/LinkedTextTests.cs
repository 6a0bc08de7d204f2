using PremiumSupport.Screens.Workspace;

namespace PremiumSupport.Tests.Screens.Workspace;

/// <summary>Numbers of tickets are links; everything else stays the text that somebody wrote.</summary>
public sealed class LinkedTextTests : BunitContext
{
    [Theory]
    [InlineData("See #1042.", "See [1042].")]
    [InlineData("#1042 and #2001", "[1042] and [2001]")]
    [InlineData("#12 #0123 1042 #10420abc", "#12 #0123 1042 #10420abc")]
    [InlineData("", "")]
    public void A_number_with_its_sign_is_a_link(string text, string expected) =>
        Assert.Equal(expected, string.Concat(TicketNumbers.In(text).Select(part => part.Number is { } number ? $"[{number}]" : part.Text)));

    [Fact]
    public void Markup_stays_text()
    {
        var shown = Render<LinkedText>(parameters => parameters.Add(text => text.Text, "<img src=x> #1042"));
        Assert.Empty(shown.FindAll("img"));
        Assert.Equal("/tickets/1042", shown.Find("a").GetAttribute("href"));
    }
}
