using PremiumSupport.Channels.Help;
using PremiumSupport.Desk.Knowledge;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Tests.Desk.Knowledge;

public sealed class LanguagesTests
{
    [Fact]
    public void Articles_are_written_in_the_languages_of_the_customers_pages() => Assert.Equal(CustomerTexts.Languages, ArticleLanguages.All);

    [Theory]
    [InlineData("de", "importieren", "import")]
    [InlineData("de", "zertifikate", "zertifikat")]
    [InlineData("es", "contactos", "contact")]
    [InlineData("it", "importazione", "import")]
    [InlineData("fr", "importation", "import")]
    [InlineData("nb", "kontaktene", "kontakt")]
    [InlineData("de", "rest", null)]
    [InlineData("en", "contacts", null)]
    public void An_ending_is_taken_off_where_something_is_left(string language, string word, string? stump) => Assert.Equal(stump, TextLanguage.Of(language).Stump(word));
}
