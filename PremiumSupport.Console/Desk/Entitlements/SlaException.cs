using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Entitlements;

/// <summary>A response-time exception as it was declared, and what became of it. Approved or withdrawn, it never changes again.</summary>
public sealed class SlaException
{
    public Guid Id { get; set; }

    /// <summary>The start as declared; it counts from the approval where that came later.</summary>
    public DateTimeOffset From { get; set; }

    /// <summary>The first instant at which clocks run again.</summary>
    public DateTimeOffset To { get; set; }

    public ExceptionScope ScopeKind { get; set; }

    /// <summary>The account's key, the channel's word or the hub's name; null for everything.</summary>
    public string? ScopeValue { get; set; }

    public ExceptionReason Reason { get; set; }

    /// <summary>What customers read, in English.</summary>
    public required string Note { get; set; }

    public Guid AuthorId { get; set; }
    public required string AuthorName { get; set; }
    public DateTimeOffset DeclaredAt { get; set; }
    public ExceptionState State { get; set; }

    /// <summary>The second person; null until approved.</summary>
    public Guid? ApproverId { get; set; }

    public string? ApproverName { get; set; }
    public DateTimeOffset? ApprovedAt { get; set; }

    /// <summary>Since when clocks stand, or will: never before the approval.</summary>
    public DateTimeOffset EffectiveFrom => ApprovedAt is { } approved && approved > From ? approved : From;

    /// <summary>What the vendor's chain keeps of it, once it is approved (rule 16).</summary>
    public LedgerFact ToFact(DateTimeOffset approvedAt) => new(LedgerKind.Declared, approvedAt, null, null, new Dictionary<string, string>
    {
        ["id"] = Id.ToString("D"),
        ["from"] = ObligationClock.Text(From),
        ["to"] = ObligationClock.Text(To),
        ["scopeKind"] = LedgerFacts.Word(ScopeKind),
        ["scopeValue"] = ScopeValue ?? "",
        ["reason"] = LedgerFacts.Word(Reason),
        ["note"] = Note,
        ["author"] = AuthorName,
        ["approver"] = ApproverName ?? "",
    });

    /// <summary>It as the arithmetic sees it; for approved ones.</summary>
    public ExceptionWindow ToWindow() => new(Id, EffectiveFrom, To, ScopeKind, ScopeValue, Reason, Note);
}

internal sealed class SlaExceptionsTable : IEntityTypeConfiguration<SlaException>
{
    public void Configure(EntityTypeBuilder<SlaException> builder)
    {
        builder.ToTable("SlaExceptions");
        builder.Property(exception => exception.Id).ValueGeneratedNever();
        builder.Property(exception => exception.ScopeValue).HasMaxLength(200);
        builder.Property(exception => exception.Note).HasMaxLength(ExceptionRules.LongestNote);
        builder.Property(exception => exception.AuthorName).HasMaxLength(200);
        builder.Property(exception => exception.ApproverName).HasMaxLength(200);
        builder.Ignore(exception => exception.EffectiveFrom);
        builder.HasIndex(exception => exception.To, "IX_SlaExceptions_ApprovedByEnd").HasFilter("\"State\" = 'Approved'");
    }
}
