using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Ganss.Xss;

namespace PremiumSupport.Channels.Email.Inbound.Parsing;

/// <summary>What was made of a mail's HTML.</summary>
/// <param name="Html">Cleaned; null when it may not be shown, and the remark says why.</param>
/// <param name="Said">Its words.</param>
/// <param name="Quoted">The words of what it quotes.</param>
public sealed record CleanHtml(string? Html, string Said, string Quoted, IReadOnlyList<string> Remarks);

/// <summary>
/// Cleans a mail's HTML once, when it comes in, by a list of our own (trust rule 13): the sanitiser's defaults let password forms, fixed positions and remote images through. What is shown
/// of it later is shown in a frame that runs nothing besides.
/// </summary>
public static class MailHtml
{
    /// <summary>Names the image of this mail that stands here.</summary>
    public const string InlineMark = "data-inline";

    /// <summary>Holds the address of an image elsewhere, which loads when its reader says so and not before: it would tell the sender who reads, and when.</summary>
    public const string RemoteMark = "data-remote";

    private static readonly string[] Tags =
    [
        "a", "abbr", "address", "b", "big", "blockquote", "br", "caption", "center", "cite", "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure",
        "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "summary", "sup",
        "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul", "var", "wbr",
    ];

    // What they hold is no text of the mail's.
    private const string Machinery = "script, style, head > *, title, template, noscript, iframe, object, embed, applet, svg, math, frame, frameset, noembed, noframes, xmp, plaintext, audio, video, select, textarea, canvas";

    /// <summary>The HTML without whatever could run, send, cover or spy.</summary>
    public static CleanHtml Clean(string html)
    {
        if (HtmlGauge.Exceeds(html) is { } limit)
        {
            return new(null, "", "", [limit]);
        }

        var document = new HtmlParser().ParseDocument(html);
        if (document.Body is not { } body)
        {
            return new("", "", "", []);
        }

        foreach (var machine in document.QuerySelectorAll(Machinery).ToList())
        {
            machine.Remove();
        }

        // Only our own may stand in what comes out.
        foreach (var element in document.QuerySelectorAll($"[{HtmlQuotes.Mark}], [{InlineMark}], [{RemoteMark}]"))
        {
            element.RemoveAttribute(HtmlQuotes.Mark);
            element.RemoveAttribute(InlineMark);
            element.RemoveAttribute(RemoteMark);
        }

        HtmlQuotes.Fold(document);
        var remarks = new List<string>();
        foreach (var image in document.Images.ToList<IElement>())
        {
            Tame(image, remarks);
        }

        Sanitizer().SanitizeDom(document, body);
        foreach (var link in body.QuerySelectorAll("a[href]"))
        {
            link.SetAttribute("rel", "noopener noreferrer nofollow");
            link.SetAttribute("target", "_blank");
        }

        var (said, quoted) = HtmlWords.Of(body);
        return new(body.InnerHtml.Trim(), said, quoted, [.. remarks.Distinct()]);
    }

    private static void Tame(IElement image, List<string> remarks)
    {
        var source = image.GetAttribute("src")?.Trim() ?? "";
        image.RemoveAttribute("src");
        if (source.StartsWith("cid:", StringComparison.OrdinalIgnoreCase))
        {
            image.SetAttribute(InlineMark, Uri.UnescapeDataString(source[4..]).Trim('<', '>', ' '));
        }
        else if (Uri.TryCreate(source.StartsWith("//", StringComparison.Ordinal) ? "https:" + source : source, UriKind.Absolute, out var remote) && remote.Scheme is "http" or "https" && source.Length < 4_000)
        {
            image.SetAttribute(RemoteMark, remote.AbsoluteUri);
        }
        else
        {
            remarks.Add("An image in its text is neither attached nor at an address, so it is not shown.");
            image.Replace(image.Owner!.CreateTextNode(image.GetAttribute("alt") is { Length: > 0 } alt ? $"[{alt}]" : ""));
        }
    }

    // Made anew each time: it is not safe for several threads at once.
    private static HtmlSanitizer Sanitizer()
    {
        var sanitizer = new HtmlSanitizer { KeepChildNodes = true, AllowDataAttributes = false };
        sanitizer.AllowedTags.Clear();
        sanitizer.AllowedTags.UnionWith(Tags);
        sanitizer.AllowedAttributes.Clear();
        sanitizer.AllowedAttributes.UnionWith(["href", "alt", "title", "width", "height", "colspan", "rowspan", "dir", "lang", "start", "open", HtmlQuotes.Mark, InlineMark, RemoteMark]);
        sanitizer.AllowedCssProperties.Clear();
        sanitizer.AllowedAtRules.Clear();
        sanitizer.UriAttributes.Clear();
        sanitizer.UriAttributes.Add("href");
        sanitizer.AllowedSchemes.Clear();
        sanitizer.AllowedSchemes.UnionWith(["http", "https", "mailto", "tel"]);
        return sanitizer;
    }
}
