using PremiumSupport.Desk.Tickets;

namespace PremiumSupport.Desk.Reports.Kept;

/// <summary>What of a ticket's timeline moved it into or out of the backlog.</summary>
internal static class MoveRules
{
    /// <summary>Kinds of events that may; the others never do.</summary>
    public static readonly TicketEventKind[] Kinds = [TicketEventKind.StatusChanged, TicketEventKind.Reopened, TicketEventKind.Merged];

    /// <summary>The moves of a ticket in their order: it arrives open, and what changes nothing about that is no move.</summary>
    /// <param name="arrivedAt">When it came in.</param>
    /// <param name="events">Its events of those kinds in the order in which they were written.</param>
    public static IEnumerable<(DateTimeOffset At, MoveKind Kind)> Of(DateTimeOffset arrivedAt, IEnumerable<(TicketEventKind Kind, string Detail, DateTimeOffset At)> events)
    {
        yield return (arrivedAt, MoveKind.Arrived);
        var isOpen = true;
        foreach (var (kind, detail, at) in events)
        {
            var opens = kind switch { TicketEventKind.Merged => false, TicketEventKind.Reopened => true, _ => detail is not ("solved" or "closed") };
            if (opens != isOpen)
            {
                isOpen = opens;
                yield return (at, opens ? MoveKind.Back : MoveKind.Left);
            }
        }
    }
}
