using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PremiumSupport.Desk.Knowledge;

internal sealed class ArticlesTable : IEntityTypeConfiguration<Article>, IEntityTypeConfiguration<ArticleFeedback>
{
    public void Configure(EntityTypeBuilder<Article> builder)
    {
        builder.ToTable("Articles");
        builder.Property(article => article.Slug).HasMaxLength(100);
        builder.Property(article => article.Title).HasMaxLength(200);
        builder.Property(article => article.Category).HasMaxLength(100);
        builder.HasIndex(article => article.Slug).IsUnique();
    }

    public void Configure(EntityTypeBuilder<ArticleFeedback> builder)
    {
        builder.ToTable("ArticleFeedback");
        builder.HasOne<Article>().WithMany().HasForeignKey(feedback => feedback.ArticleId);
    }
}
