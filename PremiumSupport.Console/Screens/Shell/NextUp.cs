using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Next;
using PremiumSupport.Desk.Tickets.Presence;
using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Screens.Shell;

/// <summary>What Next would give somebody, worked out in memory for every page that shows it. The verb decides for itself.</summary>
public sealed class NextUp(QueueProjection queue, NextQueries next, TicketPresence presence, TimeProvider clock)
{
    /// <summary>Skips and limits, as of now.</summary>
    public Task<NextFacts> FactsAsync() => next.CurrentAsync();

    /// <summary>The offer, with facts that were read before.</summary>
    public NextOffer Offer(NextFacts facts, StaffCaller me)
    {
        var (viewed, now) = (presence.ViewedByOthers(me.StaffId), clock.GetUtcNow());
        return NextRules.Choose(queue.Rows, number => viewed.Contains(number) || facts.IsSkipped(me.StaffId, number, now));
    }

    /// <summary>The offer.</summary>
    public async Task<NextOffer> OfferAsync(StaffCaller me) => Offer(await FactsAsync(), me);
}
