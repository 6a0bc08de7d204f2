using System.Data.Common;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;

namespace PremiumSupport.Platform.Data;

/// <summary>
/// The one database context. It knows no feature: every room maps its own rows with an <see cref="IEntityTypeConfiguration{TEntity}"/>,
/// found by scanning the assembly, and reaches them with <see cref="DbContext.Set{TEntity}()"/>.
/// </summary>
public abstract class SupportDb(DbContextOptions options)
    : IdentityDbContext<StaffUser, IdentityRole<Guid>, Guid>(options)
{
    /// <summary>The connection and the transaction of the write queue's group, at hand for prepared statements: asking EF for them costs as much as a statement does. Null elsewhere.</summary>
    internal (DbConnection Connection, DbTransaction Transaction)? Writing { get; set; }

    /// <summary>How the database says <see cref="TextMatch.Holds"/>, given text and pattern.</summary>
    protected abstract Func<IReadOnlyList<SqlExpression>, SqlExpression> MatchTranslation { get; }

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(SupportDb).Assembly);
        builder.HasDbFunction(() => TextMatch.Holds(default!, default!)).HasTranslation(MatchTranslation);
    }

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // Enumerations are stored by name: a row must stay readable, and right, when a member is added in between.
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(32);
    }
}
