using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PremiumSupport.Desk.Reports;

/// <summary>A forecast as it was made, and what came of it. Written once, matured once.</summary>
public sealed class ForecastEntry
{
    public long Id { get; set; }

    /// <summary>The quarter of an hour in which it was made; unique, so that two nodes make one.</summary>
    public DateTimeOffset Slot { get; set; }

    public DateTimeOffset MadeAt { get; set; }

    /// <summary>The last instant that it speaks of.</summary>
    public DateTimeOffset Until { get; set; }

    /// <summary>How many people were taken to answer.</summary>
    public int Specialists { get; set; }

    /// <summary>How many misses it expected.</summary>
    public double Expected { get; set; }

    /// <summary>The ticket that was to miss first; null when none was.</summary>
    public long? FirstTicket { get; set; }

    public DateTimeOffset? FirstDueAt { get; set; }

    /// <summary>How many promises were really missed; null until the time is over.</summary>
    public int? Actual { get; set; }

    /// <summary>Whether <see cref="FirstTicket"/> really missed; null until then, and when none was named.</summary>
    public bool? FirstMissed { get; set; }
}

internal sealed class ForecastsTable : IEntityTypeConfiguration<ForecastEntry>
{
    public void Configure(EntityTypeBuilder<ForecastEntry> builder)
    {
        builder.ToTable("Forecasts");
        builder.HasIndex(forecast => forecast.Slot).IsUnique();
        builder.HasIndex(forecast => forecast.Until, "IX_Forecasts_Unmatured").HasFilter("\"Actual\" IS NULL");
    }
}
