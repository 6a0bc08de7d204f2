using System.Buffers;
using System.Globalization;
using System.Text;

namespace PremiumSupport.Desk.Tickets;

/// <summary>Texts as people and programs send them, made fit to keep.</summary>
public static class MessageText
{
    private const int SnippetLength = 160;

    // Control characters but line feeds and tabs, and the line ends of other systems: a text without them is tidy but for its ends.
    private static readonly SearchValues<char> Untidy = SearchValues.Create(
        [.. Enumerable.Range(0, 0xa0).Select(code => (char)code).Where(c => char.IsControl(c) && c is not ('\n' or '\t')), '\u2028', '\u2029']);

    /// <summary>The text without characters that no screen shows (control characters but line ends and tabs) and without blank ends.</summary>
    public static string Tidy(string? text) =>
        string.IsNullOrEmpty(text) ? ""
        : text.AsSpan().IndexOfAny(Untidy) < 0 ? text.Trim()
        : string.Concat(text.ReplaceLineEndings("\n").Where(c => !char.IsControl(c) || c is '\n' or '\t')).Trim();

    /// <summary>The same on one line.</summary>
    public static string SingleLine(string? text) => Tidy(text).Replace('\n', ' ').Replace('\t', ' ');

    /// <summary>The first words, on one line, cut with an ellipsis.</summary>
    public static string Beginning(string text, int length)
    {
        var line = SingleLine(text);
        if (line.Length <= length)
        {
            return line;
        }

        // A surrogate pair cut in half would be an invalid text for every reader after us.
        var end = char.IsHighSurrogate(line[length - 2]) ? length - 2 : length - 1;
        return line[..end].TrimEnd() + "…";
    }

    /// <summary>What a queue row shows of a message.</summary>
    public static string Snippet(string text) => Beginning(text, SnippetLength);

    /// <summary>
    /// What is wrong with a tidied body, by field. A message may consist of files alone: it shows the customer something that they did not have before, so it is not empty, and
    /// one that a human of the staff sent answers as words do (rule 2). The files themselves are never empty; the door that takes them in sees to it.
    /// </summary>
    public static IEnumerable<(string Field, string Message)> Check(string body, string field, bool hasFiles = false)
    {
        if (!hasFiles && !body.EnumerateRunes().Any(IsSeen))
        {
            yield return (field, "The message is empty.");
        }
        else if (body.Length > TicketLimits.Body)
        {
            yield return (field, $"The message has {body.Length:N0} characters; up to {TicketLimits.Body:N0} fit.");
        }
    }

    // A text of nothing but zero-width characters is no answer to anybody (rule 2: non-empty).
    private static bool IsSeen(Rune rune) => !Rune.IsWhiteSpace(rune) && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Format or UnicodeCategory.Control);

    /// <summary>What is wrong with a client's message id.</summary>
    public static IEnumerable<(string Field, string Message)> CheckId(string? id)
    {
        if (string.IsNullOrWhiteSpace(id) || id.Length > TicketLimits.ClientMessageId)
        {
            yield return ("clientMessageId", $"Give each message an id of its own, up to {TicketLimits.ClientMessageId} characters.");
        }
    }
}
