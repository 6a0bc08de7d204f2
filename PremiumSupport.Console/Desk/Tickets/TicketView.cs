using PremiumSupport.Desk.Accounts;
using PremiumSupport.Desk.Tickets.Requests;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets;

/// <summary>A ticket as staff sees it.</summary>
public sealed record TicketView(
    long Number, string Subject, Channel Channel, TicketStatus Status, Severity Severity,
    ClaimState Claim, ClaimCriterion? Criterion, string? Impact, string? ClaimReason,
    AccountView Account, RequesterView Requester, AssigneeView? Assignee,
    IReadOnlyList<string> Tags, string? PhoneNumber, string? Locale,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? NextDueAt,
    IReadOnlyList<ObligationFacts> Obligations, BadgeFacts? Badge, long LastSequence, long Version)
{
    /// <summary>The plan that the promise stands on; null when none was named.</summary>
    public string? Plan { get; init; }

    /// <summary>The ticket that carries this one on; null unless it was merged.</summary>
    public long? MergedInto { get; init; }

    /// <summary>Its number in the system that it was imported from; null for every other.</summary>
    public string? ExternalReference { get; init; }

    /// <summary>When it comes back at the latest; null unless somebody put it away.</summary>
    public DateTimeOffset? SnoozedUntil { get; init; }

    /// <summary>Whether it was put away for its customer's answer, without a time.</summary>
    public bool IsSnoozedForAnswer { get; init; }

    /// <summary>How far the customer has got with the conversation.</summary>
    public ReadMark CustomerMark { get; init; }

    /// <summary>How its customer found the help; null while they have not said.</summary>
    public RatingView? Rating { get; init; }

    /// <summary>The view of a row with its account, requester and obligations loaded.</summary>
    internal static TicketView Of(Ticket ticket, IReadOnlyDictionary<Guid, AssigneeView> assignees)
    {
        var (account, requester) = (ticket.Account!, ticket.Requester!);
        return new(
            ticket.Number, ticket.Subject, ticket.Channel, ticket.Status, ticket.Severity, ticket.Claim, ticket.Criterion, ticket.Impact, ticket.ClaimReason,
            new(account.Id, account.Key, account.Name, account.Zone, [.. account.Subscriptions.Select(subscription => $"{subscription.Hub} {subscription.Edition}").Distinct()], ticket.EntitledUntil),
            new(requester.Id, requester.Email, requester.Name, ticket.RequesterRole, requester.Zone ?? account.Zone, requester.Locale, requester.IsVerified),
            ticket.AssigneeId is { } assignee ? assignees.GetValueOrDefault(assignee) : null,
            ticket.Tags, ticket.PhoneNumber, ticket.Locale, ticket.CreatedAt, ticket.UpdatedAt, ticket.NextDueAt,
            [.. ticket.Obligations.OrderBy(obligation => obligation.Id).Select(obligation => obligation.ToFacts())],
            BadgeFacts.Of(ticket.Obligations), ticket.LastSequence, ticket.Version)
        {
            Plan = ticket.Plan,
            MergedInto = ticket.MergedInto,
            ExternalReference = ticket.ExternalReference,
            SnoozedUntil = ticket.SnoozedUntil,
            IsSnoozedForAnswer = ticket.IsSnoozedForAnswer,
            CustomerMark = new(ticket.CustomerReceivedSequence, ticket.CustomerReadSequence),
        };
    }
}

/// <summary>A place in the queue's order, to read on from.</summary>
public sealed record QueuePosition(DateTimeOffset? DueAt, long Number);

/// <summary>The account beside a ticket.</summary>
public sealed record AccountView(Guid Id, string Key, string Name, string Zone, IReadOnlyList<string> Hubs, DateTimeOffset? EntitledUntil);

/// <summary>The requester beside a ticket, with the role that the promise stands on.</summary>
public sealed record RequesterView(Guid Id, string Email, string Name, RequesterRole Role, string Zone, string? Locale, bool IsVerified);

/// <summary>Who looks after a ticket.</summary>
public sealed record AssigneeView(Guid Id, string Email, string Name);

/// <summary>Another ticket of the same account, for the side panel.</summary>
public sealed record RelatedTicket(long Number, string Subject, TicketStatus Status, DateTimeOffset? NextDueAt, DateTimeOffset UpdatedAt);

/// <summary>Everything that was said and done, in order; for staff only.</summary>
public sealed record Timeline(IReadOnlyList<PublicMessage> Messages, IReadOnlyList<InternalNote> Notes, IReadOnlyList<TicketEvent> Events)
{
    /// <summary>How much there is in all, shown or not.</summary>
    public TimelineCounts Counts { get; init; } = new(Messages.Count, Notes.Count, Events.Count);

    /// <summary>How many entries stand before those that were read.</summary>
    public int Earlier => Counts.Messages + Counts.Notes + Counts.Events - Messages.Count - Notes.Count - Events.Count;
}

/// <summary>How much a timeline holds.</summary>
public sealed record TimelineCounts(int Messages, int Notes, int Events);

/// <summary>A request as its customer sees it; no type in here can carry an internal note.</summary>
public sealed record CustomerTicket(
    long Number, string Subject, Channel Channel, TicketStatus Status, Severity Severity,
    ClaimState Claim, ClaimCriterion? Criterion, string? ClaimReason, string? AssigneeName,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, long LastSequence,
    ObligationFacts? Promise, IReadOnlyList<PublicMessage> Messages)
{
    /// <summary>How they found the help; null while they have not said.</summary>
    public RatingView? Rating { get; init; }

    /// <summary>Whether it was opened again since they said so.</summary>
    public bool ReopenedSinceRated { get; init; }

    /// <summary>Whether a call may have been asked for with it.</summary>
    public bool HasCallback { get; init; }

    /// <summary>Whether it goes on in another request.</summary>
    public bool IsMerged { get; init; }
}
