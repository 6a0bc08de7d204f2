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
            var held = await QueueRows.Open(db).Where(ticket => ticket.AssigneeId != null && ticket.LastFromCustomer && ticket.Channel != Sla.Channel.Phone)
                .Select(ticket => new
                {
                    ticket.Number,
                    IsDisabled = db.Users.Any(user => user.Id == ticket.AssigneeId && user.LockoutEnd == StaffCard.DisabledUntil),
                    AssignedAt = db.Set<TicketEvent>().Where(happening => happening.TicketNumber == ticket.Number && happening.Kind == TicketEventKind.Assigned).Max(happening => (DateTimeOffset?)happening.At),
                    WaitingSince = db.Set<PublicMessage>().Where(message => message.TicketNumber == ticket.Number && message.Sequence == ticket.LastSequence).Max(message => (DateTimeOffset?)message.SentAt),
                })
                .ToListAsync();
            var taken = new List<long>();
            foreach (var number in held
                .Where(ticket => TakeBackRules.GoesBack(minutes, true, ticket.AssignedAt ?? DateTimeOffset.MinValue, ticket.WaitingSince ?? DateTimeOffset.MinValue, ticket.IsDisabled, now))
                .Take(TakeBackBatch).Select(ticket => ticket.Number))
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
