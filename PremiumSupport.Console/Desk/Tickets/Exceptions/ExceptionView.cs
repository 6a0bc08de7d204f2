using PremiumSupport.Desk.Entitlements;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets.Exceptions;

/// <summary>Where an exception stands at an instant, as people sort them: what waits for a second person, what is coming, what holds, what is over.</summary>
public enum ExceptionStage { Proposed, Upcoming, InForce, Past, Withdrawn }

/// <summary>A response-time exception as staff sees it.</summary>
/// <param name="EffectiveFrom">Since when clocks stand, or will: the approval where it came after the declared start.</param>
public sealed record ExceptionView(
    Guid Id, DateTimeOffset From, DateTimeOffset To, DateTimeOffset EffectiveFrom, ExceptionScope ScopeKind, string? ScopeValue, ExceptionReason Reason, string Note,
    ExceptionState State, Guid AuthorId, string AuthorName, DateTimeOffset DeclaredAt, Guid? ApproverId, string? ApproverName, DateTimeOffset? ApprovedAt)
{
    /// <summary>The view of a row.</summary>
    public static ExceptionView Of(SlaException row) => new(
        row.Id, row.From, row.To, row.EffectiveFrom, row.ScopeKind, row.ScopeValue, row.Reason, row.Note,
        row.State, row.AuthorId, row.AuthorName, row.DeclaredAt, row.ApproverId, row.ApproverName, row.ApprovedAt);

    /// <summary>Where it stands. Half-open: at its end it is past. A proposal whose end has come is past, too: it cannot be approved any more.</summary>
    public ExceptionStage StageAt(DateTimeOffset now) => State switch
    {
        ExceptionState.Withdrawn => ExceptionStage.Withdrawn,
        _ when To <= now => ExceptionStage.Past,
        ExceptionState.Proposed => ExceptionStage.Proposed,
        _ => EffectiveFrom > now ? ExceptionStage.Upcoming : ExceptionStage.InForce,
    };
}

/// <summary>An exception in force as the customers whom it concerns read it; nothing of who declared it.</summary>
public sealed record ExceptionNotice(DateTimeOffset From, DateTimeOffset To, ExceptionScope ScopeKind, string? ScopeValue, ExceptionReason Reason, string Note);
