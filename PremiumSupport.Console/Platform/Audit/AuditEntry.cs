using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Platform.Audit;

/// <summary>Somebody of the staff changed something. Written in the transaction of the change by <see cref="AuditBook"/> and never touched again: the database refuses it.</summary>
public sealed class AuditEntry
{
    public long Id { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>The staff member; null for the product itself.</summary>
    public Guid? ActorId { get; set; }

    /// <summary>The name then; people are renamed and go.</summary>
    public required string ActorName { get; set; }

    /// <summary>What sort of thing was changed, in a word: "people", "API keys".</summary>
    public required string Area { get; set; }

    /// <summary>What was done, as it stands in a sentence between actor and subject: "disabled".</summary>
    public required string Deed { get; set; }

    /// <summary>Which one, by what people know it by: an address, a key, a ticket's number.</summary>
    public required string Subject { get; set; }

    /// <summary>The subject's name, where it has one besides.</summary>
    public string SubjectName { get; set; } = "";

    /// <summary>What was different afterwards; empty where the deed says it all.</summary>
    public IReadOnlyList<AuditChange> Changes { get; set; } = [];
}

/// <summary>A field before and after; null where there was nothing.</summary>
public sealed record AuditChange(string Field, string? Before, string? After);

/// <summary>Sizes of an entry. What is longer is cut: the log says that something changed, it is no archive of texts.</summary>
public static class AuditLimits
{
    public const int Name = 200;
    public const int Area = 40;
    public const int Deed = 80;
    public const int Subject = 320;

    /// <summary>Characters of a value before or after.</summary>
    public const int Value = 500;
}

internal sealed class AuditTable : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("Audit");
        builder.Property(entry => entry.ActorName).HasMaxLength(AuditLimits.Name);
        builder.Property(entry => entry.Area).HasMaxLength(AuditLimits.Area);
        builder.Property(entry => entry.Deed).HasMaxLength(AuditLimits.Deed);
        builder.Property(entry => entry.Subject).HasMaxLength(AuditLimits.Subject);
        builder.Property(entry => entry.SubjectName).HasMaxLength(AuditLimits.Name);
        builder.Property(entry => entry.Changes).HasJsonConversion();
        builder.HasIndex(entry => entry.At);
        builder.HasIndex(entry => new { entry.Area, entry.Id });
        builder.HasIndex(entry => new { entry.Subject, entry.Id });
    }
}
