using System.Reflection;
using Markdig;
using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Channels.Help.Embedding;

/// <summary>What vendors have to know to put the widget on their pages: <c>docs/embedding.md</c>, with this server's own address in it.</summary>
public sealed class EmbeddingGuide(PublicUrl publicUrl)
{
    private const string Example = "https://support.example";

    private static readonly Lazy<string> Text = new(Read);
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseAutoIdentifiers().DisableHtml().Build();

    /// <summary>The origin that the vendor's pages load from.</summary>
    public string Origin => publicUrl.Of("/").GetLeftPart(UriPartial.Authority);

    /// <summary>The two lines of the snippet.</summary>
    public string Snippet => Markdown[(Markdown.IndexOf("```html\n", StringComparison.Ordinal) + 8)..].Split("\n```")[0];

    /// <summary>The guide as HTML, without its title. It is our own text, so nothing in it has to be made harmless.</summary>
    public string Html => Markdig.Markdown.ToHtml(Markdown[(Markdown.IndexOf('\n', StringComparison.Ordinal) + 1)..], Pipeline)
        .Replace("<pre>", "<pre tabindex=\"0\">", StringComparison.Ordinal); // wider than a phone, so one has to be able to scroll it by keyboard

    internal string Markdown => Text.Value.Replace(Example, Origin, StringComparison.Ordinal);

    private static string Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Guides/embedding.md")
            ?? throw new InvalidOperationException("The guide to embedding is missing from the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
