using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Channels.Webhooks;

/// <summary>A program of the vendor's that is told what happens.</summary>
public sealed class WebhookEndpoint
{
    public Guid Id { get; set; }

    /// <summary>Where it listens.</summary>
    public required string Url { get; set; }

    /// <summary>What people call it.</summary>
    public required string Name { get; set; }

    /// <summary>Words of <see cref="WebhookEvents"/>.</summary>
    public IReadOnlyList<string> Events { get; set; } = [];

    /// <summary>The secret that signs, protected by the key ring: it has to be read to sign, so no hash would do.</summary>
    public required string Protected { get; set; }

    /// <summary>The secret before it, which signs as well until <see cref="PreviousEndsAt"/>.</summary>
    public string? PreviousProtected { get; set; }

    /// <summary>The first instant at which the one before signs no more.</summary>
    public DateTimeOffset? PreviousEndsAt { get; set; }

    /// <summary>False while nothing is to be sent there.</summary>
    public bool IsOn { get; set; } = true;

    public DateTimeOffset CreatedAt { get; set; }
}

/// <summary>How a message to an endpoint stands.</summary>
public enum DeliveryState { Waiting, Delivered, Dead, Discarded }

/// <summary>A message to one endpoint. Its body is made once, so that every try sends the same under the same id (trust rule 4).</summary>
public sealed class WebhookDelivery
{
    /// <summary>The message's id, by which a receiver knows it again.</summary>
    public Guid Id { get; set; }

    public Guid EndpointId { get; set; }

    /// <summary>A word of <see cref="WebhookEvents"/>.</summary>
    public required string Event { get; set; }

    /// <summary>The ticket that it is about; null for a test.</summary>
    public long? TicketNumber { get; set; }

    /// <summary>What is sent: JSON.</summary>
    public required string Body { get; set; }

    public DeliveryState State { get; set; }
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When it is tried next; while it is taken, when the lease ends.</summary>
    public DateTimeOffset DueAt { get; set; }

    /// <summary>Who has it; null when nobody has.</summary>
    public Guid? Lease { get; set; }

    /// <summary>How often it was tried.</summary>
    public int Tries { get; set; }

    public DateTimeOffset? TriedAt { get; set; }

    /// <summary>The status of the last answer; null when there was none.</summary>
    public int? Status { get; set; }

    /// <summary>The beginning of the last answer, or why there was none.</summary>
    public string? Answer { get; set; }
}

/// <summary>Sizes of webhooks.</summary>
public static class WebhookLimits
{
    public const int Url = 500;
    public const int Name = 100;

    /// <summary>Characters of an answer that are kept.</summary>
    public const int Answer = 500;

    /// <summary>How many endpoints there can be: each gets its own copy of every message.</summary>
    public const int Endpoints = 20;
}

internal sealed class WebhooksTable : IEntityTypeConfiguration<WebhookEndpoint>, IEntityTypeConfiguration<WebhookDelivery>
{
    public void Configure(EntityTypeBuilder<WebhookEndpoint> builder)
    {
        builder.ToTable("WebhookEndpoints");
        builder.Property(endpoint => endpoint.Id).ValueGeneratedNever();
        builder.Property(endpoint => endpoint.Url).HasMaxLength(WebhookLimits.Url);
        builder.Property(endpoint => endpoint.Name).HasMaxLength(WebhookLimits.Name);
        builder.Property(endpoint => endpoint.Events).HasJsonConversion();
    }

    public void Configure(EntityTypeBuilder<WebhookDelivery> builder)
    {
        builder.ToTable("WebhookDeliveries");
        builder.Property(delivery => delivery.Id).ValueGeneratedNever();
        builder.Property(delivery => delivery.Event).HasMaxLength(60);
        builder.Property(delivery => delivery.Answer).HasMaxLength(WebhookLimits.Answer);
        builder.HasOne<WebhookEndpoint>().WithMany().HasForeignKey(delivery => delivery.EndpointId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(delivery => new { delivery.EndpointId, delivery.CreatedAt });
        builder.HasIndex(delivery => delivery.DueAt, "IX_WebhookDeliveries_Waiting").HasFilter("\"State\" = 'Waiting'");
    }
}
