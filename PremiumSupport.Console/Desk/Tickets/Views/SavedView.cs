using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Desk.Tickets.Views;

/// <summary>A view of the queue that somebody keeps: a list of the contract, narrowed.</summary>
public sealed class SavedView
{
    public Guid Id { get; set; }

    /// <summary>Its word in <c>/queue/{slug}</c>; of everybody's views no two are the same.</summary>
    public required string Slug { get; set; }

    public required string Name { get; set; }

    /// <summary>Who made it, and who may change it.</summary>
    public Guid OwnerId { get; set; }

    /// <summary>True where all of staff see it; leads may change it then.</summary>
    public bool IsTeam { get; set; }

    /// <summary>The list that it narrows.</summary>
    public QueueView Base { get; set; }

    /// <summary>What narrows it, as <see cref="FilterQuery"/> writes it.</summary>
    public string Query { get; set; } = "";

    /// <summary>Its place in the rail, lowest first.</summary>
    public int Place { get; set; }
}

internal sealed class SavedViewsTable : IEntityTypeConfiguration<SavedView>
{
    public void Configure(EntityTypeBuilder<SavedView> builder)
    {
        builder.ToTable("SavedViews");
        builder.Property(view => view.Slug).HasMaxLength(SavedViewRules.LongestSlug);
        builder.Property(view => view.Name).HasMaxLength(SavedViewRules.LongestName);
        builder.HasIndex(view => view.Slug).IsUnique();
        builder.HasOne<StaffUser>().WithMany().HasForeignKey(view => view.OwnerId);
    }
}
