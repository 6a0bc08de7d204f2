using PremiumSupport.Desk.Knowledge;
using PremiumSupport.Desk.Knowledge.Search;

namespace PremiumSupport.Tests.Desk.Knowledge.Search;

public sealed class ArticleRankTests
{
    [Fact]
    public void Nobodys_votes_change_nothing_and_many_move_a_seventh_at_most()
    {
        Assert.Equal(1, ArticleRank.Votes(ArticleSignal.None), 9);
        Assert.Equal(1, ArticleRank.Votes(new(7, 7, 0, 0)), 9);
        Assert.InRange(ArticleRank.Votes(new(1_000_000, 0, 0, 0)), 1.14, 1.15);
        Assert.InRange(ArticleRank.Votes(new(0, 1_000_000, 0, 0)), 0.85, 0.86);
        Assert.InRange(ArticleRank.Votes(new(1, 0, 0, 0)), 1.02, 1.03);
    }

    [Fact]
    public void What_is_read_before_contacting_falls_behind_what_is_read_instead()
    {
        Assert.Equal(1, ArticleRank.Solved(ArticleSignal.None, 0.8), 9);
        Assert.Equal(1, ArticleRank.Solved(new(0, 0, 10, 2), 0.8), 9);
        Assert.True(ArticleRank.Solved(new(0, 0, 10, 10), 0.8) < 1);
        Assert.True(ArticleRank.Solved(new(0, 0, 10, 0), 0.8) > 1);
        Assert.InRange(ArticleRank.Solved(new(0, 0, 1_000_000, 1_000_000), 1), 0.85, 1);
    }

    [Fact]
    public void No_votes_bring_up_what_fits_half_as_well()
    {
        var fits = Article(1, 2, votes: 0.85, solved: 0.85);
        var loved = Article(2, 1, votes: 1.15, solved: 1.15);
        Assert.Equal([1, 2], ArticleRank.Order([loved, fits]).Select(article => article.ArticleId));
        Assert.Equal([2, 1], ArticleRank.Order([Article(1, 2), Article(2, 1.9, votes: 1.15)]).Select(article => article.ArticleId));
    }

    [Fact]
    public void A_rare_word_weighs_more_and_one_in_every_text_still_something()
    {
        Assert.True(ArticleRank.Rarity(16, 1) > ArticleRank.Rarity(16, 8));
        Assert.True(ArticleRank.Rarity(16, 16) > 0);
    }

    [Fact]
    public void The_way_a_word_was_found_decides_what_it_is_worth()
    {
        double Of(FoundAs how, int slips = 0) => ArticleRank.WordScore(inTitle: true, 1, 1, ArticleRank.Quality(how, slips));
        Assert.True(Of(FoundAs.Word) > Of(FoundAs.Beginning));
        Assert.True(Of(FoundAs.Typo, 1) > Of(FoundAs.Typo, 2));
        Assert.Equal(ArticleRank.TitleWeight, ArticleRank.WordScore(true, 0, 1, 1) / ArticleRank.WordScore(false, 1, 1, 1));
    }

    [Fact]
    public void What_speaks_of_hardly_any_of_the_question_is_no_suggestion()
    {
        Assert.True(ArticleRank.IsWorthShowing(Article(1, 2, covered: 0.5), 2));
        Assert.False(ArticleRank.IsWorthShowing(Article(1, 2, covered: 0.05), 2));
        Assert.False(ArticleRank.IsWorthShowing(Article(1, 0.1, covered: 0.5), 2));
    }

    [Theory]
    [InlineData("Numbats & co: what to do?", "numbats-co-what-to-do")]
    [InlineData("Über Größen", "uber-großen")]
    [InlineData("日本語", "article")]
    [InlineData("", "article")]
    public void A_title_makes_an_address(string title, string slug) => Assert.Equal(slug.Replace("ß", "", StringComparison.Ordinal), Slugs.Of(title));

    [Fact]
    public void A_long_title_is_cut_between_words() => Assert.InRange(Slugs.Of(string.Join(' ', Enumerable.Repeat("word", 60))).Length, 50, 60);

    private static Ranked Article(long id, double text, double covered = 1, double votes = 1, double solved = 1) => new(id, "en", [], text, covered, votes, solved);
}
