using Ganss.Xss;
using Markdig;

namespace PremiumSupport.Desk.Knowledge;

/// <summary>Makes HTML of an article's Markdown. HTML in the Markdown stays text, and what comes out is sanitised all the same.</summary>
public static class ArticleHtml
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().DisableHtml().Build();

    /// <summary>Safe HTML: headings, paragraphs, lists, tables, emphasis, code and links.</summary>
    public static string Render(string markdown) => Sanitizer().Sanitize(Markdown.ToHtml(markdown, Pipeline));

    /// <summary>The words alone, for the search.</summary>
    public static string PlainText(string markdown) => Markdown.ToPlainText(markdown, Pipeline).ReplaceLineEndings(" ");

    // Made anew each time: it is not safe for several threads at once.
    private static HtmlSanitizer Sanitizer()
    {
        var sanitizer = new HtmlSanitizer();
        sanitizer.AllowedTags.Clear();
        sanitizer.AllowedTags.UnionWith(["p", "h2", "h3", "ul", "ol", "li", "strong", "em", "code", "pre", "a", "blockquote", "table", "thead", "tbody", "tr", "th", "td", "br", "hr"]);
        sanitizer.AllowedAttributes.Clear();
        sanitizer.AllowedAttributes.Add("href");
        sanitizer.AllowedCssProperties.Clear();
        sanitizer.AllowedSchemes.Clear();
        sanitizer.AllowedSchemes.UnionWith(["https", "mailto"]);
        return sanitizer;
    }
}
