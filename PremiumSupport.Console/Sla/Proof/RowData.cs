using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PremiumSupport.Sla.Proof;

/// <summary>The data of one row, read without trust: a field that is missing or no such thing is complained of by name. One instance serves row after row.</summary>
internal sealed class RowData(Action<string> complain)
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private byte[] _bytes = new byte[1024];

    /// <summary>Reads the text of another row; false, with a complaint, when it is no object of texts.</summary>
    public bool Load(string json)
    {
        _values.Clear();
        if (_bytes.Length < Encoding.UTF8.GetMaxByteCount(json.Length))
        {
            _bytes = new byte[Encoding.UTF8.GetMaxByteCount(json.Length)];
        }

        var reader = new Utf8JsonReader(_bytes.AsSpan(0, Encoding.UTF8.GetBytes(json, _bytes)));
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString()!;
                reader.Read();
                if (reader.TokenType != JsonTokenType.String)
                {
                    complain($"Its data field '{name}' is no text.");
                    return false;
                }

                _values[name] = reader.GetString()!;
            }

            return true;
        }
        catch (JsonException)
        {
            complain("Its data is not the JSON that the ledger writes.");
            return false;
        }
    }

    /// <summary>The field's text; null when there is none.</summary>
    public string? Find(string name) => _values.GetValueOrDefault(name);

    /// <summary>The field's text; null, with a complaint, when there is none.</summary>
    public string? Text(string name)
    {
        if (_values.TryGetValue(name, out var value))
        {
            return value;
        }

        complain($"{name} is missing.");
        return null;
    }

    /// <summary>An instant; null, with a complaint, when it is missing or none.</summary>
    public DateTimeOffset? Instant(string name) => Text(name) is { } text ? Parsed(name, text, ReadInstant(text)) : null;

    /// <summary>An instant that may be absent.</summary>
    public DateTimeOffset? FindInstant(string name) => Find(name) is { } text ? Parsed(name, text, ReadInstant(text)) : null;

    /// <summary>A whole number.</summary>
    public int? Number(string name) =>
        Text(name) is { } text ? Parsed(name, text, int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (int?)null) : null;

    /// <summary>A word of a vocabulary, as the API writes it.</summary>
    public T? Word<T>(string name)
        where T : struct, Enum => Text(name) is { } text ? Parsed(name, text, ReadWord<T>(text)) : null;

    /// <summary>A target: "00:30:00" or "1 business days".</summary>
    public PromiseTarget? Target(string name) => Text(name) is not { } text ? null : ReadTarget(text) ?? Refuse<PromiseTarget>(name, text);

    /// <summary>The instant of that text, exactly as the ledger writes it.</summary>
    public static DateTimeOffset? ReadInstant(ReadOnlySpan<char> text) =>
        DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant : null;

    /// <summary>The member that the API's word names.</summary>
    public static T? ReadWord<T>(string text)
        where T : struct, Enum => text.Length > 0 && char.IsAsciiLetterLower(text[0]) && Enum.TryParse<T>(text, ignoreCase: true, out var member) ? member : null;

    private static PromiseTarget? ReadTarget(string text)
    {
        const string Days = " business days";
        var target = text.EndsWith(Days, StringComparison.Ordinal)
            ? int.TryParse(text.AsSpan(0, text.Length - Days.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var days) ? PromiseTarget.OfBusinessDays(days) : null
            : TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var duration) ? PromiseTarget.Of(duration) : null;
        return target is { IsValid: true } ? target : null;
    }

    private T? Parsed<T>(string name, string text, T? value)
        where T : struct
    {
        if (value is null)
        {
            complain($"{name} says '{text}', which it cannot.");
        }

        return value;
    }

    private T? Refuse<T>(string name, string text)
        where T : class
    {
        complain($"{name} says '{text}', which it cannot.");
        return null;
    }
}
