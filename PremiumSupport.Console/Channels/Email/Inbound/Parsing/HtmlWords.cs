using System.Text;
using AngleSharp.Dom;

namespace PremiumSupport.Channels.Email.Inbound.Parsing;

/// <summary>The words of cleaned HTML, with its lines and lists; what was quoted apart.</summary>
internal static class HtmlWords
{
    private static readonly HashSet<string> Blocks = new(StringComparer.Ordinal)
    {
        "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "table", "tr", "blockquote", "pre", "hr", "dl", "dt", "dd", "section", "article", "header", "footer", "address", "figure", "details", "center",
    };

    /// <summary>What is said, and what is quoted.</summary>
    public static (string Said, string Quoted) Of(IElement body)
    {
        var (said, quoted) = (new StringBuilder(), new StringBuilder());
        Walk(body, said, quoted, isPre: false);
        return (Tidy(said), Tidy(quoted));
    }

    /// <summary>Whether anything stands outside of quotations.</summary>
    public static bool HasWords(IElement body) => Of(body).Said.Length > 0 || body.QuerySelectorAll("img").Any(image => image.Closest($"[{HtmlQuotes.Mark}]") is null);

    // No deeper than HtmlGauge let through.
    private static void Walk(INode node, StringBuilder into, StringBuilder quoted, bool isPre)
    {
        foreach (var child in node.ChildNodes)
        {
            switch (child)
            {
                case IText text:
                    into.Append(isPre ? text.Data : Collapse(text.Data, into));
                    break;
                case IElement { LocalName: "br" }:
                    into.Append('\n');
                    break;
                case IElement { LocalName: "img" } image when image.GetAttribute("alt") is { Length: > 0 } alt:
                    into.Append('[').Append(alt).Append(']');
                    break;
                case IElement { LocalName: "summary" or "script" or "style" or "title" or "template" or "head" }:
                    break;
                case IElement element when element.HasAttribute(HtmlQuotes.Mark):
                    Walk(element, quoted, quoted, isPre);
                    quoted.Append('\n');
                    break;
                case IElement element:
                    var isBlock = Blocks.Contains(element.LocalName);
                    if (isBlock)
                    {
                        Break(into);
                    }

                    into.Append(element.LocalName switch { "li" => "- ", "td" or "th" when into.Length > 0 && into[^1] is not ('\n' or ' ') => " ", _ => "" });
                    Walk(element, into, quoted, isPre || element.LocalName == "pre");
                    if (isBlock)
                    {
                        Break(into);
                        // Paragraphs are apart from each other by an empty line, as they look.
                        into.Append(element.LocalName is "p" or "table" or "ul" or "ol" or "blockquote" or "pre" ? "\n" : "");
                    }

                    break;
            }
        }
    }

    private static void Break(StringBuilder into)
    {
        if (into.Length > 0 && into[^1] != '\n')
        {
            into.Append('\n');
        }
    }

    private static string Collapse(string text, StringBuilder before)
    {
        var kept = new StringBuilder(text.Length);
        var wasSpace = before.Length == 0 || before[^1] is '\n' or ' ';
        foreach (var c in text)
        {
            var isSpace = c is ' ' or '\n' or '\r' or '\t' or '\f';
            if (!isSpace || !wasSpace)
            {
                kept.Append(isSpace ? ' ' : c);
            }

            wasSpace = isSpace;
        }

        return kept.ToString();
    }

    private static string Tidy(StringBuilder text)
    {
        var lines = text.Replace('\u00A0', ' ').ToString().Split('\n').Select(line => line.TrimEnd());
        var kept = new StringBuilder();
        var blank = 0;
        foreach (var line in lines)
        {
            blank = line.Length == 0 ? blank + 1 : 0;
            if (blank < 2)
            {
                kept.Append(line).Append('\n');
            }
        }

        return kept.ToString().Trim();
    }
}
