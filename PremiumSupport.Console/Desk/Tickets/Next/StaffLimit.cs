using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Desk.Tickets.Next;

/// <summary>How many open tickets a person may carry before Next gives them no more; who has no row carries any number.</summary>
public sealed class StaffLimit
{
    public Guid StaffId { get; set; }

    /// <summary>1 to <see cref="NextRules.HighestLimit"/>.</summary>
    public int MostOpen { get; set; }
}

internal sealed class StaffLimitsTable : IEntityTypeConfiguration<StaffLimit>
{
    public void Configure(EntityTypeBuilder<StaffLimit> builder)
    {
        builder.ToTable("StaffLimits");
        builder.HasKey(limit => limit.StaffId);
        builder.HasOne<StaffUser>().WithOne().HasForeignKey<StaffLimit>(limit => limit.StaffId);
    }
}
