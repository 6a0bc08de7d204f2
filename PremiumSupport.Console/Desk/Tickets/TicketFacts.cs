using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets;

/// <summary>What the rules need to know of a ticket. Read-only: rules return a <see cref="TicketDecision"/> and change nothing.</summary>
public sealed record TicketFacts(
    TicketStatus Status, Severity Severity, ClaimState Claim, Guid? AssigneeId, PromiseRequest Request, IReadOnlyList<ObligationFacts> Obligations);

/// <summary>An entry for the timeline, before it is stored.</summary>
public sealed record EventDraft(TicketEventKind Kind, string Detail = "", string Before = "");

/// <summary>A change of hands; null is nobody.</summary>
public readonly record struct AssigneeChange(Guid? To);

/// <summary>What is to become of a ticket. What is null or empty stays as it is.</summary>
public sealed record TicketDecision
{
    public TicketStatus? Status { get; init; }
    public Severity? Severity { get; init; }
    public ClaimState? Claim { get; init; }
    public string? ClaimReason { get; init; }
    public AssigneeChange? Assignee { get; init; }

    /// <summary>All obligations of the ticket after the decision, in their order.</summary>
    public required IReadOnlyList<ObligationFacts> Obligations { get; init; }

    public IReadOnlyList<EventDraft> Events { get; init; } = [];
    public IReadOnlyList<LedgerFact> Ledger { get; init; } = [];
}
