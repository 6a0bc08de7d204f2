using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets;

/// <summary>What the rules need to know of a ticket. Read-only: rules return a <see cref="TicketDecision"/> and change nothing.</summary>
public sealed record TicketFacts(
    TicketStatus Status, Severity Severity, ClaimState Claim, Guid? AssigneeId, PromiseRequest Request, IReadOnlyList<ObligationFacts> Obligations)
{
    /// <summary>0 where a rule needs no number.</summary>
    public long Number { get; init; }

    /// <summary>The policy version that the ticket was promised under, for promises still to come (rule 10).</summary>
    public int PolicyVersion { get; init; } = 1;

    /// <summary>The policy of a version.</summary>
    public Func<int, SlaPolicy> PolicyOf { get; init; } = version => throw new InvalidOperationException($"These facts know no policy; version {version} was asked for.");

    /// <summary>Approved exceptions that are not over, whatever they cover.</summary>
    public IReadOnlyList<ExceptionWindow> Exceptions { get; init; } = [];

    /// <summary>Whether its policy version promises it next responses (rule 6).</summary>
    public bool PromisesNext { get; init; }

    /// <summary>The request that a promise was made for: the ticket's own, with the inputs of another where it carries that one's promise on (rule 10).</summary>
    public PromiseRequest RequestOf(ObligationFacts obligation) => obligation.Inputs?.In(Request) ?? Request;

    /// <summary>The exceptions that cover a request of this ticket.</summary>
    public IReadOnlyList<ClockStop> ExceptionsFor(PromiseRequest request) => Exceptions.Count == 0 ? [] : ExceptionStops.Of(Exceptions, request);

    /// <summary>The exceptions that cover a promise of this ticket.</summary>
    public IReadOnlyList<ClockStop> ExceptionsFor(ObligationFacts obligation) => ExceptionsFor(RequestOf(obligation));
}

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

    /// <summary>Put away, or brought back.</summary>
    public Snoozing.SnoozeChange? Snooze { get; init; }

    /// <summary>The policy version that later promises are made under.</summary>
    public int? PolicyVersion { get; init; }

    /// <summary>Where the ticket goes on.</summary>
    public long? MergedInto { get; init; }

    /// <summary>All obligations of the ticket after the decision, those it had first and in their order.</summary>
    public required IReadOnlyList<ObligationFacts> Obligations { get; init; }

    public IReadOnlyList<EventDraft> Events { get; init; } = [];
    public IReadOnlyList<LedgerFact> Ledger { get; init; } = [];
}

/// <summary>A deadline that an act moved.</summary>
public sealed record MovedDeadline(long Number, Metric Metric, int Cycle, DateTimeOffset From, DateTimeOffset To);
