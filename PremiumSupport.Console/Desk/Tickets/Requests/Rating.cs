using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PremiumSupport.Desk.Accounts;

namespace PremiumSupport.Desk.Tickets.Requests;

/// <summary>How somebody found the help they got; five choices with a label each, the worst first.</summary>
public enum RatingScore { VeryBad = 1, Bad, Okay, Good, VeryGood }

/// <summary>What a customer said of a solved request. No message: it answers nothing, reopens nothing and waits for nobody.</summary>
public sealed class Rating
{
    public long TicketNumber { get; set; }
    public Guid ContactId { get; set; }

    /// <summary>Who looked after the ticket when it was rated; null when nobody did. Reports count it for them, whoever takes the ticket later.</summary>
    public Guid? AssigneeId { get; set; }

    public RatingScore Score { get; set; }

    /// <summary>At most <see cref="RatingRules.LongestComment"/> characters; empty when nothing was said.</summary>
    public string Comment { get; set; } = "";

    /// <summary>When it was first given since the ticket was last solved; from here on it may be changed for a while.</summary>
    public DateTimeOffset RatedAt { get; set; }

    /// <summary>When it got to be as it is.</summary>
    public DateTimeOffset ChangedAt { get; set; }
}

/// <summary>A rating as customer and staff see it.</summary>
/// <param name="RatedAt">When it was first given; from here on it may be changed for a while.</param>
/// <param name="ChangedAt">When it got to be as it is.</param>
public sealed record RatingView(RatingScore Score, string Comment, DateTimeOffset RatedAt, DateTimeOffset ChangedAt)
{
    /// <summary>The view of a row.</summary>
    internal static RatingView? Of(Rating? rating) => rating is null ? null : new(rating.Score, rating.Comment, rating.RatedAt, rating.ChangedAt);
}

internal sealed class RatingsTable : IEntityTypeConfiguration<Rating>
{
    public void Configure(EntityTypeBuilder<Rating> builder)
    {
        builder.ToTable("Ratings");
        builder.HasKey(rating => rating.TicketNumber);
        builder.Property(rating => rating.TicketNumber).ValueGeneratedNever();
        builder.Property(rating => rating.Comment).HasMaxLength(RatingRules.LongestComment);
        builder.HasOne<Ticket>().WithOne().HasForeignKey<Rating>(rating => rating.TicketNumber);
        builder.HasOne<Contact>().WithMany().HasForeignKey(rating => rating.ContactId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(rating => rating.RatedAt);
    }
}
