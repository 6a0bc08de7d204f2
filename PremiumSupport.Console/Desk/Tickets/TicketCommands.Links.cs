using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Tickets.Links;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Desk.Tickets;

/// <summary>The verbs about what tickets have to do with each other. They change nothing about either ticket, so nobody's form becomes stale.</summary>
public sealed partial class TicketCommands
{
    /// <summary>Links a ticket to another one, of whichever account. Its id.</summary>
    public Task<Outcome<long>> LinkAsync(long number, long other, LinkKind kind, StaffCaller caller, CancellationToken cancellation = default) => writes.RunAsync<Outcome<long>>(
        async db =>
        {
            if (await db.Set<Ticket>().SingleOrDefaultAsync(ticket => ticket.Number == number) is not { } ticket)
            {
                return Refusal.TicketNotFound;
            }

            var there = await db.Set<Ticket>().SingleOrDefaultAsync(ticket => ticket.Number == other);
            var links = await LinkQueries.Of(db, number).ToListAsync();
            if (LinkRules.Check(number, other, there is not null, [.. links.Select(link => LinkQueries.Other(link, number))]) is { } refusal)
            {
                return refusal;
            }

            var now = Now();
            var link = new TicketLink { TicketNumber = number, OtherNumber = other, Kind = kind, ByName = caller.Name, At = now };
            db.Add(link);
            NoteLink(db, link, ticket, there!, TicketEventKind.Linked, caller, now);
            await db.SaveChangesAsync();
            return link.Id;
        },
        outcome => TellBoth(outcome.IsDone, number, other),
        cancellation);

    /// <summary>Takes a link away, from whichever of its tickets. Its other ticket. One that is not there is as good as gone.</summary>
    public async Task<Outcome<long>> UnlinkAsync(long number, long linkId, StaffCaller caller, CancellationToken cancellation = default)
    {
        var other = number;
        return await writes.RunAsync<Outcome<long>>(
            async db =>
            {
                if (await LinkQueries.Of(db, number).SingleOrDefaultAsync(link => link.Id == linkId) is not { } link)
                {
                    return number;
                }

                other = LinkQueries.Other(link, number);
                var from = await db.Set<Ticket>().SingleAsync(ticket => ticket.Number == link.TicketNumber);
                var to = await db.Set<Ticket>().SingleAsync(ticket => ticket.Number == link.OtherNumber);
                db.Remove(link);
                NoteLink(db, link, from, to, TicketEventKind.Unlinked, caller, Now());
                return other;
            },
            outcome => TellBoth(outcome.IsDone, number, other),
            cancellation);
    }

    // On both timelines, each from its own side: "duplicateOf 1042" here is "duplicateOf < 1041" there.
    private static void NoteLink(SupportDb db, TicketLink link, Ticket from, Ticket to, TicketEventKind kind, StaffCaller caller, DateTimeOffset now)
    {
        var word = TicketRules.Word(link.Kind);
        TicketStore.Record(db, from, [new(kind, $"{word} {TicketRules.Number(to.Number)}")], caller, now);
        TicketStore.Record(db, to, [new(kind, $"{word} < {TicketRules.Number(from.Number)}")], caller, now);
        caller.Note(db, now, kind == TicketEventKind.Linked ? "linked" : "took away a link of", ("tickets", TicketRules.Number(from.Number), from.Subject), null, new { Kind = word, Other = to.Number });
    }

    private void TellBoth(bool isDone, long number, long other)
    {
        if (isDone)
        {
            Tell(number);
            Tell(other);
        }
    }
}
