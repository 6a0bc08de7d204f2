using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Notifications;

/// <summary>As what somebody is told: as the one who looks after the ticket, as a lead over them, or as one whom the policy names for what neither has acknowledged.</summary>
public enum NotificationAudience { Assignee, Lead, Named }

/// <summary>One person told of one warning or breach, once. Open until they acknowledge it or the promise is answered.</summary>
public sealed class Notification
{
    public long Id { get; set; }
    public long TicketNumber { get; set; }
    public Metric Metric { get; set; }
    public int Cycle { get; set; }

    /// <summary>"75%", "-00:05:00" or <see cref="NotificationRules.Breach"/>.</summary>
    public required string Step { get; set; }

    public Guid RecipientId { get; set; }
    public NotificationAudience Audience { get; set; }
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>The deadline when it was written; a later move shows on the ticket.</summary>
    public DateTimeOffset DueAt { get; set; }

    /// <summary>The calendar of a target in business hours, outside of which nobody is called for it (zammad#4432); null for a guarantee and for what runs round the clock.</summary>
    public string? Hours { get; set; }

    /// <summary>When the recipient said that they know; null until then.</summary>
    public DateTimeOffset? AcknowledgedAt { get; set; }

    /// <summary>When there was nothing left to know, because the promise was answered or carried on elsewhere; null until then.</summary>
    public DateTimeOffset? SettledAt { get; set; }

    /// <summary>When the leads were told as well; null while it is only the assignee's.</summary>
    public DateTimeOffset? EscalatedAt { get; set; }

    /// <summary>Of a lead's: when it was their last turn, and those whom the policy names were told unless somebody had acknowledged it; null until then.</summary>
    public DateTimeOffset? PassedOnAt { get; set; }
}

internal sealed class NotificationsTable : IEntityTypeConfiguration<Notification>
{
    private const string Open = "\"AcknowledgedAt\" IS NULL AND \"SettledAt\" IS NULL";

    public void Configure(EntityTypeBuilder<Notification> builder)
    {
        builder.ToTable("Notifications");
        builder.Property(notification => notification.Step).HasMaxLength(32);
        builder.Property(notification => notification.Hours).HasMaxLength(60);
        // Exactly once is this key; whatever runs twice finds it taken.
        builder.HasIndex(notification => new { notification.TicketNumber, notification.Metric, notification.Cycle, notification.Step, notification.RecipientId }).IsUnique();
        builder.HasIndex(notification => new { notification.RecipientId, notification.Id }, "IX_Notifications_OpenByRecipient").HasFilter(Open);
        builder.HasIndex(notification => notification.CreatedAt, "IX_Notifications_UnheardByLeads").HasFilter($"\"Audience\" = 'Lead' AND \"PassedOnAt\" IS NULL AND {Open}");
        builder.HasIndex(notification => notification.CreatedAt, "IX_Notifications_Unheard").HasFilter($"\"Audience\" = 'Assignee' AND \"EscalatedAt\" IS NULL AND {Open}");
    }
}
