using PremiumSupport.Desk.Tickets.Exceptions;
using PremiumSupport.Screens.Shell;
using PremiumSupport.Sla;

namespace PremiumSupport.Screens.Admin;

/// <summary>The console's words for exceptions.</summary>
public static class ExceptionWords
{
    /// <summary>What it is declared for.</summary>
    public static string Scope(ExceptionScope scope, string? value) => scope switch
    {
        ExceptionScope.Everything => "everything",
        ExceptionScope.Account => $"account {value}",
        ExceptionScope.Channel when Enum.TryParse<Channel>(value, ignoreCase: true, out var channel) => Words.Of(channel),
        _ => value ?? "",
    };

    /// <summary>The kind of scope, to choose from.</summary>
    public static string Of(ExceptionScope scope) => scope switch
    {
        ExceptionScope.Everything => "Everything",
        ExceptionScope.Account => "One account",
        ExceptionScope.Channel => "One channel",
        _ => "One hub",
    };

    /// <summary>The reason.</summary>
    public static string Of(ExceptionReason reason) => ExplanationWords.Reason(LedgerFacts.Word(reason));

    /// <summary>What an approval moved.</summary>
    public static string Moved(int count) => count == 0 ? "No open deadline had to move; later requests are promised with it." : $"{Words.Count(count, "open deadline")} moved.";

    /// <summary>What an approval would move.</summary>
    public static string Would(int count) =>
        count == 0 ? "As things stand, no open deadline would move; later requests are promised with it." : $"As things stand, approving it moves {Words.Count(count, "open deadline")}.";

    /// <summary>Who declared it and who approved it.</summary>
    public static string People(ExceptionView exception) =>
        exception.ApproverName is { } approver ? $"Declared by {exception.AuthorName}, approved by {approver}" : $"Declared by {exception.AuthorName}";
}
