using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PremiumSupport.Platform.Data;

/// <summary>Maps an immutable list or record to one JSON text column.</summary>
public static class JsonColumn
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    /// <summary>Stores the list as JSON. The lists are never changed in place, so two are the same when they are the same object.</summary>
    public static PropertyBuilder<IReadOnlyList<T>> HasJsonConversion<T>(this PropertyBuilder<IReadOnlyList<T>> property)
    {
        property.HasConversion(
            list => JsonSerializer.Serialize(list, Options),
            text => JsonSerializer.Deserialize<List<T>>(text, Options) ?? new List<T>(),
            new ValueComparer<IReadOnlyList<T>>((left, right) => ReferenceEquals(left, right), list => list.Count, list => list));
        return property;
    }

    /// <summary>Stores the record as JSON, and its absence as null. Like lists, records are never changed in place.</summary>
    public static PropertyBuilder<T?> HasJsonConversion<T>(this PropertyBuilder<T?> property)
        where T : class
    {
        property.HasConversion(
            record => JsonSerializer.Serialize(record, Options),
            text => JsonSerializer.Deserialize<T>(text, Options)!,
            new ValueComparer<T?>((left, right) => ReferenceEquals(left, right), record => record == null ? 0 : 1, record => record));
        return property;
    }
}
