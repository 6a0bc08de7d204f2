using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace PremiumSupport.Platform.Ui;

/// <summary>Initials and colour of a person: the same everywhere and after every restart, so they are drawn from the name alone.</summary>
public static class Faces
{
    private const int Colours = 7;

    /// <summary>Up to two letters: of the first and the last word; text elements, so no letter is cut in half.</summary>
    public static string Initials(string name)
    {
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words switch
        {
            [] => "",
            [var only] => First(only),
            [var first, .., var last] => First(first) + First(last),
        };
    }

    /// <summary>The class of one of the seven colours that all carry white text.</summary>
    public static string ColourOf(string name)
    {
        // string.GetHashCode differs from run to run; a colour must not.
        var sum = name.Aggregate(17u, (hash, letter) => unchecked((hash * 31) + letter));
        return $"face-{(sum % Colours) + 1}";
    }

    /// <summary>A face as markup; see <see cref="Avatar"/>.</summary>
    /// <param name="name">Whose; null or blank for the dashed ring of nobody.</param>
    /// <param name="css">Size class, e.g. <c>xs</c>.</param>
    /// <param name="isDecoration">True where the name stands beside it anyway.</param>
    /// <param name="nobody">What the ring of nobody says.</param>
    public static MarkupString Draw(string? name, string? css = null, bool isDecoration = false, string nobody = "Unassigned") => new(
        string.IsNullOrWhiteSpace(name) ? Draw($"nobody {css}", Says(nobody), "")
        : Draw($"{ColourOf(name)} {css}", isDecoration ? "aria-hidden=\"true\"" : Says(name), Initials(name)));

    private static string Draw(string css, string says, string inside) => $"<span class=\"face {Glyph.Encoder.Encode(css.TrimEnd())}\" {says}>{Glyph.Encoder.Encode(inside)}</span>";

    private static string Says(string name)
    {
        var said = Glyph.Encoder.Encode(name);
        return $"title=\"{said}\" role=\"img\" aria-label=\"{said}\"";
    }

    private static string First(string word) => StringInfo.GetNextTextElement(word).ToUpper(CultureInfo.InvariantCulture);
}
