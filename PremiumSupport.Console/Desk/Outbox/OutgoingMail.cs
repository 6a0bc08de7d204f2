using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Desk.Outbox;

/// <summary>What a mail is. Each kind has its template; a person's answer is the only one that does not say of itself that it is automatic.</summary>
public enum MailKind
{
    /// <summary>A request came in: what was promised, until when.</summary>
    Receipt,

    /// <summary>A public message of staff.</summary>
    Answer,

    /// <summary>A claim of business critical was declined, and why.</summary>
    ClaimDeclined,

    /// <summary>A conversation, because its customer asked for it.</summary>
    Transcript,

    /// <summary>A promise is at risk or was missed; to staff.</summary>
    StaffNotice,

    /// <summary>Somebody wrote whom we cannot place. Says nothing of what they wrote (trust rule 10).</summary>
    UnknownSender,

    /// <summary>We rang the number that a customer gave, and it is somebody else's: they are asked for another.</summary>
    WrongNumber,

    /// <summary>How last week's promises were kept; to team leads.</summary>
    WeeklyReport,

    /// <summary>An invitation, or a way to another password; to staff. See <see cref="StaffLinkMails"/>.</summary>
    StaffLink,
}

/// <summary>Where a mail stands.</summary>
public enum MailState
{
    /// <summary>To be sent, at <see cref="OutgoingMail.DueAt"/> or once a lease ends.</summary>
    Waiting,

    /// <summary>The server took it.</summary>
    Sent,

    /// <summary>It cannot be delivered; somebody has to look.</summary>
    Dead,

    /// <summary>Taken back before it went, or no longer needed when its time came.</summary>
    Withdrawn,

    /// <summary>Given up by hand.</summary>
    Discarded,
}

/// <summary>
/// A mail to be sent, written in the transaction that causes it (trust rule 4). It names what it is about and holds no text of a ticket: what it says is read when it
/// goes, from what its recipient may see, so that an internal note has no way into it (trust rule 5).
/// </summary>
public sealed class OutgoingMail
{
    public Guid Id { get; set; }
    public MailKind Kind { get; set; }
    public MailState State { get; set; }

    /// <summary>What it is about; null for nothing that has a number.</summary>
    public long? TicketNumber { get; set; }

    /// <summary>The public message that it carries, of an answer.</summary>
    public long? Sequence { get; set; }

    /// <summary>The contact whose view of the ticket it is made of; null when it goes to staff or to a stranger.</summary>
    public Guid? ContactId { get; set; }

    public required string To { get; set; }
    public string ToName { get; set; } = "";

    /// <summary>One of the six languages.</summary>
    public required string Language { get; set; }

    /// <summary>The reader's IANA zone.</summary>
    public required string Zone { get; set; }

    /// <summary>What an automatic mail says besides, by the names of its template.</summary>
    public MailValues? Values { get; set; }

    /// <summary>The Message-ID that it answers, without angle brackets; null when its thread says so, or nothing.</summary>
    public string? InReplyTo { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When it is to be tried next. Whoever takes it puts this off to the end of their lease, so that a node which dies gives it back.</summary>
    public DateTimeOffset DueAt { get; set; }

    /// <summary>Who has it; null when nobody does.</summary>
    public Guid? Lease { get; set; }

    /// <summary>How often somebody took it.</summary>
    public int Tries { get; set; }

    public DateTimeOffset? LastTriedAt { get; set; }

    /// <summary>What the server said last, in words; null while it has not refused.</summary>
    public string? LastAnswer { get; set; }

    /// <summary>Given at the first try and the same at all others, without angle brackets.</summary>
    public string? MessageId { get; set; }

    public DateTimeOffset? SentAt { get; set; }

    /// <summary>Who discarded it, or sent it again.</summary>
    public string? ChangedBy { get; set; }
}

/// <summary>Values of a template by name; text, and never markup.</summary>
public sealed record MailValues(IReadOnlyDictionary<string, string> All);

/// <summary>The Message-ID of a mail that somebody wrote to a ticket, so that our next one answers it.</summary>
public sealed class ThreadMail
{
    public long Id { get; set; }
    public long TicketNumber { get; set; }

    /// <summary>Without angle brackets.</summary>
    public required string MessageId { get; set; }

    public DateTimeOffset At { get; set; }
}

/// <summary>Sizes of a mail's columns.</summary>
internal static class MailLimits
{
    public const int Address = 320;
    public const int Name = 200;
    public const int MessageId = 500;
    public const int Answer = 1_000;
}

internal sealed class OutboxTable : IEntityTypeConfiguration<OutgoingMail>, IEntityTypeConfiguration<ThreadMail>
{
    public void Configure(EntityTypeBuilder<OutgoingMail> builder)
    {
        builder.ToTable("OutgoingMails");
        builder.Property(mail => mail.Id).ValueGeneratedNever();
        builder.Property(mail => mail.To).HasMaxLength(MailLimits.Address);
        builder.Property(mail => mail.ToName).HasMaxLength(MailLimits.Name);
        builder.Property(mail => mail.Language).HasMaxLength(8);
        builder.Property(mail => mail.Zone).HasMaxLength(64);
        builder.Property(mail => mail.Values).HasJsonConversion();
        builder.Property(mail => mail.InReplyTo).HasMaxLength(MailLimits.MessageId);
        builder.Property(mail => mail.MessageId).HasMaxLength(MailLimits.MessageId);
        builder.Property(mail => mail.LastAnswer).HasMaxLength(MailLimits.Answer);
        builder.Property(mail => mail.ChangedBy).HasMaxLength(MailLimits.Name);
        builder.HasIndex(mail => mail.DueAt, "IX_OutgoingMails_Waiting").HasFilter("\"State\" = 'Waiting'");
        builder.HasIndex(mail => mail.LastTriedAt, "IX_OutgoingMails_Dead").HasFilter("\"State\" = 'Dead'");
        builder.HasIndex(mail => mail.SentAt, "IX_OutgoingMails_Sent").HasFilter("\"State\" = 'Sent'");
        builder.HasIndex(mail => mail.CreatedAt, "IX_OutgoingMails_StaffLinks").HasFilter("\"Kind\" = 'StaffLink'");
        builder.HasIndex(mail => mail.TicketNumber);
    }

    public void Configure(EntityTypeBuilder<ThreadMail> builder)
    {
        builder.ToTable("ThreadMails");
        builder.Property(mail => mail.MessageId).HasMaxLength(MailLimits.MessageId);
        builder.HasIndex(mail => new { mail.TicketNumber, mail.MessageId }).IsUnique();
    }
}
