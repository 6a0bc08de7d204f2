using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Entitlements;

/// <summary>The policy as the API and the database write it.</summary>
public static class PolicyJson
{
    /// <summary>camelCase, words for enumerations, calendars as in the API.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new CalendarConverter() },
    };

    /// <summary>The policy as text.</summary>
    public static string Write(SlaPolicy policy) => JsonSerializer.Serialize(policy, Options);

    /// <summary>The policy of that text.</summary>
    /// <exception cref="JsonException">The text is not a policy.</exception>
    public static SlaPolicy Read(string json) => JsonSerializer.Deserialize<SlaPolicy>(json, Options) ?? throw new JsonException("A policy is missing.");

    /// <summary>A policy as a draft to begin from.</summary>
    public static PolicyDraft ToDraft(SlaPolicy policy) => ReadDraft(Write(policy));

    /// <summary>A draft as text.</summary>
    public static string Write(PolicyDraft draft) => JsonSerializer.Serialize(draft, JsonSerializerOptions.Web);

    /// <summary>The draft of that text. What a draft does not know, such as a policy's version, is left out.</summary>
    /// <exception cref="JsonException">The text is not a draft.</exception>
    public static PolicyDraft ReadDraft(string json) => JsonSerializer.Deserialize<PolicyDraft>(json, JsonSerializerOptions.Web) ?? throw new JsonException("A draft is missing.");

    /// <summary>{key, zone, week: {mon: [["09:00","17:00"]]}, holidays: [{date, name}], shortDays: [{date, name, spans}]}; an end of "24:00" is midnight.</summary>
    private sealed class CalendarConverter : JsonConverter<BusinessCalendar>
    {
        public override BusinessCalendar Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var wire = JsonSerializer.Deserialize<Wire>(ref reader, options) ?? throw new JsonException("A calendar is missing.");
            return new(
                wire.Key,
                wire.Zone,
                wire.Week.ToDictionary(day => Day(day.Key), day => Spans(day.Value)),
                [
                    .. (wire.Holidays ?? []).Select(day => new SpecialDay(day.Date, day.Name ?? "", [])),
                    .. (wire.ShortDays ?? []).Select(day => new SpecialDay(day.Date, day.Name ?? "", Spans(day.Spans ?? []))),
                ]);
        }

        public override void Write(Utf8JsonWriter writer, BusinessCalendar value, JsonSerializerOptions options) => JsonSerializer.Serialize(
            writer,
            new Wire(
                value.Key,
                value.Zone,
                value.Week.ToDictionary(day => day.Key.ToString()[..3].ToLowerInvariant(), day => Text(day.Value)),
                [.. value.SpecialDays.Where(day => day.Spans.Count == 0).Select(day => new WireDay(day.Date, day.Name, null))],
                [.. value.SpecialDays.Where(day => day.Spans.Count > 0).Select(day => new WireDay(day.Date, day.Name, Text(day.Spans)))]),
            options);

        private static DayOfWeek Day(string name) =>
            Enum.GetValues<DayOfWeek>().Cast<DayOfWeek?>().FirstOrDefault(day => day!.Value.ToString().StartsWith(name, StringComparison.OrdinalIgnoreCase) && name.Length >= 3)
            ?? throw new JsonException($"'{name}' is not a day of the week; say mon, tue, wed, thu, fri, sat or sun.");

        private static IReadOnlyList<DaySpan> Spans(string[][] spans) => [.. spans.Select(span => new DaySpan(Time(span[0]), Time(span[1])))];

        private static string[][] Text(IReadOnlyList<DaySpan> spans) => [.. spans.Select(span => new[] { Text(span.From), Text(span.To) })];

        private static string Text(TimeSpan time) => time == TimeSpan.FromDays(1) ? "24:00" : time.ToString(time.Seconds == 0 ? @"hh\:mm" : @"hh\:mm\:ss", CultureInfo.InvariantCulture);

        private static TimeSpan Time(string text) => text == "24:00" ? TimeSpan.FromDays(1)
            : TimeSpan.TryParseExact(text, [@"hh\:mm", @"hh\:mm\:ss"], CultureInfo.InvariantCulture, out var time) ? time
            : throw new JsonException($"'{text}' is not a time of day; write 09:00.");

        private sealed record Wire(string Key, string Zone, Dictionary<string, string[][]> Week, WireDay[]? Holidays, WireDay[]? ShortDays);

        private sealed record WireDay(DateOnly Date, string? Name, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string[][]? Spans);
    }
}
