using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using Ganss.Xss;
using Markdig;

namespace PremiumSupport.Desk.Knowledge;

/// <summary>Makes HTML of an article's Markdown. HTML in the Markdown stays text, and what comes out is sanitised all the same.</summary>
public static partial class ArticleHtml
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseAutoLinks().DisableHtml().Build();

    /// <summary>Safe HTML: headings, paragraphs, lists, tables, emphasis, code, links, and the product's own images with their measures.</summary>
    public static string Render(string markdown) => Sanitizer().Sanitize(Markdown.ToHtml(markdown, Pipeline));

    /// <summary>The words alone, for the search.</summary>
    public static string PlainText(string markdown) => Markdown.ToPlainText(markdown, Pipeline).ReplaceLineEndings(" ");

    /// <summary>The images that a text shows, by name.</summary>
    public static IEnumerable<string> Images(string markdown) => ImageAddress().Matches(markdown).Select(match => match.Groups["name"].Value).Distinct();

    // Made anew each time: it is not safe for several threads at once.
    private static HtmlSanitizer Sanitizer()
    {
        var sanitizer = new HtmlSanitizer();
        sanitizer.AllowedTags.Clear();
        sanitizer.AllowedTags.UnionWith(["p", "h2", "h3", "ul", "ol", "li", "strong", "em", "code", "pre", "a", "blockquote", "table", "thead", "tbody", "tr", "th", "td", "br", "hr", "img"]);
        sanitizer.AllowedAttributes.Clear();
        sanitizer.AllowedAttributes.UnionWith(["href", "src", "alt"]);
        sanitizer.AllowedCssProperties.Clear();
        sanitizer.AllowedSchemes.Clear();
        sanitizer.AllowedSchemes.UnionWith(["https", "mailto"]);
        sanitizer.PostProcessNode += (_, processed) => Tame(processed.Node);
        return sanitizer;
    }

    // The page's own heading is the first: a "#" in an article begins a part of it, never another page. An image from elsewhere would tell a stranger who reads.
    private static void Tame(INode node)
    {
        if (node is not IElement { LocalName: "img" } image)
        {
            return;
        }

        if (ImageAddress().Match(image.GetAttribute("src") ?? "") is not { Success: true, Index: 0 } own || own.Length != image.GetAttribute("src")!.Length)
        {
            image.Replace(image.Owner!.CreateTextNode(image.GetAttribute("alt") ?? ""));
            return;
        }

        image.SetAttribute("width", own.Groups["width"].Value);
        image.SetAttribute("height", own.Groups["height"].Value);
        image.SetAttribute("loading", "lazy");
        if (image.GetAttribute("alt") is null)
        {
            image.SetAttribute("alt", "");
        }
    }

    /// <summary>The address of an image. Its measures stand in its name, so that a page leaves room for it before it is there.</summary>
    public static string AddressOf(string storedName, int width, int height) => string.Create(CultureInfo.InvariantCulture, $"{ImagePath}/{storedName}-{width}x{height}");

    /// <summary>Where images are served.</summary>
    public const string ImagePath = "/articles/images";

    [GeneratedRegex(@"/articles/images/(?<name>[A-Za-z0-9]{16,64})-(?<width>[1-9][0-9]{0,4})x(?<height>[1-9][0-9]{0,4})", RegexOptions.NonBacktracking)]
    private static partial Regex ImageAddress();
}
