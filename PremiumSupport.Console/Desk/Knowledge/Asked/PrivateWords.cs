using System.Text.RegularExpressions;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Desk.Knowledge.Asked;

/// <summary>Takes out of a text what could lead to a person or open a door, before the text is kept for those who write articles.</summary>
public static partial class PrivateWords
{
    /// <summary>The text on one line, with e-mail addresses, web addresses, numbers of five digits or more (spaces and hyphens between them do not count) and long tokens masked, up to a length.</summary>
    public static string Mask(string? text, int longest)
    {
        var line = MessageText.SingleLine(text);

        // What nobody will keep need not be searched.
        line = TextWords.Cut(line, longest * 4);
        line = Email().Replace(line, "[email]");
        line = Address().Replace(line, "[address]");
        line = Token().Replace(line, "[token]");
        line = Number().Replace(line, "[number]");
        return MessageText.Beginning(line, longest);
    }

    /// <summary>The text without the marks that masking left, for what counts words.</summary>
    public static string Unmasked(string masked) => Marks().Replace(masked, " ");

    [GeneratedRegex(@"\[(email|address|token|number)\]", RegexOptions.NonBacktracking)]
    private static partial Regex Marks();

    [GeneratedRegex(@"[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>(),;]+", RegexOptions.NonBacktracking)]
    private static partial Regex Email();

    [GeneratedRegex(@"\b[a-z][a-z0-9+.-]*://\S+|\bwww\.\S+", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    // No word of the six languages is that long and has a digit in it; German is known for long words without.
    [GeneratedRegex(@"[A-Za-z0-9_+/=.-]{0,200}[0-9][A-Za-z0-9_+/=.-]{15,}|[A-Za-z0-9_+/=.-]{15,}[0-9][A-Za-z0-9_+/=.-]{0,200}|[^\s]{45,}", RegexOptions.NonBacktracking)]
    private static partial Regex Token();

    [GeneratedRegex(@"\+?\p{Nd}([ ./()-]{0,2}\p{Nd}){4,}", RegexOptions.NonBacktracking)]
    private static partial Regex Number();
}
