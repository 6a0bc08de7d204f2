using PremiumSupport.Desk.Accounts;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets;

/// <summary>Where a ticket stands. Closed is final; a solved one reopens when the customer writes.</summary>
public enum TicketStatus { New, Open, Waiting, Solved, Closed }

/// <summary>A request for help and everything promised about it.</summary>
public sealed class Ticket
{
    /// <summary>The number that people say; counts up from 1001.</summary>
    public long Number { get; set; }

    public required string Subject { get; set; }
    public Channel Channel { get; set; }
    public TicketStatus Status { get; set; }
    public Severity Severity { get; set; }
    public ClaimState Claim { get; set; }
    public ClaimCriterion? Criterion { get; set; }

    /// <summary>What the requester said of the impact when claiming business critical.</summary>
    public string? Impact { get; set; }

    /// <summary>Why the claim was declined, as told to the customer.</summary>
    public string? ClaimReason { get; set; }

    public Guid AccountId { get; set; }
    public Account? Account { get; set; }
    public Guid RequesterId { get; set; }
    public Contact? Requester { get; set; }

    /// <summary>The requester's role when asking; the promise stands on it (rule 10).</summary>
    public RequesterRole RequesterRole { get; set; }

    /// <summary>Until when the account was entitled when the promise was made; null when the channel needs no entitlement.</summary>
    public DateTimeOffset? EntitledUntil { get; set; }

    /// <summary>The policy version that it was promised under; next responses are promised under it too (rule 10).</summary>
    public int PolicyVersion { get; set; }

    /// <summary>The plan of the account when asking; null when none was named.</summary>
    public string? Plan { get; set; }

    /// <summary>The hubs that the account ran when asking, by which an exception may be scoped.</summary>
    public IReadOnlyList<string> Hubs { get; set; } = [];

    /// <summary>Whether its policy version promises next responses to it, so that no customer message is mere conversation.</summary>
    public bool PromisesNext { get; set; }

    /// <summary>The ticket that carries this one on; null unless it was merged.</summary>
    public long? MergedInto { get; set; }

    /// <summary>Its number in the system that it was imported from as closed history; null for every ticket that was asked here. No report counts such a ticket.</summary>
    public string? ExternalReference { get; set; }

    public Guid? AssigneeId { get; set; }

    /// <summary>When it was given to whoever has it, or somebody last wrote in it, whichever is later; from when on an answer is waited for, where its customer wrote last.</summary>
    public DateTimeOffset? HeldSince { get; set; }

    /// <summary>Words for sorting, in lower case.</summary>
    public IReadOnlyList<string> Tags { get; set; } = [];

    /// <summary>E.164, for a callback.</summary>
    public string? PhoneNumber { get; set; }

    /// <summary>The language of the page it was sent from.</summary>
    public string? Locale { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Earliest due instant among unanswered obligations, overdue ones included; null when nothing is owed.</summary>
    public DateTimeOffset? NextDueAt { get; set; }

    /// <summary>When a ticket that somebody put away comes back at the latest; null for one that is in sight.</summary>
    public DateTimeOffset? SnoozedUntil { get; set; }

    /// <summary>Whether it was put away for its customer's answer, without a time.</summary>
    public bool IsSnoozedForAnswer { get; set; }

    /// <summary>Earliest instant at which something is to be flagged, or at which it comes back; null when nothing is.</summary>
    public DateTimeOffset? NextFlagAt { get; set; }

    /// <summary>Sequence of the last public message; the next gets one more.</summary>
    public long LastSequence { get; set; }

    /// <summary>Up to which public message a console or program of staff has got them.</summary>
    public long StaffReceivedSequence { get; set; }

    /// <summary>Up to which public message staff has read.</summary>
    public long StaffReadSequence { get; set; }

    /// <summary>Up to which public message a page of the customer has got them.</summary>
    public long CustomerReceivedSequence { get; set; }

    /// <summary>Up to which public message the customer has read.</summary>
    public long CustomerReadSequence { get; set; }

    /// <summary>The beginning of the last message, for the queue.</summary>
    public string Snippet { get; set; } = "";

    public string SnippetAuthor { get; set; } = "";

    /// <summary>Whether the last public message is the customer's, so that somebody should look.</summary>
    public bool LastFromCustomer { get; set; }

    /// <summary>Counts changes; a form that was made from an older version is refused.</summary>
    public long Version { get; set; }

    public List<Obligation> Obligations { get; set; } = [];
}
