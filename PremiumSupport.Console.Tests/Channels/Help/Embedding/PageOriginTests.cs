using PremiumSupport.Channels.Help.Embedding;

namespace PremiumSupport.Tests.Channels.Help.Embedding;

public sealed class PageOriginTests
{
    [Theory]
    [InlineData("https://app.example", "https://app.example")]
    [InlineData("  https://App.Example/  ", "https://app.example")]
    [InlineData("https://app.example:443", "https://app.example")]
    [InlineData("https://app.example:8443", "https://app.example:8443")]
    [InlineData("http://localhost:3000", "http://localhost:3000")]
    [InlineData("https://bücher.example", "https://xn--bcher-kva.example")]
    [InlineData("http://[::1]:5080", "http://[::1]:5080")]
    public void An_origin_is_written_as_browsers_write_it(string word, string expected) => Assert.Equal(expected, PageOrigin.Parse(word).Origin);

    [Theory]
    [InlineData(null, "Write an origin")]
    [InlineData("   ", "Write an origin")]
    [InlineData("app.example", "begins with https://")]
    [InlineData("*", "star")]
    [InlineData("https://*.example", "star")]
    [InlineData("https://app.example/help", "leave out the path")]
    [InlineData("https://app.example?x=1", "leave out the path")]
    [InlineData("https://app.example#x", "leave out the path")]
    [InlineData("https://me@app.example", "leave out the path")]
    [InlineData("javascript:alert(1)", "begins with https://")]
    [InlineData("data:text/html,hello", "begins with https://")]
    [InlineData("file:///etc/passwd", "begins with https://")]
    [InlineData("https://", "begins with https://")]
    [InlineData("https://app.example; script-src *", "star")]
    [InlineData("https://app.example https://other.example", "")]
    [InlineData("https://app.example;script-src", "")]
    [InlineData("https://app.example\r\nX-Header: 1", "")]
    [InlineData("null", "begins with https://")]
    public void What_is_none_is_refused_with_a_sentence(string? word, string expected)
    {
        var (origin, why) = PageOrigin.Parse(word);
        Assert.Null(origin);
        Assert.Contains(expected, why, StringComparison.Ordinal);
        Assert.NotEqual("", why);
    }

    [Fact]
    public void One_that_is_too_long_is_refused() => Assert.Null(PageOrigin.Parse($"https://{new string('a', 300)}.example").Origin);
}
