using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Realtime;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Notifications.HeadsUps;

/// <summary>Says that heads-ups were seen. New ones are written with the deed that they tell of, by <see cref="HeadsUpWriter"/>.</summary>
public sealed class HeadsUpCommands(WriteQueue writes, ChangeBus changes, TimeProvider clock)
{
    /// <summary>The caller has the ticket before their eyes; all about it is seen. How many that were.</summary>
    public Task<int> SeenAsync(long ticketNumber, StaffCaller caller, CancellationToken cancellation = default) =>
        SeenAsync(db => db.Set<HeadsUp>().Where(row => row.TicketNumber == ticketNumber && row.RecipientId == caller.StaffId), caller, cancellation);

    /// <summary>The caller has seen everything.</summary>
    public Task<int> SeenAllAsync(StaffCaller caller, CancellationToken cancellation = default) =>
        SeenAsync(db => db.Set<HeadsUp>().Where(row => row.RecipientId == caller.StaffId), caller, cancellation);

    private Task<int> SeenAsync(Func<SupportDb, IQueryable<HeadsUp>> which, StaffCaller caller, CancellationToken cancellation) => writes.RunAsync(
        async db =>
        {
            var now = ObligationClock.Whole(clock.GetUtcNow());
            var rows = await which(db).Where(row => row.SeenAt == null).ToListAsync();
            rows.ForEach(row => row.SeenAt = now);
            return rows.Count;
        },
        count =>
        {
            if (count > 0)
            {
                changes.Publish(NotificationCommands.NewsOf(caller.StaffId));
            }
        },
        cancellation);
}
