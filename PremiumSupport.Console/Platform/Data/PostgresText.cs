using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore;
using NpgsqlTypes;

namespace PremiumSupport.Platform.Data;

/// <summary>A text in PostgreSQL's full-text index.</summary>
internal sealed class PostgresText
{
    public long Id { get; set; }
    public required string Language { get; set; }

    /// <summary>To take excerpts from.</summary>
    public required string Body { get; set; }

    /// <summary>Every word as it stands there, without accents: for beginnings.</summary>
    public required NpgsqlTsVector Words { get; set; }

    /// <summary>The same by the dictionary of the language: for inflected forms.</summary>
    public required NpgsqlTsVector Stems { get; set; }

    public static void Configure(EntityTypeBuilder<PostgresText> builder)
    {
        builder.ToTable("ArticleSearch");
        builder.Property(text => text.Id).ValueGeneratedNever();
        builder.Property(text => text.Language).HasMaxLength(2);
        builder.HasIndex(text => text.Words).HasMethod("gin");
        builder.HasIndex(text => text.Stems).HasMethod("gin");
    }
}
