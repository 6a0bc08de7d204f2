using PremiumSupport.Desk.Tickets.Search;

namespace PremiumSupport.Tests.Desk.Tickets.Search;

/// <summary>An excerpt shows where the words stand and nothing twice.</summary>
public sealed class SearchExcerptTests
{
    [Theory]
    [InlineData("The certificate expired.", "certif", "The [certificate] expired.")]
    [InlineData("Das ZERTIFIKAT für Müller", "muller", "Das ZERTIFIKAT für [Müller]")]
    [InlineData("one\n\ntwo\tthree", "two", "one [two] three")]
    [InlineData("nothing of it", "other", "nothing of it")]
    [InlineData("", "word", "")]
    public void The_words_are_marked_whatever_their_case_and_accents(string text, string word, string expected) => Assert.Equal(expected, Shown(text, word));

    [Fact]
    public void A_long_text_is_shown_around_the_first_of_the_words()
    {
        var shown = Shown($"{string.Join(' ', Enumerable.Repeat("before", 200))} needle {string.Join(' ', Enumerable.Repeat("after", 200))}", "needle");
        Assert.StartsWith("…before", shown, StringComparison.Ordinal);
        Assert.Contains("[needle]", shown, StringComparison.Ordinal);
        Assert.EndsWith("…", shown, StringComparison.Ordinal);
        Assert.InRange(shown.Length, 100, 240);
    }

    [Fact]
    public void No_pair_of_surrogates_is_cut() => Assert.DoesNotContain(SearchExcerpt.Of(string.Concat(Enumerable.Repeat("\ud83d\ude00", 400)), ["x"]), part => char.IsHighSurrogate(part.Text.TrimEnd('…')[^1]));

    private static string Shown(string text, params string[] words) => string.Concat(SearchExcerpt.Of(text, words).Select(part => part.IsMatch ? $"[{part.Text}]" : part.Text));
}
