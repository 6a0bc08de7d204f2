using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Tickets.Handing;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Desk.Tickets;

public sealed partial class TicketCommands
{
    private const int TakeBackBatch = 100;

    /// <summary>Takes back what people were given and do not answer, as it is set, at most a batch of it. Safe to run at any time, twice or never. The numbers.</summary>
    public Task<IReadOnlyList<long>> TakeBackAsync(CancellationToken cancellation = default) => writes.RunAsync<IReadOnlyList<long>>(
        async db =>
        {
            var (now, minutes) = (Now(), await TakeBackCommands.ReadAsync(db));
            var waiting = QueueRows.Open(db).Where(ticket => ticket.AssigneeId != null && ticket.LastFromCustomer && ticket.Channel != Sla.Channel.Phone);
            var disabled = await db.Users.Where(user => user.LockoutEnd == StaffCard.DisabledUntil).Select(user => (Guid?)user.Id).ToListAsync();
            var due = TakeBackRules.DueBefore(minutes, now);
            var held = await waiting.Where(ticket => disabled.Contains(ticket.AssigneeId)).OrderBy(ticket => ticket.Number).Select(ticket => ticket.Number).Take(TakeBackBatch).ToListAsync();
            if (due is not null)
            {
                held.AddRange(await waiting.Where(ticket => ticket.HeldSince <= due).OrderBy(ticket => ticket.HeldSince).Select(ticket => ticket.Number).Take(TakeBackBatch).ToListAsync());
            }

            var taken = new List<long>();
            foreach (var number in held.Distinct().Take(TakeBackBatch))
            {
                var ticket = (await TicketStore.LoadAsync(db, number, Caller.System))!;
                await TicketStore.ApplyAsync(db, ticket, TicketRules.Assign(ticket.ToFacts(await Terms.ReadAsync(db, policies, now)), null, "", now).Value!, Caller.System, now);
                Touch(ticket, now);
                taken.Add(number);
            }

            return taken;
        },
        taken =>
        {
            foreach (var number in taken)
            {
                Tell(number);
            }
        },
        cancellation);
}
