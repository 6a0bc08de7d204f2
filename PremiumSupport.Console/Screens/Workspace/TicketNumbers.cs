using System.Globalization;
using System.Text.RegularExpressions;

namespace PremiumSupport.Screens.Workspace;

/// <summary>Finds the numbers of tickets in what people write: pure.</summary>
public static partial class TicketNumbers
{
    /// <summary>The text in its order; a number where it names a ticket as <c>#1042</c>.</summary>
    public static IEnumerable<(string Text, long? Number)> In(string text)
    {
        var at = 0;
        foreach (Match found in Numbers().Matches(text))
        {
            if (found.Index > at)
            {
                yield return (text[at..found.Index], null);
            }

            yield return (found.Value, long.Parse(found.ValueSpan[1..], CultureInfo.InvariantCulture));
            at = found.Index + found.Length;
        }

        if (at < text.Length)
        {
            yield return (text[at..], null);
        }
    }

    [GeneratedRegex(@"#[1-9][0-9]{3,9}\b", RegexOptions.None, 500)]
    private static partial Regex Numbers();
}
