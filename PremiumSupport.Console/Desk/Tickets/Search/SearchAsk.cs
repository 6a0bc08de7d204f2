using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets.Search;

/// <summary>What somebody of the staff looks for. What is null narrows nothing.</summary>
/// <param name="Text">Words, in any order; a number finds its ticket, too.</param>
public sealed record SearchAsk(string Text)
{
    /// <summary>Characters that are looked at.</summary>
    public const int LongestText = 200;

    public TicketStatus? Status { get; init; }

    /// <summary>An account's key.</summary>
    public string? Account { get; init; }

    public Channel? Channel { get; init; }

    public Guid? Assignee { get; init; }

    /// <summary>From this instant on: when the message was written, or the ticket opened.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before this instant, likewise.</summary>
    public DateTimeOffset? To { get; init; }
}

/// <summary>A message or a note that holds the words.</summary>
/// <param name="IsNote">Whether it is one that customers never see.</param>
public sealed record FoundText(bool IsNote, string AuthorName, DateTimeOffset At, IReadOnlyList<ExcerptPart> Excerpt);

/// <summary>A ticket that was found, by itself or by what was said about it.</summary>
public sealed record FoundTicket(
    long Number, string Subject, TicketStatus Status, Channel Channel, string AccountName, string RequesterName, string? AssigneeName, DateTimeOffset CreatedAt, IReadOnlyList<FoundText> Texts);

/// <summary>What was found.</summary>
/// <param name="IsCut">Whether there is more than is shown.</param>
public sealed record SearchFindings(IReadOnlyList<FoundTicket> Tickets, bool IsCut);
