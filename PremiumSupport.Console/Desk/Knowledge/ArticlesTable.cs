using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Desk.Knowledge;

internal sealed class ArticlesTable : IEntityTypeConfiguration<Article>, IEntityTypeConfiguration<ArticleCategory>, IEntityTypeConfiguration<ArticleFeedback>
{
    public void Configure(EntityTypeBuilder<Article> builder)
    {
        builder.ToTable("Articles");
        builder.Property(article => article.Slug).HasMaxLength(ArticleLimits.Slug);
        builder.HasIndex(article => article.Slug).IsUnique();
        builder.HasOne<ArticleCategory>().WithMany().HasForeignKey(article => article.CategoryId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<ArticleCategory> builder)
    {
        builder.ToTable("ArticleCategories");
        builder.Property(category => category.Name).HasMaxLength(ArticleLimits.Category);
        builder.HasIndex(category => category.Name).IsUnique();
        builder.Property(category => category.Names).HasJsonConversion();
    }

    public void Configure(EntityTypeBuilder<ArticleFeedback> builder)
    {
        builder.ToTable("ArticleFeedback");
        builder.Property(feedback => feedback.Reader).HasMaxLength(64);
        builder.Property(feedback => feedback.Language).HasMaxLength(2);
        builder.Property(feedback => feedback.Comment).HasMaxLength(ArticleLimits.Comment);
        builder.HasIndex(feedback => new { feedback.ArticleId, feedback.Reader }).IsUnique();
        builder.HasOne<Article>().WithMany().HasForeignKey(feedback => feedback.ArticleId);
    }
}

internal sealed class ArticleTextsTable : IEntityTypeConfiguration<ArticleText>, IEntityTypeConfiguration<ArticleVersion>, IEntityTypeConfiguration<ArticleDraft>
{
    public void Configure(EntityTypeBuilder<ArticleText> builder)
    {
        builder.ToTable("ArticleTexts");
        builder.Property(text => text.Language).HasMaxLength(2);
        builder.Property(text => text.Title).HasMaxLength(ArticleLimits.Title);
        builder.HasIndex(text => new { text.ArticleId, text.Language }).IsUnique();
        builder.HasOne<Article>().WithMany().HasForeignKey(text => text.ArticleId);
    }

    public void Configure(EntityTypeBuilder<ArticleVersion> builder)
    {
        builder.ToTable("ArticleVersions");
        builder.Property(version => version.Language).HasMaxLength(2);
        builder.Property(version => version.Title).HasMaxLength(ArticleLimits.Title);
        builder.Property(version => version.AuthorName).HasMaxLength(200);
        builder.HasIndex(version => new { version.ArticleId, version.Language, version.Number }).IsUnique();
        builder.HasOne<Article>().WithMany().HasForeignKey(version => version.ArticleId);
    }

    public void Configure(EntityTypeBuilder<ArticleDraft> builder)
    {
        builder.ToTable("ArticleDrafts");
        builder.Property(draft => draft.Language).HasMaxLength(2);
        builder.Property(draft => draft.Title).HasMaxLength(ArticleLimits.Title);
        builder.Property(draft => draft.EditorName).HasMaxLength(200);
        builder.Property(draft => draft.Version).IsConcurrencyToken();
        builder.HasIndex(draft => new { draft.ArticleId, draft.Language }).IsUnique();
        builder.HasOne<Article>().WithMany().HasForeignKey(draft => draft.ArticleId);
    }
}
