using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Desk.Intake;

/// <summary>Sizes of what is kept of a mail beside its bytes.</summary>
public static class IntakeLimits
{
    public const int Mailbox = 100;
    public const int Address = 320;
    public const int Name = 200;
    public const int Subject = 300;
    public const int MessageId = 250;
    public const int Reason = 500;
}

internal sealed class IntakeTable :
    IEntityTypeConfiguration<InboundMail>, IEntityTypeConfiguration<InboundBytes>, IEntityTypeConfiguration<InboundView>, IEntityTypeConfiguration<MailCursor>, IEntityTypeConfiguration<AutoAnswer>
{
    public void Configure(EntityTypeBuilder<InboundMail> builder)
    {
        builder.ToTable("InboundMails");
        builder.Property(mail => mail.Mailbox).HasMaxLength(IntakeLimits.Mailbox);
        builder.Property(mail => mail.Fingerprint).HasMaxLength(64);
        builder.Property(mail => mail.FromAddress).HasMaxLength(IntakeLimits.Address);
        builder.Property(mail => mail.FromName).HasMaxLength(IntakeLimits.Name);
        builder.Property(mail => mail.Subject).HasMaxLength(IntakeLimits.Subject);
        builder.Property(mail => mail.MessageId).HasMaxLength(IntakeLimits.MessageId);
        builder.Property(mail => mail.Reason).HasMaxLength(IntakeLimits.Reason);
        builder.Property(mail => mail.Proof).HasMaxLength(IntakeLimits.Name);
        builder.Property(mail => mail.DecidedBy).HasMaxLength(IntakeLimits.Name);
        // Exactly once is these two: whatever reads a mailbox twice finds them taken.
        builder.HasIndex(mail => new { mail.Mailbox, mail.UidValidity, mail.Uid }).IsUnique();
        builder.HasIndex(mail => new { mail.Mailbox, mail.Fingerprint }).IsUnique();
        builder.HasIndex(mail => mail.Id, "IX_InboundMails_Received").HasFilter("\"State\" = 'Received'");
        builder.HasIndex(mail => new { mail.State, mail.Id }, "IX_InboundMails_Waiting").HasFilter("\"State\" IN ('Unverified', 'Quarantined', 'Pending')");
        builder.HasIndex(mail => mail.TicketNumber);
    }

    public void Configure(EntityTypeBuilder<InboundBytes> builder)
    {
        builder.ToTable("InboundBytes");
        builder.HasKey(bytes => bytes.MailId);
        builder.Property(bytes => bytes.MailId).ValueGeneratedNever();
        builder.HasOne<InboundMail>().WithOne().HasForeignKey<InboundBytes>(bytes => bytes.MailId);
    }

    public void Configure(EntityTypeBuilder<InboundView> builder)
    {
        builder.ToTable("InboundViews");
        builder.HasKey(view => view.MailId);
        builder.Property(view => view.MailId).ValueGeneratedNever();
        builder.Property(view => view.Remarks).HasJsonConversion();
        builder.Property(view => view.Inline).HasJsonConversion();
        builder.HasOne<InboundMail>().WithOne().HasForeignKey<InboundView>(view => view.MailId);
    }

    public void Configure(EntityTypeBuilder<MailCursor> builder)
    {
        builder.ToTable("MailCursors");
        builder.HasKey(cursor => cursor.Mailbox);
        builder.Property(cursor => cursor.Mailbox).HasMaxLength(IntakeLimits.Mailbox);
    }

    public void Configure(EntityTypeBuilder<AutoAnswer> builder)
    {
        builder.ToTable("AutoAnswers");
        builder.Property(answer => answer.Mailbox).HasMaxLength(IntakeLimits.Mailbox);
        builder.Property(answer => answer.Address).HasMaxLength(IntakeLimits.Address);
        builder.HasIndex(answer => new { answer.Address, answer.At });
        builder.HasIndex(answer => new { answer.Mailbox, answer.At });
    }
}
