using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace PremiumSupport.Platform.Data;

/// <summary>
/// The context on PostgreSQL. It keeps the keys of cookies and one-time tokens as well: what one node has signed, every node must be able to read.
/// </summary>
public sealed class PostgresSupportDb(DbContextOptions<PostgresSupportDb> options) : SupportDb(options), IDataProtectionKeyContext
{
    /// <summary>The ring of data protection.</summary>
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <inheritdoc />
    protected override Func<IReadOnlyList<SqlExpression>, SqlExpression> MatchTranslation { get; } = arguments =>
        // The function behind ILIKE; the backslash escapes without being asked to.
        new SqlFunctionExpression("texticlike", arguments, nullable: true, [true, true], typeof(bool), BoolTypeMapping.Default);

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<PostgresText>(PostgresText.Configure);
        foreach (var property in builder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
        {
            if (property.GetFirstNumber() is { } first)
            {
                property.SetIdentityStartValue(first);
            }
        }
    }

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcConverter>();
    }

    // A timestamptz takes no offset but zero. It keeps microseconds; what the product stores are whole milliseconds, or is never compared with what it was made from.
    private sealed class UtcConverter() : ValueConverter<DateTimeOffset, DateTimeOffset>(
        instant => instant.ToUniversalTime(),
        instant => instant);
}
