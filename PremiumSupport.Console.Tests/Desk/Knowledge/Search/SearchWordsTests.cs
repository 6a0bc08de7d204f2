using PremiumSupport.Desk.Knowledge.Search;

namespace PremiumSupport.Tests.Desk.Knowledge.Search;

public sealed class SearchWordsTests
{
    [Theory]
    [InlineData("Nobody can sign in after we changed our SSO certificate", "sign changed sso certificate")]
    [InlineData("SSO sso Sso", "sso")]
    [InlineData("Größe, été!", "größe été")]
    [InlineData("\"quotes\" AND (brackets) NOT* col:umn ^caret", "quotes brackets col umn caret")]
    [InlineData("429", "429")]
    public void Words_that_tell_something_are_looked_for_each_once(string text, string expected) => Assert.Equal(expected, string.Join(' ', SearchWords.Telling(text)));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("'\"*()-+:^{}[]~")]
    [InlineData("how do I get to the")]
    public void Nothing_telling_looks_for_nothing(string? text) => Assert.Empty(SearchWords.Telling(text));

    [Fact]
    public void A_novel_asks_for_sixteen_words_at_most() =>
        Assert.Equal(16, SearchWords.Telling(string.Join(' ', Enumerable.Range(1000, 5000))).Count);

    [Theory]
    [InlineData("de", "Wie kann ich meine Kontakte importieren?", "kontakte importieren")]
    [InlineData("fr", "Où est-ce que je trouve le certificat ?", "certificat")]
    [InlineData("xx", "Where is it?", "")]
    public void Every_language_has_its_own_common_words(string language, string text, string expected) => Assert.Equal(expected, string.Join(' ', SearchWords.Telling(text, language)));

    [Fact]
    public void Questions_of_the_same_words_have_one_key() =>
        Assert.Equal(SearchWords.Key("Merge two contacts!", "en", 300), SearchWords.Key("how do I CONTACTS merge, two", "en", 300));
}
