using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Components;

namespace PremiumSupport.Platform.Ui;

/// <summary>
/// Icons of <see cref="IconSprite"/> as markup. One without a label is the same text for every page of the node; a component for each, and a page has sixty, would weigh two kilobytes a piece in every circuit.
/// </summary>
public static class Glyph
{
    private static readonly ConcurrentDictionary<(string Name, string? Css), MarkupString> Plain = new();

    /// <summary>Writes text into markup: everything that means something there is escaped, letters of other scripts stay as they are.</summary>
    internal static HtmlEncoder Encoder { get; } = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>An icon that decorates.</summary>
    /// <param name="name">The symbol's name.</param>
    /// <param name="css">Size and colour classes, e.g. <c>s14 ink3</c>. Words of the code, as the name is: both are kept for good.</param>
    public static MarkupString Of(string name, string? css = null) => Plain.GetOrAdd((name, css), key => Draw(key.Name, key.Css, "aria-hidden=\"true\""));

    /// <summary>An icon that says something to those who do not see it; without a label one that decorates.</summary>
    public static MarkupString Of(string name, string? css, string? label) => label is null ? Of(name, css) : Draw(name, css, $"role=\"img\" aria-label=\"{Encoder.Encode(label)}\"");

    private static MarkupString Draw(string name, string? css, string says) =>
        new($"<svg class=\"{Encoder.Encode(css is null ? "i" : $"i {css}")}\" viewBox=\"0 0 24 24\" {says}><use href=\"#i-{Encoder.Encode(name)}\"></use></svg>");
}
