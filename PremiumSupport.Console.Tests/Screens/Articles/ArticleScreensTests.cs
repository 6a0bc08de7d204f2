using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using PremiumSupport.Desk.Knowledge;
using PremiumSupport.Desk.Knowledge.Search;
using PremiumSupport.Screens.Articles;

namespace PremiumSupport.Tests.Screens.Articles;

/// <summary>What the articles' screens say of what they are given.</summary>
public sealed class ArticleScreensTests : BunitContext
{
    private static readonly DateTimeOffset Then = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(null, false, false, "missing", "German: not there; customers read English")]
    [InlineData(null, true, false, "draft", "German: only a draft")]
    [InlineData(TextOrigin.Machine, false, false, "machine", "German: machine-made")]
    [InlineData(TextOrigin.Reviewed, true, false, "reviewed", "German: reviewed, with a draft")]
    [InlineData(TextOrigin.Reviewed, false, true, "older", "German: reviewed, of an older English version")]
    public void A_language_says_how_it_stands_in_words(TextOrigin? origin, bool hasDraft, bool isOlder, string state, string sentence)
    {
        var mark = Render<LanguageMarks>(parameters => parameters.Add(marks => marks.ArticleId, 7).Add(marks => marks.Languages, [new("de", origin, hasDraft, isOlder)])).Find("[data-testid=article-language]");
        Assert.Equal(state, mark.GetAttribute("data-state"));
        Assert.Equal($"de, {sentence}", mark.GetAttribute("aria-label"));
        Assert.Equal("/articles/7/de", mark.GetAttribute("href"));
        Assert.Equal(hasDraft, mark.QuerySelector(".dot") is not null);
    }

    [Fact]
    public void A_row_says_its_state_and_its_votes()
    {
        var table = Render<ArticleTable>(parameters => parameters.Add(table => table.Rows,
        [
            new(1, "one", "One", 1, "Records", true, Then, [], 3, 1, 2), new(2, "two", "", 1, "Records", false, null, [], 0, 0, 0), new(3, "three", "Three", 1, "Records", false, Then, [], 0, 2, 0),
        ]));
        Assert.Equal(["Published", "Draft", "Hidden"], table.FindAll("[data-testid=article-state]").Select(state => state.TextContent));
        Assert.Equal(["75 % of 4", "no votes", "0 % of 2"], table.FindAll("[data-testid=article-votes]").Select(votes => votes.TextContent.Trim()));
        Assert.Equal(["One", "Without a title", "Three"], table.FindAll("td.name a").Select(link => link.TextContent));
    }

    [Fact]
    public void The_tester_shows_what_each_word_adds_and_what_readers_do_to_it()
    {
        var rank = new Ranked(4, "en", [new("certifcate", FoundAs.Typo, "certificate", true, 1.5, 2, 6.3), new("sso", FoundAs.Word, null, false, 1, 1, 1)], 7.3, 0.5, 1.1, 0.9);
        var card = Render<RankCard>(parameters => parameters.Add(card => card.Found, new("sso", "Replace it", "", Then, 900, "en", rank, new(9, 1, 4, 3), IsSuggested: false)).Add(card => card.Place, 2));
        Assert.Equal("7.30 × 1.10 × 0.90 = 7.23", card.Find("[data-testid=ranked-score]").TextContent.Trim());
        var words = card.FindAll("[data-testid=ranked-word]");
        Assert.Equal("typo", words[0].GetAttribute("data-as"));
        Assert.Contains("a typo of “certificate”", words[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("title and text", words[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("50 %", card.Find(".caption").TextContent, StringComparison.Ordinal);
        Assert.Contains("9 helpful, 1 not", card.Find(".caption").TextContent, StringComparison.Ordinal);
        Assert.Contains("3 of which led", card.Find(".caption").TextContent, StringComparison.Ordinal);
        Assert.Equal("false", card.Find("[data-testid=ranked]").GetAttribute("data-suggested"));
    }

    [Fact]
    public void What_a_reader_wrote_is_text_and_nothing_else()
    {
        var card = Render<FeedbackCard>(parameters => parameters.Add(card => card.Votes, [new("de", 1, 2)]).Add(card => card.Comments, [new("de", false, "<img src=x onerror=alert(1)>", Then)]));
        Assert.Contains("<img src=x", card.Find("[data-testid=article-comment]").TextContent, StringComparison.Ordinal);
        Assert.Empty(card.FindAll("img"));
        Assert.Equal("Nobody has said yet.", Render<FeedbackCard>(parameters => parameters.Add(card => card.Votes, []).Add(card => card.Comments, [])).Find("p").TextContent);
    }
}
