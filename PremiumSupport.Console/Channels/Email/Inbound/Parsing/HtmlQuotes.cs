using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace PremiumSupport.Channels.Email.Inbound.Parsing;

/// <summary>Finds what mail programs quote in HTML, before its classes and ids are cleaned away, and folds it into an element that the browser opens without a script.</summary>
internal static class HtmlQuotes
{
    /// <summary>What begins a quotation and is it.</summary>
    private const string Whole = ".gmail_quote, .gmail_quote_container, .yahoo_quoted, .protonmail_quote, .tutanota_quote, blockquote[type=cite], blockquote.moz-cite, div.moz-forward-container";

    /// <summary>What begins a quotation that goes on to the end.</summary>
    private const string Rest = "#divRplyFwdMsg, #appendonsend, #reply-intro, #mail-editor-reference-message-container, .moz-cite-prefix, hr#stopSpelling, div.OutlookMessageHeader";

    /// <summary>The attribute by which <see cref="HtmlWords"/> knows a quotation.</summary>
    public const string Mark = "data-quoted";

    /// <summary>Folds all of them.</summary>
    public static void Fold(IHtmlDocument document)
    {
        var body = document.Body!;
        foreach (var begin in body.QuerySelectorAll(Rest).ToList())
        {
            if (!IsFolded(begin))
            {
                Wrap(document, [begin, .. Following(begin)]);
            }
        }

        foreach (var quote in body.QuerySelectorAll(Whole).ToList())
        {
            if (!IsFolded(quote))
            {
                Wrap(document, [quote]);
            }
        }

        // Nothing but a quotation: then it is what was sent, a forwarded mail say.
        if (body.QuerySelectorAll($"[{Mark}]") is { Length: > 0 } folded && !HtmlWords.HasWords(body))
        {
            foreach (var element in folded)
            {
                element.RemoveAttribute(Mark);
                element.SetAttribute("open", "");
            }
        }
    }

    private static bool IsFolded(IElement element) => element.Closest($"[{Mark}]") is not null || element.ParentElement is null;

    private static IEnumerable<INode> Following(INode node)
    {
        for (var next = node.NextSibling; next is not null; next = next.NextSibling)
        {
            yield return next;
        }
    }

    private static void Wrap(IHtmlDocument document, IReadOnlyList<INode> nodes)
    {
        var parts = nodes.ToList();
        var fold = document.CreateElement("details");
        fold.SetAttribute(Mark, "");
        var summary = document.CreateElement("summary");
        summary.TextContent = "Quoted text";
        fold.AppendChild(summary);
        parts[0].Parent!.InsertBefore(fold, parts[0]);
        parts.ForEach(part => fold.AppendChild(part));
    }
}
