using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore;
using NpgsqlTypes;

namespace PremiumSupport.Platform.Data;

/// <summary>A text in PostgreSQL's full-text index.</summary>
internal sealed class PostgresText
{
    public long Id { get; set; }

    /// <summary>To take excerpts from.</summary>
    public required string Body { get; set; }

    public required NpgsqlTsVector Words { get; set; }

    public static void Configure(EntityTypeBuilder<PostgresText> builder)
    {
        builder.ToTable("ArticleSearch");
        builder.Property(text => text.Id).ValueGeneratedNever();
        builder.HasIndex(text => text.Words).HasMethod("gin");
    }
}
