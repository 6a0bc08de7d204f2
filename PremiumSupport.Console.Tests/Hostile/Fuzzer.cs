using System.Globalization;
using System.Text;

namespace PremiumSupport.Tests.Hostile;

/// <summary>Makes requests that no client of ours would send; the same ones for the same seed.</summary>
internal sealed class Fuzzer(int seed)
{
    private static readonly string[] Fields =
    [
        "channel", "requester", "email", "name", "account", "subject", "body", "businessCritical", "criterion", "impact", "phoneNumber", "locale", "visibility", "clientMessageId", "automated", "status", "assignee", "tags",
        "severity", "reason", "confirm", "into", "outcome", "note", "from", "to", "scope", "kind", "value", "version", "rules", "calendars", "applyTo", "warnings", "percent", "before", "target", "duration", "businessDays", "calendar",
        "metric", "commitment", "role", "key", "zone", "week", "mon", "holidays", "shortDays", "date", "spans", "identityToken", "browserKey", "helpful", "comment", "limit", "cursor", "heads", "jws", "rating", "policy", "days",
    ];

    private static readonly string[] Words =
    [
        "email", "chat", "phone", "acme", "globex", "basic", "sofia@acme.example", "uwe@acme.example", "second@demo.example", "signIn", "outage", "public", "internal", "new", "open", "waiting", "solved", "closed", "standard",
        "businessCritical", "everything", "hub", "holiday", "incident", "other", "firstResponse", "nextResponse", "callback", "guaranteed", "superAdmin", "user", "24x7", "00:30:00", "-00:00:01", "99999999.00:00:00", "P1BD", "Europe/Berlin",
        "2026-11-27T10:00:00Z", "9999-12-31T23:59:59.999Z", "0001-01-01T00:00:00+14:00", "2026-02-30", "24:00", "+1 617 555 0177", "reached", "newAndOpen",
    ];

    private static readonly string[] Numbers = ["0", "-1", "1", "1.5", "1e5", "1e400", "-1e400", "9223372036854775807", "9223372036854775808", "123456789012345678901234567890", "0.1e-300", "2147483648", "-0"];

    private static readonly string[] Types = ["application/json", "application/json; charset=utf-16", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml", "application/problem+json", "APPLICATION/JSON", "*/*", "x"];

    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "BREW"];

    private readonly Random _random = new(seed);

    /// <summary>Mostly the method that the address takes.</summary>
    public HttpMethod Method(IReadOnlyList<string> taken) => new(taken.Count > 0 && _random.Next(10) > 0 ? Pick(taken) : Pick(Methods));

    /// <summary>An address for a route: its parameters filled in, a query behind it.</summary>
    public string Address(string pattern, long ticket)
    {
        var address = new StringBuilder();
        foreach (var part in pattern.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            address.Append('/').Append(part.StartsWith('{') ? Parameter(part, ticket) : part);
        }

        for (var more = _random.Next(3); more > 0; more--)
        {
            address.Append(address.ToString().Contains('?', StringComparison.Ordinal) ? '&' : '?').Append(Pick(["limit", "cursor", "view", "q", "from", "to", "groupBy", "afterSequence", "account", "lang", "email", "platform", "points", "days"]))
                .Append('=').Append(Escaped(_random.Next(2) == 0 ? Pick(Words) : Text()));
        }

        return address.ToString();
    }

    /// <summary>A body of some kind, or none.</summary>
    public HttpContent? Body()
    {
        if (_random.Next(12) == 0)
        {
            return null;
        }

        var bytes = Encoding.UTF8.GetBytes(_random.Next(14) switch
        {
            0 => "",
            1 => "{",
            2 => new string('[', 3_000),
            3 => string.Concat(Enumerable.Repeat("{\"subject\":", 200)),
            4 => Value(3),
            5 => "channel=email&subject=x",
            _ => Object(3),
        });
        if (_random.Next(8) == 0 && bytes.Length > 0)
        {
            bytes[_random.Next(bytes.Length)] = (byte)_random.Next(256);
        }

        var content = new ByteArrayContent(bytes);
        content.Headers.TryAddWithoutValidation("Content-Type", _random.Next(6) == 0 ? Pick(Types) : "application/json");
        return content;
    }

    /// <summary>A key for a POST, good or bad, or none.</summary>
    public string? Key() => _random.Next(6) switch { 0 => new string('k', 300), 1 => "a key", 2 => $"{_random.Next(20)}", _ => null };

    private string Parameter(string part, long ticket) => _random.Next(5) switch
    {
        // A zero in a path is turned away by the server itself, before anything of ours.
        0 => Escaped(Text()).Replace("%00", "%01", StringComparison.Ordinal),
        1 => Pick(Numbers),
        2 => "%01",
        _ => part.Contains("number", StringComparison.Ordinal) ? ticket.ToString(CultureInfo.InvariantCulture) : Escaped(Pick(Words)),
    };

    private string Object(int depth)
    {
        var fields = new StringBuilder("{");
        for (var left = _random.Next(1, 9); left > 0; left--)
        {
            // Some come twice: of duplicate keys the last counts, or none does, but it is no failure.
            fields.Append(fields.Length > 1 ? "," : "").Append('"').Append(Pick(Fields)).Append("\":").Append(Value(depth - 1));
        }

        return fields.Append('}').ToString();
    }

    private string Value(int depth) => _random.Next(depth > 0 ? 12 : 9) switch
    {
        0 => "null",
        1 => Pick(["true", "false"]),
        2 => Pick(Numbers),
        3 or 4 => NaughtyStrings.Json(Text()),
        5 or 6 or 7 or 8 => NaughtyStrings.Json(Pick(Words)),
        9 => $"[{string.Join(',', Enumerable.Range(0, _random.Next(4)).Select(_ => Value(depth - 1)))}]",
        _ => Object(depth),
    };

    private string Text() => Pick(NaughtyStrings.All);

    private static string Escaped(string text) => NaughtyStrings.Escaped(text) ?? "%ED%A0%80";

    private T Pick<T>(IReadOnlyList<T> among) => among[_random.Next(among.Count)];
}
