using Microsoft.EntityFrameworkCore;
using PremiumSupport.Channels.Email.Inbound.Rules;
using PremiumSupport.Desk.Accounts;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Channels.Email.Inbound.Sorting;

/// <summary>Looks up what is known of a sender's address and of the ticket that a signature leads to.</summary>
internal sealed class SenderQueries(IDbContextFactory<SupportDb> factory)
{
    private const int LongestChain = 20;

    /// <summary>The contacts of an address, and whether a colleague has it.</summary>
    public async Task<(IReadOnlyList<KnownContact> Contacts, bool IsStaff)> OfAsync(string address, CancellationToken cancellation)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var contacts = await db.Set<Contact>().Where(contact => contact.Email == address && contact.DisabledAt == null && contact.Account!.DisabledAt == null).OrderBy(contact => contact.Id).Take(10).Select(contact => new KnownContact(contact.Id)).ToListAsync(cancellation);
        var normalized = address.ToUpperInvariant();
        return (contacts, await db.Users.AnyAsync(user => user.NormalizedEmail == normalized, cancellation));
    }

    /// <summary>The ticket of a checked number, or the one that carries it on; null when there is none.</summary>
    public async Task<TicketThread?> ThreadAsync(long number, CancellationToken cancellation)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        for (var hop = 0; hop < LongestChain; hop++)
        {
            var ticket = await db.Set<Ticket>().Where(ticket => ticket.Number == number)
                .Select(ticket => new { ticket.Number, ticket.RequesterId, ticket.Requester!.Email, ticket.Status, ticket.MergedInto }).SingleOrDefaultAsync(cancellation);
            if (ticket?.MergedInto is { } into)
            {
                number = into;
                continue;
            }

            return ticket is null ? null : new(ticket.Number, ticket.RequesterId, ticket.Email, ticket.Status == TicketStatus.Closed);
        }

        return null;
    }
}
