using NodaTime;

namespace PremiumSupport.Desk.Accounts;

/// <summary>What an account, a contact and a span of time must be. Pure; each answer is a sentence for the person who typed it, or null when it will do.</summary>
public static class AccountRules
{
    /// <summary>Checks a key: what the vendor's systems call the account, in tokens and in the API. It never changes afterwards.</summary>
    public static string? Key(string? key) => Tidy(key).ToLowerInvariant() switch
    {
        "" => "An account needs a key: the short name that your systems use for it.",
        { Length: > AccountLimits.Key } => $"A key has at most {AccountLimits.Key} characters.",
        var word when !word.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.') || !char.IsAsciiLetterOrDigit(word[0]) => "A key begins with a letter or digit and has only a to z, 0 to 9, dots, dashes and underscores.",
        _ => null,
    };

    /// <summary>Checks a name of an account or a person.</summary>
    public static string? Name(string? name) => Tidy(name) is { Length: > 0 and <= AccountLimits.Name } text && !text.Any(char.IsControl) ? null : $"A name has 1 to {AccountLimits.Name} characters on one line.";

    /// <summary>Checks an IANA zone; empty will do, and means the default.</summary>
    public static string? Zone(string? zone) => Tidy(zone) is var word && (word.Length == 0 || DateTimeZoneProviders.Tzdb.GetZoneOrNull(word) is not null) ? null : $"“{word}” is no time zone. Write one like Europe/Berlin.";

    /// <summary>Checks an address.</summary>
    public static string? Email(string? email) => Tidy(email) is { Length: > 2 and <= AccountLimits.Email } text && !text.Any(char.IsWhiteSpace) && !text.Any(char.IsControl)
        && text.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < text.Length - 1 && at == text.LastIndexOf('@')
            ? null : Tidy(email).Length == 0 ? "A contact needs an email address." : $"“{Short(Tidy(email))}” is no email address.";

    /// <summary>Checks the words of a purchase or a subscription.</summary>
    public static string? Words(string? text, string what) => Tidy(text) is { Length: > 0 and <= AccountLimits.Plan } word && !word.Any(char.IsControl) ? null : $"{what} has 1 to {AccountLimits.Plan} characters.";

    /// <summary>Checks the days of a span, the last included.</summary>
    public static string? Span(DateOnly? first, DateOnly? last) => (first, last) switch
    {
        (null, _) or (_, null) => "Say the first and the last day.",
        _ when first > last => "The last day is before the first.",
        _ when first < Earliest || last > Latest => $"Days lie between {Earliest:yyyy-MM-dd} and {Latest:yyyy-MM-dd}.",
        _ => null,
    };

    /// <summary>A text without the blanks around it; never null.</summary>
    public static string Tidy(string? text) => text?.Trim() ?? "";

    private static readonly DateOnly Earliest = new(2000, 1, 1);
    private static readonly DateOnly Latest = new(2199, 12, 31);

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
