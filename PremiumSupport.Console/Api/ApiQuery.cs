using System.Globalization;
using PremiumSupport.Desk.Tickets;

namespace PremiumSupport.Api;

/// <summary>Reads parameters of the address, so that one of the wrong kind is answered with its name and a sentence; the framework's own binding names neither.</summary>
internal sealed class ApiQuery(HttpContext http)
{
    private readonly List<(string, string)> _errors = [];

    /// <summary>What was wrong so far; null when nothing was.</summary>
    public Refusal? Refusal => _errors.Count > 0 ? Refusal.Invalid([.. _errors]) : null;

    /// <summary>A whole number; null when absent or wrong.</summary>
    public long? Long(string name) => Read<long>(name, text => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null, "Say a whole number.");

    /// <summary>An instant, UTC unless it says otherwise; null when absent or wrong.</summary>
    public DateTimeOffset? Instant(string name) => Read<DateTimeOffset>(
        name,
        text => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant : null,
        "Say an instant like 2026-11-22T15:32:32Z.");

    /// <summary>A text; null when absent.</summary>
    public string? Text(string name) => http.Request.Query.TryGetValue(name, out var text) ? text.ToString() : null;

    /// <summary>One of the words of an enumeration, in camelCase; null when absent or wrong.</summary>
    public T? Word<T>(string name)
        where T : struct, Enum
    {
        var words = Enum.GetNames<T>().Select(member => char.ToLowerInvariant(member[0]) + member[1..]).ToList();
        return Read<T>(
            name,
            text => words.IndexOf(text) is >= 0 and var index ? Enum.GetValues<T>()[index] : null,
            $"Say {string.Join(", ", words[..^1])} or {words[^1]}.");
    }

    /// <summary>Notes that a parameter is wrong.</summary>
    public void Refuse(string name, string sentence) => _errors.Add((name, sentence));

    private T? Read<T>(string name, Func<string, T?> parse, string sentence)
        where T : struct
    {
        var text = http.Request.Query[name].ToString();
        if (text.Length == 0)
        {
            return null;
        }

        var value = parse(text);
        if (value is null)
        {
            Refuse(name, sentence);
        }

        return value;
    }
}
