using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PremiumSupport.Desk.Accounts;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Desk.Tickets;

internal sealed class TicketsTable :
    IEntityTypeConfiguration<Ticket>, IEntityTypeConfiguration<Obligation>, IEntityTypeConfiguration<PublicMessage>,
    IEntityTypeConfiguration<InternalNote>, IEntityTypeConfiguration<TicketEvent>, IEntityTypeConfiguration<FlagMark>
{
    // Partial indexes hold open tickets only, so that a million solved ones cost the queue nothing.
    private const string OpenOnly = "\"Status\" IN ('New', 'Open', 'Waiting')";

    // What somebody has whose customer waits: the take-back reads no more than what is due, however many are held.
    private const string Unanswered = OpenOnly + " AND \"AssigneeId\" IS NOT NULL AND \"LastFromCustomer\"";

    // For messages that are older than files.
    private const string NoFiles = "'[]'";

    public void Configure(EntityTypeBuilder<Ticket> builder)
    {
        builder.ToTable("Tickets");
        builder.HasKey(ticket => ticket.Number);
        builder.Property(ticket => ticket.Number).CountsFrom(1001);
        builder.Property(ticket => ticket.Subject).HasMaxLength(TicketLimits.Subject);
        builder.Property(ticket => ticket.Tags).HasJsonConversion();
        builder.Property(ticket => ticket.Hubs).HasJsonConversion();
        builder.Property(ticket => ticket.Plan).HasMaxLength(AccountLimits.Plan);
        builder.Property(ticket => ticket.Version).IsConcurrencyToken();
        builder.HasOne(ticket => ticket.Account).WithMany().HasForeignKey(ticket => ticket.AccountId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(ticket => ticket.Requester).WithMany().HasForeignKey(ticket => ticket.RequesterId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(ticket => ticket.Obligations).WithOne().HasForeignKey(obligation => obligation.TicketNumber);
        builder.HasIndex(ticket => new { ticket.NextDueAt, ticket.Number }, "IX_Tickets_OpenByDue").HasFilter(OpenOnly);
        builder.HasIndex(ticket => ticket.NextFlagAt, "IX_Tickets_NextFlagAt").HasFilter("\"NextFlagAt\" IS NOT NULL");
        builder.HasIndex(ticket => new { ticket.RequesterId, ticket.Number });
        builder.HasIndex(ticket => new { ticket.AccountId, ticket.Number });
        builder.HasIndex(ticket => ticket.AssigneeId, "IX_Tickets_OpenByAssignee").HasFilter(OpenOnly);
        builder.HasIndex(ticket => ticket.HeldSince, "IX_Tickets_Unanswered").HasFilter(Unanswered);
        builder.Property(ticket => ticket.ExternalReference).HasMaxLength(History.HistoryRules.LongestReference);
        builder.HasIndex(ticket => ticket.ExternalReference).IsUnique().HasFilter("\"ExternalReference\" IS NOT NULL");
        builder.HasIndex(ticket => ticket.CreatedAt);
        builder.HasIndex(ticket => new { ticket.CreatedAt, ticket.Claim, ticket.Criterion, ticket.AccountId }, "IX_Tickets_Claims").HasFilter("\"Claim\" <> 'None'");
    }

    public void Configure(EntityTypeBuilder<Obligation> builder)
    {
        builder.ToTable("Obligations");
        builder.HasIndex(obligation => new { obligation.TicketNumber, obligation.Metric, obligation.Cycle }).IsUnique();
        // Holds all that reports read of an obligation: its row, with the reasons and stretches in it, is twenty times as long, and a window has thousands.
        builder.HasIndex(
            obligation => new { obligation.DueAt, obligation.MergedAt, obligation.Metric, obligation.Commitment, obligation.StartedAt, obligation.GrossDueAt, obligation.AnsweredAt, obligation.BreachedAt, obligation.TicketNumber },
            "IX_Obligations_Reports");
        builder.HasIndex(
            obligation => new { obligation.DueAt, obligation.MergedAt, obligation.Metric, obligation.Commitment, obligation.StartedAt, obligation.GrossDueAt, obligation.AnsweredAt, obligation.BreachedAt, obligation.TicketNumber },
            "IX_Obligations_Callbacks").HasFilter("\"Metric\" = 'Callback'");
        builder.HasIndex(obligation => obligation.AnsweredAt);
        builder.Property(obligation => obligation.Inputs).HasJsonConversion();
        builder.Property(obligation => obligation.Warnings).HasJsonConversion();
        builder.Property(obligation => obligation.OpenSpans).HasJsonConversion();
        builder.Property(obligation => obligation.Stops).HasJsonConversion();
        builder.Property(obligation => obligation.Explanation).HasJsonConversion();
    }

    public void Configure(EntityTypeBuilder<PublicMessage> builder)
    {
        builder.ToTable("PublicMessages");
        builder.HasOne<Ticket>().WithMany().HasForeignKey(message => message.TicketNumber);
        builder.HasIndex(message => new { message.TicketNumber, message.Sequence }).IsUnique();
        builder.HasIndex(message => new { message.AuthorId, message.ClientMessageId, message.TicketNumber }).IsUnique();
        builder.Property(message => message.ClientMessageId).HasMaxLength(TicketLimits.ClientMessageId);
        builder.Property(message => message.Files).HasJsonConversion().HasDefaultValueSql(NoFiles);
    }

    public void Configure(EntityTypeBuilder<InternalNote> builder)
    {
        builder.ToTable("InternalNotes");
        builder.HasOne<Ticket>().WithMany().HasForeignKey(note => note.TicketNumber);
        builder.HasIndex(note => new { note.AuthorId, note.ClientMessageId, note.TicketNumber }).IsUnique();
        builder.Property(note => note.ClientMessageId).HasMaxLength(TicketLimits.ClientMessageId);
        builder.Property(note => note.Files).HasJsonConversion().HasDefaultValueSql(NoFiles);
        builder.Property(note => note.Mentions).HasJsonConversion().HasDefaultValueSql(NoFiles);
    }

    public void Configure(EntityTypeBuilder<TicketEvent> builder)
    {
        builder.ToTable("TicketEvents");
        builder.HasOne<Ticket>().WithMany().HasForeignKey(happening => happening.TicketNumber);
        builder.HasIndex(happening => happening.TicketNumber);
    }

    public void Configure(EntityTypeBuilder<FlagMark> builder)
    {
        builder.ToTable("Flags");
        builder.HasKey(flag => new { flag.TicketNumber, flag.Metric, flag.Cycle, flag.Step });
        builder.Property(flag => flag.Step).HasMaxLength(40);
        builder.HasIndex(flag => flag.DetectedAt);
    }
}
