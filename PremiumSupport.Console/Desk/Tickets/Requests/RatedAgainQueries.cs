using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Desk.Tickets.Requests;

/// <summary>Asks the timeline whether a rated ticket was opened again, by whomever: then what it says is about an outcome that no longer is one.</summary>
internal static class RatedAgainQueries
{
    private const string Solved = "solved";
    private const string Closed = "closed";

    public static Task<bool> IsReopenedAsync(SupportDb db, Rating rating, CancellationToken cancellation = default) => db.Set<TicketEvent>().AnyAsync(
        happening => happening.TicketNumber == rating.TicketNumber && happening.Kind == TicketEventKind.StatusChanged
            && happening.Before == Solved && happening.Detail != Closed && happening.At > rating.RatedAt,
        cancellation);
}
