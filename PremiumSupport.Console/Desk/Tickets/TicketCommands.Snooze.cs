using PremiumSupport.Desk.Tickets.Calls;
using PremiumSupport.Desk.Tickets.Snoozing;
using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Desk.Tickets;

/// <summary>The verbs about putting a ticket away for a while.</summary>
public sealed partial class TicketCommands
{
    /// <summary>
    /// Puts a ticket away until an instant, or until its customer answers. It is back by itself then, when its customer writes, before a promise on it is warned about and when its customer is to be called; never set past that
    /// (<see cref="SnoozeRules.Check"/>).
    /// </summary>
    /// <param name="number">The ticket.</param>
    /// <param name="until">Null for until its customer answers, <see cref="SnoozeRules.Longest"/> at most.</param>
    /// <param name="caller">Who puts it away.</param>
    /// <param name="cancellation">Gives up waiting for a turn.</param>
    public Task<Outcome<TicketState>> SnoozeAsync(long number, DateTimeOffset? until, StaffCaller caller, CancellationToken cancellation = default) =>
        DecideAsync(number, caller, null, async (db, ticket, now) => SnoozeRules.Snooze(ticket, (await db.Set<Callback>().FindAsync(number))?.NextCallAt, until, now), cancellation);

    /// <summary>Brings a ticket back that was put away. One that is in sight stays as it is.</summary>
    public Task<Outcome<TicketState>> WakeAsync(long number, StaffCaller caller, CancellationToken cancellation = default) =>
        DecideAsync(number, caller, null, (_, ticket, now) => Task.FromResult<Outcome<TicketDecision>>(SnoozeRules.Wake(ticket, WakeReason.Hand, now)), cancellation);
}
