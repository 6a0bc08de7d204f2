using PremiumSupport.Desk.Knowledge;

namespace PremiumSupport.Tests.Desk.Knowledge;

public sealed class SearchWordsTests
{
    [Theory]
    [InlineData("Nobody can sign in after we changed our SSO certificate", "\"nobody\"* OR \"sign\"* OR \"changed\"* OR \"sso\"* OR \"certificate\"*")]
    [InlineData("SSO sso Sso", "\"sso\"*")]
    [InlineData("Größe, été!", "\"größe\"* OR \"été\"*")]
    [InlineData("\"quotes\" AND (brackets) NOT* col:umn ^caret", "\"quotes\"* OR \"brackets\"* OR \"col\"* OR \"umn\"* OR \"caret\"*")]
    [InlineData("429", "\"429\"*")]
    public void Words_become_a_query_of_quoted_words(string text, string expected) => Assert.Equal(expected, SearchWords.ToMatch(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("'\"*()-+:^{}[]~")]
    [InlineData("how do I get to the")]
    public void Nothing_telling_looks_for_nothing(string? text) => Assert.Null(SearchWords.ToMatch(text));

    [Fact]
    public void A_novel_asks_for_sixteen_words_at_most() =>
        Assert.Equal(16, SearchWords.ToMatch(string.Join(' ', Enumerable.Range(1000, 5000)))!.Split(" OR ").Length);
}
