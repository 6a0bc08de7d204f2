using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PremiumSupport.Platform.Data;

/// <summary>Three letters of a word that stands in a text of that language. Words that were written differently are found by the letters that they share.</summary>
internal sealed class WordGram
{
    public required string Language { get; set; }
    public required string Gram { get; set; }
    public required string Word { get; set; }
}

internal sealed class WordGramsTable : IEntityTypeConfiguration<WordGram>
{
    public void Configure(EntityTypeBuilder<WordGram> builder)
    {
        builder.ToTable("ArticleWordGrams");
        builder.HasKey(gram => new { gram.Language, gram.Gram, gram.Word });
        builder.Property(gram => gram.Language).HasMaxLength(2);
        builder.Property(gram => gram.Gram).HasMaxLength(8);
        builder.Property(gram => gram.Word).HasMaxLength(TextWords.Longest);
        builder.HasIndex(gram => new { gram.Language, gram.Word });
    }
}
