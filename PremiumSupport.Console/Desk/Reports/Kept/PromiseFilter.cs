using System.Globalization;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Reports.Kept;

/// <summary>What became of a promise, as lists are narrowed by it. <see cref="Owed"/> is missed and unanswered to this day; <see cref="Moved"/> had its deadline moved by an exception.</summary>
public enum PromiseOutcome { Met, Missed, Owed, Moved }

/// <summary>Which promises of a period are meant; what is null narrows nothing. Everything that figures, lists and exports are narrowed by, so that a list holds exactly what its figure counted.</summary>
public sealed record PromiseFilter
{
    /// <summary>All of them.</summary>
    public static PromiseFilter None { get; } = new();

    /// <summary>The words of an address that belong to it.</summary>
    public static IReadOnlyList<string> Keys { get; } = ["metric", "channel", "severity", "account", "specialist", "outcome", "weekday", "hour", "took"];

    public Metric? Metric { get; init; }
    public Channel? Channel { get; init; }
    public Severity? Severity { get; init; }

    /// <summary>The key of an account; one that does not exist leaves nothing.</summary>
    public string? Account { get; init; }

    /// <summary>The address of a member of staff; empty for tickets that nobody has.</summary>
    public string? Specialist { get; init; }

    public PromiseOutcome? Outcome { get; init; }

    /// <summary>The weekday of the deadline in the viewer's zone, 0 for Monday.</summary>
    public int? Weekday { get; init; }

    /// <summary>The hour of the deadline in the viewer's zone.</summary>
    public int? Hour { get; init; }

    /// <summary>How long the answer took or is owed: more than the first and at most the second, in seconds; null for no end.</summary>
    public (int Over, int? UpTo)? Took { get; init; }

    /// <summary>The filter of an address. A word that says nothing there is gives a sentence, and narrows nothing.</summary>
    /// <param name="value">The value of a key; null where the address has none.</param>
    public static (PromiseFilter Filter, string? Problem) Read(Func<string, string?> value)
    {
        var filter = new PromiseFilter
        {
            Metric = Word<Metric>(value("metric")),
            Channel = Word<Channel>(value("channel")),
            Severity = Word<Severity>(value("severity")),
            Account = value("account") is { Length: > 0 } account ? account : null,
            Specialist = value("specialist") switch { null or "" => null, "nobody" => "", var address => address },
            Outcome = Word<PromiseOutcome>(value("outcome")),
            Weekday = Number(value("weekday"), 6),
            Hour = Number(value("hour"), 23),
            Took = Span(value("took")),
        };
        var said = filter.ToWords().Select(word => word.Key).ToHashSet();
        var unknown = Keys.FirstOrDefault(key => !string.IsNullOrEmpty(value(key)) && !said.Contains(key));
        return (filter, unknown is null ? null : $"The address names a {unknown} that there is none of; the list is not narrowed by it.");
    }

    /// <summary>The same without what only promises have.</summary>
    public PromiseFilter OfTickets() => this with { Metric = null, Outcome = null, Took = null };

    /// <summary>The words of an address.</summary>
    public IEnumerable<(string Key, string Value)> ToWords() => Keys.Select(key => (key, Value: Say(key))).Where(word => word.Value is not null).Select(word => (word.key, word.Value!));

    private string? Say(string key) => key switch
    {
        "metric" => Word(Metric),
        "channel" => Word(Channel),
        "severity" => Word(Severity),
        "account" => Account,
        "specialist" => Specialist is "" ? "nobody" : Specialist,
        "outcome" => Word(Outcome),
        "weekday" => Weekday?.ToString(CultureInfo.InvariantCulture),
        "hour" => Hour?.ToString(CultureInfo.InvariantCulture),
        _ => Took is { } took ? string.Create(CultureInfo.InvariantCulture, $"{took.Over}-{took.UpTo}") : null,
    };

    private static T? Word<T>(string? word)
        where T : struct, Enum => word is { Length: > 0 } && char.IsAsciiLetter(word[0]) && Enum.TryParse<T>(word, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;

    private static string? Word<T>(T? value)
        where T : struct, Enum => value is { } member ? char.ToLowerInvariant(member.ToString()[0]) + member.ToString()[1..] : null;

    private static int? Number(string? text, int most) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most ? number : null;

    private static (int, int?)? Span(string? text) =>
        text?.Split('-') is [var over, var upTo] && Number(over, int.MaxValue) is { } low && (upTo.Length == 0 || Number(upTo, int.MaxValue) > low) ? (low, Number(upTo, int.MaxValue)) : null;
}
