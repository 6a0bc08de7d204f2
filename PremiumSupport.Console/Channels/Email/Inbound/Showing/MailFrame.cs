using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using PremiumSupport.Channels.Email.Inbound.Parsing;

namespace PremiumSupport.Channels.Email.Inbound.Showing;

/// <summary>The document in which a mail's cleaned HTML is shown: in a frame that runs nothing, with images of our own making, and others only when its reader asked for them (trust rule 13). Pure.</summary>
public static class MailFrame
{
    private const string Style = """
        :root{color-scheme:light dark}
        body{margin:0;padding:12px;font:14px/1.5 system-ui,sans-serif;overflow-wrap:anywhere;background:Canvas;color:CanvasText}
        img{max-inline-size:100%;block-size:auto}
        table{max-inline-size:100%}
        pre{white-space:pre-wrap}
        blockquote{margin-inline:0;padding-inline-start:12px;border-inline-start:3px solid GrayText}
        summary{cursor:pointer;color:GrayText}
        details{margin-block:8px}
        .gone{display:inline-block;padding:2px 8px;border:1px dashed GrayText;color:GrayText;font-size:12px}
        """;

    /// <summary>The style sheet's hash, by which the frame's own policy lets it and no other in.</summary>
    public static string StyleHash { get; } = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Style.ReplaceLineEndings("\n"))));

    /// <summary>The document.</summary>
    /// <param name="html">As <see cref="MailHtml"/> cleaned it.</param>
    /// <param name="pictures">Addresses of our own pictures by the names that the HTML calls them.</param>
    /// <param name="withRemote">Whether images elsewhere are loaded.</param>
    public static string Document(string html, IReadOnlyDictionary<string, string> pictures, bool withRemote)
    {
        var document = new HtmlParser().ParseDocument($"<!doctype html><html><head><meta charset=\"utf-8\"><meta name=\"referrer\" content=\"no-referrer\"><title>Mail</title></head><body>{html}</body></html>");
        var style = document.CreateElement("style");
        style.TextContent = Style.ReplaceLineEndings("\n");
        document.Head!.AppendChild(style);
        foreach (var image in document.QuerySelectorAll("img").ToList())
        {
            Show(image, pictures, withRemote);
        }

        return "<!doctype html>" + document.DocumentElement.OuterHtml;
    }

    /// <summary>How many images elsewhere it would load.</summary>
    public static int RemoteImages(string? html) => html is null ? 0 : html.Split($"{MailHtml.RemoteMark}=").Length - 1;

    private static void Show(IElement image, IReadOnlyDictionary<string, string> pictures, bool withRemote)
    {
        var inline = image.GetAttribute(MailHtml.InlineMark);
        var remote = image.GetAttribute(MailHtml.RemoteMark);
        image.RemoveAttribute(MailHtml.InlineMark);
        image.RemoveAttribute(MailHtml.RemoteMark);
        if (inline is not null && pictures.TryGetValue(inline, out var picture))
        {
            image.SetAttribute("src", picture);
            return;
        }

        if (remote is not null && withRemote)
        {
            image.SetAttribute("src", remote);
            return;
        }

        var alt = image.GetAttribute("alt") is { Length: > 0 } words ? $": {words}" : "";
        var gone = image.Owner!.CreateElement("span");
        gone.ClassName = "gone";
        gone.TextContent = (remote is not null ? "Remote image" : "Image that cannot be shown") + alt;
        image.Replace(gone);
    }
}
