using System.Text.Json;
using System.Text.Json.Serialization;
using PremiumSupport.Sla;

namespace PremiumSupport.Platform.Web;

/// <summary>How everything that leaves the product is written as JSON.</summary>
public static class WireJson
{
    /// <summary>camelCase, enumerations as camelCase words, instants as <c>2026-11-22T15:32:32.123Z</c>.</summary>
    public static JsonSerializerOptions Options { get; } = Configure(new(JsonSerializerDefaults.Web));

    /// <summary>An answer with <paramref name="value"/> written so.</summary>
    public static IResult Result<T>(T value, int status = StatusCodes.Status200OK) => Results.Json(value, Options, statusCode: status);

    /// <summary>Applies the same to options that a framework made.</summary>
    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.Converters.Add(new InstantConverter());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        return options;
    }

    private sealed class InstantConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(ObligationClock.Text(value));
    }
}
