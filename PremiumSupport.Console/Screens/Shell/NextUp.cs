using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Next;
using PremiumSupport.Desk.Tickets.Presence;
using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Screens.Shell;

/// <summary>What Next would give somebody, worked out in memory for every page that shows it. The verb decides for itself.</summary>
public sealed class NextUp(QueueProjection queue, NextQueries next, TicketPresence presence, NextOptions options, TimeProvider clock)
{
    /// <summary>Skips and limits, as of now.</summary>
    public Task<NextFacts> FactsAsync() => next.CurrentAsync();

    /// <summary>The offer, with facts that were read before.</summary>
    public NextOffer Offer(NextFacts facts, StaffCaller me)
    {
        var (watched, now) = (presence.WatchedByOthers(me.StaffId), clock.GetUtcNow());
        return NextRules.Choose(
            queue.Unassigned,
            row => (watched.TryGetValue(row.Number, out var idleSince) && NextRules.IsHeld(idleSince, row.IsPressing(now), options.HoldFor, now)) || facts.IsSkipped(me.StaffId, row.Number, now),
            me.StaffId,
            now);
    }

    /// <summary>The offer.</summary>
    public async Task<NextOffer> OfferAsync(StaffCaller me) => Offer(await FactsAsync(), me);
}
