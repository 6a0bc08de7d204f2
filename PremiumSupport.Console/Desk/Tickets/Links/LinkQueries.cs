using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Desk.Tickets.Links;

/// <summary>A link as it is read from one of its two tickets.</summary>
/// <param name="Number">The other ticket.</param>
/// <param name="IsFromHere">Whether the kind reads from this ticket to the other one, not the other way round.</param>
/// <param name="Badge">The other's promise; null where nothing was promised.</param>
public sealed record LinkView(long Id, long Number, string Subject, TicketStatus Status, LinkKind Kind, bool IsFromHere, BadgeFacts? Badge);

/// <summary>Reads what tickets have to do with each other, for staff alone.</summary>
public sealed class LinkQueries(IDbContextFactory<SupportDb> factory)
{
    /// <summary>The links of a ticket in either direction, as they were made.</summary>
    public async Task<IReadOnlyList<LinkView>> OfTicketAsync(long number, StaffCaller caller, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var links = await Of(db, number).AsNoTracking().OrderBy(link => link.Id).ToListAsync(cancellation);
        if (links.Count == 0)
        {
            return [];
        }

        var numbers = links.Select(link => Other(link, number)).ToList();
        var others = await db.Set<Ticket>().AsNoTracking().Include(ticket => ticket.Obligations).Where(ticket => numbers.Contains(ticket.Number)).ToDictionaryAsync(ticket => ticket.Number, cancellation);
        return [.. links.Select(link => (Link: link, Ticket: others[Other(link, number)])).Select(row => new LinkView(
            row.Link.Id, row.Ticket.Number, row.Ticket.Subject, row.Ticket.Status, row.Link.Kind, row.Link.TicketNumber == number, BadgeFacts.Of(row.Ticket.Obligations)))];
    }

    /// <summary>The links of a ticket in either direction.</summary>
    internal static IQueryable<TicketLink> Of(SupportDb db, long number) => db.Set<TicketLink>().Where(link => link.TicketNumber == number || link.OtherNumber == number);

    /// <summary>The other end.</summary>
    internal static long Other(TicketLink link, long number) => link.TicketNumber == number ? link.OtherNumber : link.TicketNumber;
}
