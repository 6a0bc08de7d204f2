using System.Globalization;
using System.Text.RegularExpressions;

namespace PremiumSupport.Screens.Admin.Promises;

/// <summary>Says in words which part of a draft a field of the API is.</summary>
public static partial class FieldWords
{
    /// <summary><c>rules[2].target</c> as "Rule 3, target"; <c>calendars[0].week.mon</c> as "Calendar 1, week, mon".</summary>
    public static string Of(string field)
    {
        ArgumentNullException.ThrowIfNull(field);
        var words = Counted().Replace(field, match => $"{Singular(match.Groups[1].Value)} {int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture) + 1}").Replace(".", ", ", StringComparison.Ordinal).Replace("escalateTo", "after the leads", StringComparison.Ordinal);
        return words.Length == 0 ? "" : $"{char.ToUpperInvariant(words[0])}{words[1..]}";
    }

    private static string Singular(string many) => many switch { "shortDays" => "short day", _ => many.TrimEnd('s') };

    [GeneratedRegex(@"(\w+)\[(\d+)\]")]
    private static partial Regex Counted();
}
