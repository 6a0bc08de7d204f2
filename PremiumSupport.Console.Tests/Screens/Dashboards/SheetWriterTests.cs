using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using CsvHelper;
using PremiumSupport.Screens.Dashboards.Export;

namespace PremiumSupport.Tests.Screens.Dashboards;

/// <summary>Tables as files: what strangers wrote stays text, and numbers stay numbers.</summary>
public sealed class SheetWriterTests
{
    private static readonly string[] Hostile = ["=1+1", "=HYPERLINK(\"http://evil.example\",\"x\")", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "a,b\"c\r\nd", "<b>&amp;</b>", "\u0001\u000b\ud800x", "Zoë 😀 日本", ""];

    [Fact]
    public async Task No_text_of_a_CSV_begins_a_formula_and_all_else_comes_back()
    {
        var text = new UTF8Encoding(true).GetString(await WriteAsync("csv", Hostile));
        Assert.StartsWith("\uFEFFwhat", text, StringComparison.Ordinal);
        using var csv = new CsvReader(new StringReader(text[1..]), CultureInfo.InvariantCulture);
        Assert.True(await csv.ReadAsync() && csv.ReadHeader());
        foreach (var hostile in Hostile)
        {
            Assert.True(await csv.ReadAsync());
            var cell = csv.GetField(0)!;
            Assert.False(cell.Length > 0 && "=+-@\t\r".Contains(cell[0], StringComparison.Ordinal), cell);
            Assert.EndsWith(hostile.TrimStart('\t', '\r').Replace('\ud800', '\uFFFD'), cell, StringComparison.Ordinal);
            Assert.Equal(("7", "1.5", "2026-11-28T06:30:00.123Z", ""), (csv.GetField(1), csv.GetField(2), csv.GetField(3), csv.GetField(4)));
        }
    }

    [Fact]
    public async Task A_workbook_holds_text_as_text_and_numbers_as_numbers_and_no_formula()
    {
        var cells = await XlsxAsync(await WriteAsync("xlsx", Hostile));
        Assert.Equal(["what", "whole", "decimal", "at", "nothing"], cells[0].Select(cell => cell.Text));
        foreach (var (hostile, row) in Hostile.Zip(cells.Skip(1)))
        {
            Assert.Equal(("text", XlsxText.Of(hostile).ReplaceLineEndings("\n")), (row[0].Kind, row[0].Text.ReplaceLineEndings("\n")));
            Assert.Equal((("number", "7"), ("number", "1.5")), (row[1], row[2]));
            Assert.Equal("number", row[3].Kind);
            Assert.Equal(new DateTime(2026, 11, 28, 6, 30, 0, 123), DateTime.FromOADate(double.Parse(row[3].Text, CultureInfo.InvariantCulture)), TimeSpan.FromMilliseconds(1));
        }
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a\tb\nc", "a\tb\nc")]
    [InlineData("a\u0001b", "a\uFFFDb")]
    [InlineData("😀", "😀")]
    [InlineData("\uffff", "\uFFFD")]
    public void What_a_workbook_cannot_hold_is_replaced(string text, string stored) => Assert.Equal(stored, XlsxText.Of(text));

    [Fact]
    public void Half_a_letter_is_replaced()
    {
        Assert.Equal("a\uFFFD", XlsxText.Of("a\ud800"));
        Assert.Equal("\uFFFDb", XlsxText.Of("\udc00b"));
    }

    /// <summary>The cells of a workbook's first sheet, read as any program would: kind and text by row.</summary>
    internal static async Task<List<List<(string Kind, string Text)>>> XlsxAsync(byte[] file)
    {
        await using var zip = new ZipArchive(new MemoryStream(file), ZipArchiveMode.Read);
        XNamespace main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        await using var sheet = await zip.Entries.Single(entry => entry.FullName.StartsWith("xl/worksheets/sheet1", StringComparison.Ordinal)).OpenAsync();
        var read = await XDocument.LoadAsync(sheet, LoadOptions.PreserveWhitespace, default);
        Assert.Empty(read.Descendants(main + "f"));
        return [.. read.Descendants(main + "row").Select(row => row.Elements(main + "c").Select(cell => (string?)cell.Attribute("t") == "inlineStr"
            ? ("text", string.Concat(cell.Descendants(main + "t").Select(text => text.Value)))
            : ("number", cell.Element(main + "v")?.Value ?? "")).ToList())];
    }

    private static async Task<byte[]> WriteAsync(string format, IEnumerable<string> texts)
    {
        var stream = new MemoryStream();
        await using (var writer = await SheetWriter.BeginAsync(format, stream, ["what", "whole", "decimal", "at", "nothing"], default))
        {
            foreach (var text in texts)
            {
                await writer.AddAsync([text, 7L, 1.5, new DateTimeOffset(2026, 11, 28, 6, 30, 0, 123, TimeSpan.Zero), null]);
            }

            await writer.FinishAsync();
        }

        return stream.ToArray();
    }
}
