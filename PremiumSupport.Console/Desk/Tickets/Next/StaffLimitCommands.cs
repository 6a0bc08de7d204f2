using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Realtime;

namespace PremiumSupport.Desk.Tickets.Next;

/// <summary>Says how many open tickets a person carries at most.</summary>
public sealed class StaffLimitCommands(WriteQueue writes, ChangeBus changes, TimeProvider clock)
{
    /// <summary>Sets the limit of a person, or takes it away. For leads; takes nothing away from anybody who carries more already.</summary>
    /// <param name="staffId">Whose.</param>
    /// <param name="most">1 to <see cref="NextRules.HighestLimit"/>; null for any number.</param>
    public async Task<Refusal?> SetAsync(Guid staffId, int? most, StaffCaller caller, CancellationToken cancellation = default)
    {
        if (!caller.IsLead)
        {
            return new(RefusalKind.Forbidden, "not-lead", "Team leads say how much somebody carries.");
        }

        if (most is < 1 or > NextRules.HighestLimit)
        {
            return Refusal.Invalid(("most", $"Enter 1 to {NextRules.HighestLimit}, or nothing for any number."));
        }

        return await writes.RunAsync(
            async db =>
            {
                if (await db.Users.SingleOrDefaultAsync(user => user.Id == staffId) is not { } member)
                {
                    return new Refusal(RefusalKind.NotFound, "not-found", "There is no such staff member.");
                }

                var limit = await db.Set<StaffLimit>().FindAsync(staffId);
                caller.Note(db, clock.GetUtcNow(), "changed how much is carried by", (StaffCommands.Area, member.Email ?? "", member.DisplayName), new { limit?.MostOpen }, new { MostOpen = most });
                switch (limit, most)
                {
                    case (null, { } first):
                        db.Add(new StaffLimit { StaffId = staffId, MostOpen = first });
                        break;
                    case ({ } known, { } other):
                        known.MostOpen = other;
                        break;
                    case ({ } known, null):
                        db.Remove(known);
                        break;
                }

                return null;
            },
            refusal =>
            {
                if (refusal is null)
                {
                    changes.Publish(new(NextQueries.Topic, 0));
                }
            },
            cancellation);
    }
}
