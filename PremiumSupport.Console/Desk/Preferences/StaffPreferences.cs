using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Desk.Preferences;

/// <summary>A command under a key of its owner's. An empty key is none: the palette still has the command.</summary>
/// <param name="Command">The command, by the key that it has by itself, e.g. <c>Shift+a</c>.</param>
public sealed record OwnKey(string Command, string Key);

/// <summary>What one person set for themselves; what they did not is as for everybody.</summary>
public sealed record StaffPreferences(IReadOnlyList<AlertChoice> Alerts, QuietHours? Quiet, IReadOnlyList<OwnKey> Keys)
{
    /// <summary>Nothing chosen.</summary>
    public static StaffPreferences None { get; } = new([], null, []);

    /// <summary>How they are told of something.</summary>
    public AlertMeans MeansOf(AlertEvent what) => Alerts.FirstOrDefault(choice => choice.Event == what)?.Means ?? Usual(what);

    /// <summary>
    /// How people are told who chose nothing: of what concerns themselves by everything there is (experience item 23), and of new tickets, which come all day and which Next brings, by nothing.
    /// </summary>
    public static AlertMeans Usual(AlertEvent what) => what switch
    {
        AlertEvent.AtRisk or AlertEvent.Breached => AlertMeans.Toast | AlertMeans.Sound | AlertMeans.Desktop | AlertMeans.Mail,
        AlertEvent.NewUnassigned => AlertMeans.None,
        _ => AlertMeans.Toast | AlertMeans.Sound | AlertMeans.Desktop,
    };
}

/// <summary>The row that keeps them.</summary>
public sealed class StaffPreferencesRow
{
    public Guid StaffId { get; set; }
    public IReadOnlyList<AlertChoice> Alerts { get; set; } = [];
    public QuietHours? Quiet { get; set; }
    public IReadOnlyList<OwnKey> Keys { get; set; } = [];
}

internal sealed class StaffPreferencesTable : IEntityTypeConfiguration<StaffPreferencesRow>
{
    public void Configure(EntityTypeBuilder<StaffPreferencesRow> builder)
    {
        builder.ToTable("StaffPreferences");
        builder.HasKey(row => row.StaffId);
        builder.HasOne<StaffUser>().WithOne().HasForeignKey<StaffPreferencesRow>(row => row.StaffId).OnDelete(DeleteBehavior.Cascade);
        builder.Property(row => row.Alerts).HasJsonConversion();
        builder.Property(row => row.Quiet).HasJsonConversion();
        builder.Property(row => row.Keys).HasJsonConversion();
    }
}
