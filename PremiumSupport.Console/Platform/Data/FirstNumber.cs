using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PremiumSupport.Platform.Data;

/// <summary>Says from where a number that the database gives counts. SQLite has no words for it in a model: there its first migration says it.</summary>
public static class FirstNumber
{
    private const string Annotation = "Support:FirstNumber";

    /// <summary>The first row's number.</summary>
    public static PropertyBuilder<long> CountsFrom(this PropertyBuilder<long> property, long first) => property.HasAnnotation(Annotation, first);

    internal static long? GetFirstNumber(this IReadOnlyProperty property) => (long?)property.FindAnnotation(Annotation)?.Value;
}
