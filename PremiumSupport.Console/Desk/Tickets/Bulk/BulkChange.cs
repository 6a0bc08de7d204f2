namespace PremiumSupport.Desk.Tickets.Bulk;

/// <summary>One thing that is to become of many tickets; exactly one of them is set.</summary>
public sealed record BulkChange
{
    /// <summary>Tickets of one command. More than this nobody has looked at.</summary>
    public const int Most = 500;

    /// <summary>Who looks after them from now on.</summary>
    public AssigneeChange? Assignee { get; init; }

    /// <summary>Where they stand from now on.</summary>
    public TicketStatus? Status { get; init; }

    /// <summary>A tag that each has from now on.</summary>
    public string? Tag { get; init; }
}

/// <summary>A ticket as the person saw it who changes many.</summary>
public readonly record struct BulkSeen(long Number, TicketStatus Status, Guid? AssigneeId)
{
    /// <summary>A row of the queue.</summary>
    public static BulkSeen Of(QueueRow row) => new(row.Number, row.Status, row.AssigneeId);
}

/// <summary>What of a ticket a bulk command may change.</summary>
public sealed record BulkState(TicketStatus Status, Guid? AssigneeId, IReadOnlyList<string> Tags)
{
    /// <summary>As the row says.</summary>
    internal static BulkState Of(Ticket ticket) => new(ticket.Status, ticket.AssigneeId, ticket.Tags);

    /// <summary>Whether another state says the same.</summary>
    public bool IsLike(BulkState other) => Status == other.Status && AssigneeId == other.AssigneeId && Tags.SequenceEqual(other.Tags);
}

/// <summary>What a command made of one ticket, for taking it back.</summary>
public sealed record BulkStep(long Number, BulkState Before, BulkState After);

/// <summary>A ticket that a command left alone, and why.</summary>
public sealed record BulkRefusal(long Number, Refusal Refusal);

/// <summary>What became of many tickets: those that changed and those that were refused. Who was as wished already is in neither.</summary>
public sealed record BulkOutcome(IReadOnlyList<BulkStep> Done, IReadOnlyList<BulkRefusal> Refused);
