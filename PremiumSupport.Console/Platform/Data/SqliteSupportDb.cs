using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace PremiumSupport.Platform.Data;

/// <summary>The context on SQLite, which can neither order nor compare a DateTimeOffset: instants are stored as UTC ticks.</summary>
public sealed class SqliteSupportDb(DbContextOptions<SqliteSupportDb> options) : SupportDb(options)
{
    /// <inheritdoc />
    protected override Func<IReadOnlyList<SqlExpression>, SqlExpression> MatchTranslation { get; } = arguments =>
        // The function behind LIKE takes the pattern first.
        new SqlFunctionExpression(
            "like", [arguments[1], arguments[0], new SqlConstantExpression("\\", StringTypeMapping.Default)], nullable: true, [true, true, false], typeof(bool), BoolTypeMapping.Default);

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicksConverter>();
    }

    private sealed class UtcTicksConverter() : ValueConverter<DateTimeOffset, long>(
        instant => instant.UtcTicks,
        ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
}
