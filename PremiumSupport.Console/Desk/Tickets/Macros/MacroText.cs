using System.Text.RegularExpressions;

namespace PremiumSupport.Desk.Tickets.Macros;

/// <summary>A macro's text with its variables filled in.</summary>
/// <param name="Cursor">Where the cursor goes, in UTF-16 units of the text; its end where the macro does not say.</param>
public sealed record FilledMacro(string Text, int Cursor);

/// <summary>
/// The text of a macro: <c>{{requester.first_name}}</c>, with a fallback <c>{{requester.first_name | default: "there"}}</c>, and <c>{{cursor}}</c> for where one goes on writing. Pure. What
/// has no value and no fallback stays as it stands, so that whoever sends it is asked.
/// </summary>
public static partial class MacroText
{
    public const int LongestName = 80;
    public const int LongestText = 5_000;

    private const string CursorName = "cursor";

    /// <summary>The variables, each with what it is.</summary>
    public static IReadOnlyDictionary<string, string> Variables { get; } = new Dictionary<string, string>
    {
        ["requester.name"] = "the customer's name",
        ["requester.first_name"] = "the first word of it",
        ["requester.email"] = "the customer's address",
        ["account.name"] = "the account's name",
        ["ticket.number"] = "the ticket's number",
        ["ticket.subject"] = "the ticket's subject",
        ["agent.name"] = "your name",
        ["agent.first_name"] = "the first word of it",
        [CursorName] = "where the cursor goes",
    };

    /// <summary>The values of a ticket for somebody who writes.</summary>
    public static IReadOnlyDictionary<string, string> ValuesOf(TicketView ticket, string agent) => new Dictionary<string, string>
    {
        ["requester.name"] = ticket.Requester.Name,
        ["requester.first_name"] = First(ticket.Requester.Name),
        ["requester.email"] = ticket.Requester.Email,
        ["account.name"] = ticket.Account.Name,
        ["ticket.number"] = TicketRules.Number(ticket.Number),
        ["ticket.subject"] = ticket.Subject,
        ["agent.name"] = agent,
        ["agent.first_name"] = First(agent),
    };

    /// <summary>What is wrong with a text, in a sentence; null when nothing is.</summary>
    public static string? Problem(string text)
    {
        if (text.Length > LongestText)
        {
            return $"Up to {LongestText:N0} characters fit.";
        }

        var known = string.Join(", ", Variables.Keys);
        var cursors = 0;
        foreach (Match found in Any().Matches(text))
        {
            if (Variable().Match(found.Value) is not { Success: true } variable)
            {
                return $"“{MessageText.Beginning(found.Value, 60)}” is no variable. Write {{{{name}}}} or {{{{name | default: \"words\"}}}}.";
            }

            var name = variable.Groups["name"].Value;
            if (!Variables.ContainsKey(name))
            {
                return $"There is no variable “{MessageText.Beginning(name, 60)}”. There are: {known}.";
            }

            cursors += name == CursorName ? 1 : 0;
        }

        return cursors > 1 ? "The cursor can go to one place only." : null;
    }

    /// <summary>Fills the variables in.</summary>
    public static FilledMacro Fill(string text, IReadOnlyDictionary<string, string> values)
    {
        var filled = Any().Replace(text, found =>
        {
            var variable = Variable().Match(found.Value);
            var name = variable.Groups["name"].Value;
            return name == CursorName ? found.Value
                : values.TryGetValue(name, out var value) && value.Length > 0 ? value
                : variable.Groups["default"] is { Success: true } fallback ? fallback.Value
                : found.Value;
        });
        // The values are a customer's words: what looks like a cursor in one of them is none of ours, so the macro's own is looked for by its place among what it says itself.
        return Place(text, filled, values);
    }

    private static FilledMacro Place(string text, string filled, IReadOnlyDictionary<string, string> values)
    {
        var own = Any().Matches(text).FirstOrDefault(found => Variable().Match(found.Value).Groups["name"].Value == CursorName);
        if (own is null)
        {
            return new(filled, filled.Length);
        }

        var at = Fill(text[..own.Index], values).Text.Length;
        return new(filled.Remove(at, own.Length), at);
    }

    private static string First(string name) => name.Split(' ', 2)[0];

    [GeneratedRegex(@"\{\{[^{}]*\}\}", RegexOptions.NonBacktracking)]
    private static partial Regex Any();

    [GeneratedRegex(@"^\{\{\s*(?<name>[a-z_.]+)\s*(\|\s*default:\s*""(?<default>[^""{}]*)""\s*)?\}\}$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Variable();
}
