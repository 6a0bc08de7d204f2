using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Desk.Tickets;

/// <summary>The verb of the sweep.</summary>
public sealed partial class TicketCommands
{
    private const int FlagBatch = 500;

    /// <summary>
    /// Flags whatever is due by now, at most a batch of it. Safe to run at any time, twice or never.
    /// </summary>
    public Task<FlagRun> FlagDueAsync(CancellationToken cancellation = default) => writes.RunAsync(
        async db =>
        {
            var now = Now();
            var due = await db.Set<Ticket>()
                .Where(ticket => ticket.NextFlagAt != null && ticket.NextFlagAt <= now)
                .OrderBy(ticket => ticket.NextFlagAt)
                .Include(ticket => ticket.Obligations).Include(ticket => ticket.Account).Include(ticket => ticket.Requester)
                .Take(FlagBatch)
                .ToListAsync();
            var lateness = new List<TimeSpan>(due.Count);
            var terms = await Terms.ReadAsync(db, policies, now);
            foreach (var ticket in due)
            {
                lateness.Add(now - ticket.NextFlagAt!.Value);
                await TicketStore.ApplyAsync(db, ticket, TicketRules.Flag(ticket.ToFacts(terms), now), Caller.System, now);
                ticket.Version++;
            }

            return new FlagRun([.. due.Select(ticket => ticket.Number)], lateness);
        },
        run =>
        {
            foreach (var number in run.Flagged)
            {
                Tell(number);
            }
        },
        cancellation);
}
