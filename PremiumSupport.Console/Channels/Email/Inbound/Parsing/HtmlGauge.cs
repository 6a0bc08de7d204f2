using MimeKit.Text;

namespace PremiumSupport.Channels.Email.Inbound.Parsing;

/// <summary>
/// Measures HTML by its tags alone, before anything builds a tree of it. The depth is an upper bound: an end tag ends one element of its name and nothing else, so that no trick of nesting
/// hides depth from it; elements that end by themselves where the next of their kind begins are left out.
/// </summary>
public static class HtmlGauge
{
    private static readonly HashSet<string> Shallow = new(StringComparer.OrdinalIgnoreCase)
    {
        "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link", "meta", "param", "source", "track", "wbr",
        "p", "li", "dd", "dt", "tr", "td", "th", "tbody", "thead", "tfoot", "colgroup", "option", "optgroup", "html", "head", "body",
    };

    /// <summary>The limit that it breaks, in a sentence for staff; null when it may be parsed.</summary>
    public static string? Exceeds(string html)
    {
        if (html.Length > ParsingLimits.Html)
        {
            return $"Its HTML has {html.Length:N0} characters; up to {ParsingLimits.Html:N0} are shown.";
        }

        var open = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var (depth, tags) = (0, 0);
        var tokens = new HtmlTokenizer(new StringReader(html)) { DecodeCharacterReferences = false };
        while (tokens.ReadNextToken(out var token))
        {
            if (token is not HtmlTagToken tag)
            {
                continue;
            }

            if (++tags > ParsingLimits.HtmlTags)
            {
                return $"Its HTML has more than {ParsingLimits.HtmlTags:N0} tags.";
            }

            if (tag.Attributes.Count > ParsingLimits.HtmlAttributes)
            {
                return $"A tag of its HTML has more than {ParsingLimits.HtmlAttributes} attributes.";
            }

            if (Shallow.Contains(tag.Name))
            {
                continue;
            }

            ref var count = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(open, tag.Name, out _);
            if (!tag.IsEndTag)
            {
                count++;
                if (++depth > ParsingLimits.HtmlDepth)
                {
                    return $"The elements of its HTML lie more than {ParsingLimits.HtmlDepth} deep in each other.";
                }
            }
            else if (count > 0)
            {
                count--;
                depth--;
            }
        }

        return null;
    }
}
