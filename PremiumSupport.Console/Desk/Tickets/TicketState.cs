using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets;

/// <summary>Where a ticket stands after a command.</summary>
public sealed record TicketState(long Number, TicketStatus Status, Guid? AssigneeId, string? AssigneeName, long Version)
{
    /// <summary>Who asks from now on; null when that stayed as it was.</summary>
    internal Guid? NewRequesterId { get; init; }
}

/// <summary>What one run of the sweep did.</summary>
/// <param name="Flagged">The tickets it flagged.</param>
/// <param name="Lateness">How long after its moment each was noticed.</param>
public sealed record FlagRun(IReadOnlyList<long> Flagged, IReadOnlyList<TimeSpan> Lateness);

/// <summary>Several changes to one ticket; what is null stays.</summary>
public sealed record TicketEdit
{
    public TicketStatus? Status { get; init; }
    public AssigneeChange? Assignee { get; init; }
    public string? Subject { get; init; }
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Tags beside those that it has, or gets.</summary>
    public IReadOnlyList<string> AddTags { get; init; } = [];

    public Severity? Severity { get; init; }

    /// <summary>Why the severity changes.</summary>
    public string? Reason { get; init; }
}
