using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using PremiumSupport.Channels.Help;

namespace PremiumSupport.Tests.Channels.Help;

public sealed partial class CustomerTextsTests
{
    public static TheoryData<string> Languages => [.. CustomerTexts.Languages];

    [Fact]
    public void Six_languages_are_spoken() => Assert.Equal(["de", "en", "es", "fr", "it", "nb"], CustomerTexts.Languages.Order());

    [Theory, MemberData(nameof(Languages))]
    public void Every_language_has_every_text_and_no_other(string language)
    {
        var english = CustomerTexts.Of("en");
        var texts = CustomerTexts.Of(language);
        Assert.Empty(english.Keys.Except(texts.Keys));
        Assert.Empty(texts.Keys.Except(english.Keys));
        Assert.DoesNotContain(texts, text => string.IsNullOrWhiteSpace(text.Value));
    }

    [Theory, MemberData(nameof(Languages))]
    public void Every_text_leaves_room_for_the_same_values(string language)
    {
        foreach (var (key, text) in CustomerTexts.Of("en"))
        {
            Assert.Equal(Places(text), Places(CustomerTexts.Of(language)[key]));
        }
    }

    [Theory, MemberData(nameof(Languages))]
    public void No_figure_of_the_promise_stands_in_a_text(string language)
    {
        // Examples of phone numbers are figures too, but none of the promise's.
        var offenders = CustomerTexts.Of(language).Where(text => text.Key != "call.hint" && text.Value.Any(char.IsDigit)).Select(text => text.Key);
        Assert.Empty(offenders);
    }

    [Theory, MemberData(nameof(Languages))]
    public void The_block_cannot_end_its_script_element(string language) => Assert.All(["help", "chat"], page => Assert.DoesNotContain('<', CustomerTexts.BlockOf(language, page)));

    [Theory]
    [InlineData("?lang=de", "fr", "de")]
    [InlineData("?lang=no", "", "nb")]
    [InlineData("?lang=nb-NO", "", "nb")]
    [InlineData("?lang=xx", "it;q=0.4, fr;q=0.9", "fr")]
    [InlineData("", "sv, pt-BR;q=0.9, es-MX;q=0.8", "es")]
    [InlineData("", "nn-NO", "nb")]
    [InlineData("", "sv", "en")]
    [InlineData("", "", "en")]
    [InlineData("?lang=<script>", ";;;", "en")]
    public void The_language_is_picked_from_address_and_browser(string query, string header, string expected)
    {
        var request = new DefaultHttpContext().Request;
        request.QueryString = new(query.Length == 0 ? null : $"?lang={Uri.EscapeDataString(query["?lang=".Length..])}");
        request.Headers.AcceptLanguage = header;
        Assert.Equal(expected, CustomerTexts.Pick(request));
    }

    private static IEnumerable<string> Places(string text) => Place().Matches(text).Select(match => match.Value).Distinct().Order();

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Place();
}
