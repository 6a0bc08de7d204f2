using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PremiumSupport.Desk.Entitlements;

/// <summary>The one draft of the workspace: what the next version may become. It may be half-finished.</summary>
public sealed class PolicyDraftRow
{
    /// <summary>The id of the only row.</summary>
    public const int TheOne = 1;

    public int Id { get; set; } = TheOne;

    /// <summary>The draft in the API's JSON.</summary>
    public required string Json { get; set; }

    /// <summary>The version that it was made from; publishing needs that one to be current still.</summary>
    public int BasedOn { get; set; }

    /// <summary>Who changed it last.</summary>
    public Guid EditorId { get; set; }

    public required string EditorName { get; set; }
    public DateTimeOffset EditedAt { get; set; }

    /// <summary>Counts its changes, so that nobody writes over what they have not seen.</summary>
    public long Version { get; set; }
}

internal sealed class PolicyDraftsTable : IEntityTypeConfiguration<PolicyDraftRow>
{
    public void Configure(EntityTypeBuilder<PolicyDraftRow> builder)
    {
        builder.ToTable("PolicyDrafts");
        builder.Property(draft => draft.Id).ValueGeneratedNever();
        builder.Property(draft => draft.EditorName).HasMaxLength(200);
        builder.Property(draft => draft.Version).IsConcurrencyToken();
    }
}
