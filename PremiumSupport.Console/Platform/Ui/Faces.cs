using System.Globalization;

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

    private static string First(string word) => StringInfo.GetNextTextElement(word).ToUpper(CultureInfo.InvariantCulture);
}
