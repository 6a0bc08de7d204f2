using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Accounts.Teams;
using PremiumSupport.Desk.Tickets.Next;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Desk.Tickets;

/// <summary>Next: who takes the most urgent ticket, and who lets one go by.</summary>
public sealed partial class TicketCommands
{
    /// <summary>
    /// Takes the most urgent ticket that nobody has and that the caller may take, in one step: two who ask together get two different ones, and none that is free is left out.
    /// Which it is says <see cref="NextRules.Choose"/>. Passed over is what the caller skipped lately and what colleagues hold back; refused is who carries as much as they may. Its number.
    /// </summary>
    /// <param name="options">How Next behaves.</param>
    /// <param name="watched">What colleagues look at, and since when they only look; see <see cref="Presence.TicketPresence.WatchedByOthers"/>.</param>
    /// <param name="caller">Who takes it.</param>
    /// <param name="cancellation">Gives up waiting for a turn.</param>
    public async Task<Outcome<long>> ClaimNextAsync(NextOptions options, IReadOnlyDictionary<long, DateTimeOffset> watched, StaffCaller caller, CancellationToken cancellation = default)
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
                if (await ChooseAsync(db, Offered(db, options, watched, caller, now), caller, now) is not { } number || await TicketStore.LoadAsync(db, number, caller) is not { } ticket)
                {
                    return NextRules.Nothing(await QueueRows.InSight(db).CountAsync(free => free.AssigneeId == null));
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

    // NextRules.Choose as questions to the database: each stops at its first row, and all but the first are asked only where somebody is dedicated to what waits.
    private static async Task<long?> ChooseAsync(SupportDb db, IQueryable<Ticket> offered, StaffCaller caller, DateTimeOffset now)
    {
        if (await QueueRows.SoonestDueAsync(offered, 1) is not [var soonest])
        {
            return null;
        }

        var accounts = TeamQueries.Preferred(db, caller.StaffId);
        var own = offered.Where(ticket => accounts.Contains(ticket.AccountId));
        if (await QueueRows.SoonestDueAsync(own, 1) is not [var preferred] || preferred == soonest)
        {
            return soonest;
        }

        var due = await db.Set<Ticket>().Where(ticket => ticket.Number == preferred).Select(ticket => ticket.NextDueAt).SingleAsync();
        return await QueueRows.Pressing(offered, now).AnyAsync(ticket => due == null || ticket.NextDueAt < due || (ticket.NextDueAt == due && ticket.Number < preferred)) ? soonest : preferred;
    }

    private static IQueryable<Ticket> Offered(SupportDb db, NextOptions options, IReadOnlyDictionary<long, DateTimeOffset> watched, StaffCaller caller, DateTimeOffset now)
    {
        var (me, since) = (caller.StaffId, now - options.SkipFor);
        var free = QueueRows.InSight(db).Where(ticket => ticket.AssigneeId == null
            && !db.Set<Skip>().Any(skip => skip.StaffId == me && skip.TicketNumber == ticket.Number && skip.At > since));
        if (watched.Count > 0)
        {
            var held = watched.Where(ticket => NextRules.IsHeld(ticket.Value, isPressing: true, options.HoldFor, now)).Select(ticket => ticket.Key).ToArray();
            var idle = watched.Keys.Except(held).ToArray();
            free = free.Where(ticket => !held.Contains(ticket.Number));
            // What colleagues only look at is theirs until it presses.
            var pressing = QueueRows.Pressing(db.Set<Ticket>(), now);
            free = idle.Length == 0 ? free : free.Where(ticket => !idle.Contains(ticket.Number) || pressing.Any(other => other.Number == ticket.Number));
        }

        return free;
    }
}
