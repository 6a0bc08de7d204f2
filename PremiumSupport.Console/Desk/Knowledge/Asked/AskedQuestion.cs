using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PremiumSupport.Desk.Knowledge.Asked;

/// <summary>
/// What somebody asked the help dialog and what came of it. Nothing in it leads to a person: addresses, long numbers and tokens are masked before it is kept, and it is
/// kept for <see cref="AskedOptions.Keep"/>.
/// </summary>
public sealed class AskedQuestion
{
    public long Id { get; set; }

    /// <summary>A number that the page makes for one question and its changes while it is typed.</summary>
    public Guid AskId { get; set; }

    public required string Language { get; set; }

    /// <summary>The question as it was last, masked.</summary>
    public required string Text { get; set; }

    /// <summary>Its telling words in the alphabet's order: what is asked alike falls together.</summary>
    public required string Words { get; set; }

    /// <summary>How many articles were suggested.</summary>
    public int Found { get; set; }

    /// <summary>Whether it led to "Contact us".</summary>
    public bool Contacted { get; set; }

    public DateTimeOffset At { get; set; }
}

/// <summary>An article that was opened on the way.</summary>
public sealed class AskedReading
{
    public long QuestionId { get; set; }
    public long ArticleId { get; set; }
}

/// <summary>Questions of these words are dealt with: they are listed again when somebody asks later than that.</summary>
public sealed class AskedDone
{
    public required string Language { get; set; }
    public required string Words { get; set; }
    public DateTimeOffset At { get; set; }
    public required string By { get; set; }
}

internal sealed class AskedTable : IEntityTypeConfiguration<AskedQuestion>, IEntityTypeConfiguration<AskedReading>, IEntityTypeConfiguration<AskedDone>
{
    public void Configure(EntityTypeBuilder<AskedQuestion> builder)
    {
        builder.ToTable("AskedQuestions");
        builder.Property(question => question.Language).HasMaxLength(2);
        builder.Property(question => question.Text).HasMaxLength(ArticleLimits.Question);
        builder.Property(question => question.Words).HasMaxLength(ArticleLimits.Question);
        builder.HasIndex(question => question.AskId).IsUnique();
        builder.HasIndex(question => question.At);
    }

    public void Configure(EntityTypeBuilder<AskedReading> builder)
    {
        builder.ToTable("AskedReadings");
        builder.HasKey(reading => new { reading.QuestionId, reading.ArticleId });
        builder.HasOne<AskedQuestion>().WithMany().HasForeignKey(reading => reading.QuestionId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Article>().WithMany().HasForeignKey(reading => reading.ArticleId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<AskedDone> builder)
    {
        builder.ToTable("AskedDone");
        builder.HasKey(done => new { done.Language, done.Words });
        builder.Property(done => done.Language).HasMaxLength(2);
        builder.Property(done => done.Words).HasMaxLength(ArticleLimits.Question);
        builder.Property(done => done.By).HasMaxLength(200);
    }
}
