using CsCheck;
using PremiumSupport.Desk.Knowledge.Asked;

namespace PremiumSupport.Tests.Desk.Knowledge.Asked;

public sealed class PrivateWordsTests
{
    [Theory]
    [InlineData("mail sofia.b+x@acme.example please", "mail [email] please")]
    [InlineData("call +49 (30) 123-4567 now", "call [number] now")]
    [InlineData("card 4111 1111 1111 1111", "card [number]")]
    [InlineData("order 12345", "order [number]")]
    [InlineData("error 429 in 2026", "error 429 in 2026")]
    [InlineData("key sk_live_51Habcdef0123456789 leaked", "key [token] leaked")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", "[token]")]
    [InlineData("see https://app.example/?token=abc and www.x.example/y", "see [address] and [address]")]
    [InlineData("Donaudampfschifffahrtsgesellschaft geht nicht", "Donaudampfschifffahrtsgesellschaft geht nicht")]
    [InlineData("two\nlines\tand a tab", "two lines and a tab")]
    [InlineData(null, "")]
    public void What_could_lead_to_a_person_or_open_a_door_is_masked(string? text, string expected) => Assert.Equal(expected, PrivateWords.Mask(text, 300));

    [Fact]
    public void Any_text_can_be_masked_and_is_as_short_as_it_has_to_be() => Gen.String.Sample(text => Assert.True(PrivateWords.Mask(text, 20).Length <= 20));

    [Fact]
    public void A_text_of_a_million_characters_is_cut() => Assert.True(PrivateWords.Mask(new string('a', 1_000_000) + "1", 300).Length <= 300);

    [Fact]
    public void Marks_are_no_words() => Assert.Equal("a   b", PrivateWords.Unmasked("a [email] b"));
}
