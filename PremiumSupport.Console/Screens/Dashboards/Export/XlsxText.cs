namespace PremiumSupport.Screens.Dashboards.Export;

/// <summary>Text as a cell of a workbook may hold it: XML knows no control characters but tab and line ends, and no half of a surrogate pair.</summary>
internal static class XlsxText
{
    private const char Replacement = '\uFFFD';

    /// <summary>The text with what a workbook cannot hold replaced; the same text where there is nothing.</summary>
    public static string Of(string text)
    {
        var isClean = true;
        for (var at = 0; at < text.Length && isClean; at++)
        {
            isClean = IsStorable(text, at);
        }

        return isClean ? text : string.Create(text.Length, text, static (span, source) =>
        {
            for (var at = 0; at < span.Length; at++)
            {
                span[at] = IsStorable(source, at) ? source[at] : Replacement;
            }
        });
    }

    private static bool IsStorable(string text, int at) => text[at] switch
    {
        '\t' or '\n' or '\r' => true,
        < ' ' or '\uFFFE' or '\uFFFF' => false,
        var high when char.IsHighSurrogate(high) => at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]),
        var low when char.IsLowSurrogate(low) => at > 0 && char.IsHighSurrogate(text[at - 1]),
        _ => true,
    };
}
