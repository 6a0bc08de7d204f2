using PremiumSupport.Platform.Files;

namespace PremiumSupport.Tests.Platform.Files;

/// <summary>Trust rule 15: a name is shown and saved under, so nothing of it may lead anywhere or read as something else.</summary>
public sealed class FileNameTests
{
    [Theory]
    [InlineData("report.pdf", "report.pdf")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("C:\\Users\\sofia\\screen shot.png", "screen shot.png")]
    [InlineData("invoice\u202Egnp.exe", "invoicegnp.exe")]
    [InlineData("a\u2066b\u2069c\u200Bd\uFEFF.txt", "abcd.txt")]
    [InlineData("one\r\nSet-Cookie: two.txt", "oneSet-Cookie_ two.txt")]
    [InlineData("zero\0.txt", "zero.txt")]
    [InlineData("what?<is>this|*.txt", "what__is_this__.txt")]
    [InlineData("  ..hidden. ", "hidden")]
    [InlineData("half a pair \ud83d.txt", "half a pair .txt")]
    [InlineData("Übersicht 概要 🎉.xlsx", "Übersicht 概要 🎉.xlsx")]
    [InlineData("", "file")]
    [InlineData(null, "file")]
    [InlineData("\u202E\u200F", "file")]
    [InlineData("folder/", "file")]
    public void A_name_keeps_what_people_read_and_loses_what_they_cannot_see(string? given, string expected) => Assert.Equal(expected, FileName.Clean(given));

    [Fact]
    public void A_long_name_keeps_its_ending()
    {
        var name = FileName.Clean(new string('x', 5000) + ".tar.gz");
        Assert.Equal(FileName.Longest, name.Length);
        Assert.EndsWith("….gz", name, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_is_never_cut_inside_a_character()
    {
        for (var before = 0; before < 4; before++)
        {
            var name = FileName.Clean(new string('x', before) + string.Concat(Enumerable.Repeat("🎉", 200)) + ".png");
            Assert.DoesNotContain('\ufffd', System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(name)));
        }
    }
}
