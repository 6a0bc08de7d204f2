using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Tickets.Next;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Desk.Tickets;

/// <summary>Next: who takes the most urgent ticket, and who lets one go by.</summary>
public sealed partial class TicketCommands
{
    /// <summary>
    /// Takes the most urgent ticket that nobody has and that the caller may take, in one step: two who ask together get two different ones, and none that is free is left out.
    /// Passed over is what the caller skipped lately and what colleagues are looking at; refused is who carries as much as they may. Its number.
    /// </summary>
    /// <param name="viewed">What colleagues are looking at; see <see cref="Presence.TicketPresence"/>.</param>
    public async Task<Outcome<long>> ClaimNextAsync(NextOptions options, IReadOnlySet<long> viewed, StaffCaller caller, CancellationToken cancellation = default)
    {
        var claimed = await writes.RunAsync<Outcome<StateNews>>(
            async db =>
            {
                var most = await db.Set<StaffLimit>().Where(limit => limit.StaffId == caller.StaffId).Select(limit => (int?)limit.MostOpen).SingleOrDefaultAsync();
                if (most is not null && NextRules.CheckCapacity(await QueueRows.Open(db).CountAsync(ticket => ticket.AssigneeId == caller.StaffId), most) is { } full)
                {
                    return full;
                }

                var now = Now();
                var next = await QueueRows.SoonestDueAsync(Offered(db, options, viewed, caller, now), 1);
                if (next is not [var number] || await TicketStore.LoadAsync(db, number, caller) is not { } ticket)
                {
                    return NextRules.Nothing(await QueueRows.Open(db).CountAsync(free => free.AssigneeId == null));
                }

                var before = TicketAudit.Of(ticket);
                await TicketStore.ApplyAsync(db, ticket, TicketRules.Assign(ticket.ToFacts(await Terms.ReadAsync(db, policies, now)), caller.StaffId, caller.Name, now).Value!, caller, now);
                await before.NoteAsync(db, ticket, caller, now);
                Touch(ticket, now);
                return new StateNews(number, ticket.Status, caller.Name);
            },
            outcome =>
            {
                if (outcome.Value is { } news)
                {
                    Tell(news.Number, news);
                }
            },
            cancellation);
        return claimed.Refusal is { } refusal ? refusal : claimed.Value!.Number;
    }

    /// <summary>
    /// Lets a ticket go by, with a reason that leads read. It is not offered to the caller again for as long as the options say; the caller's own ticket is given back by it.
    /// Promises run on: skipping answers nothing (rule 5).
    /// </summary>
    public async Task<Outcome<long>> SkipAsync(long number, SkipReason reason, string? note, StaffCaller caller, CancellationToken cancellation = default)
    {
        var words = MessageText.SingleLine(note ?? "");
        return await writes.RunAsync<Outcome<long>>(
            async db =>
            {
                if (await TicketStore.LoadAsync(db, number, caller) is not { } ticket)
                {
                    return Refusal.TicketNotFound;
                }

                if (NextRules.CheckSkip(ticket.Status, ticket.AssigneeId, caller.StaffId, words) is { } refusal)
                {
                    return refusal;
                }

                var now = Now();
                db.Add(new Skip { TicketNumber = number, StaffId = caller.StaffId, Reason = reason, Note = words, At = now });
                TicketStore.Record(db, ticket, [new(TicketEventKind.Skipped, words, TicketRules.Word(reason))], caller, now);
                // Letting it go by changes nothing about the ticket itself, so no colleague's form becomes stale; giving it back does.
                if (ticket.AssigneeId is not null)
                {
                    var before = TicketAudit.Of(ticket);
                    await TicketStore.ApplyAsync(db, ticket, TicketRules.Assign(ticket.ToFacts(await Terms.ReadAsync(db, policies, now)), null, "", now).Value!, caller, now);
                    await before.NoteAsync(db, ticket, caller, now);
                    Touch(ticket, now);
                }

                return number;
            },
            outcome =>
            {
                if (outcome.IsDone)
                {
                    changes.Publish(new(NextQueries.Topic, 0));
                    Tell(number);
                }
            },
            cancellation);
    }

    private static IQueryable<Ticket> Offered(SupportDb db, NextOptions options, IReadOnlySet<long> viewed, StaffCaller caller, DateTimeOffset now)
    {
        var (me, since) = (caller.StaffId, now - options.SkipFor);
        var free = QueueRows.Open(db).Where(ticket => ticket.AssigneeId == null
            && !db.Set<Skip>().Any(skip => skip.StaffId == me && skip.TicketNumber == ticket.Number && skip.At > since));
        if (viewed.Count > 0)
        {
            var numbers = viewed.ToArray();
            free = free.Where(ticket => !numbers.Contains(ticket.Number));
        }

        return free;
    }
}
