using PremiumSupport.Desk.Tickets.Calls;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets.Requests;

/// <summary>What a customer may do to their own request besides writing: pure functions of facts and now, like <see cref="TicketRules"/>.</summary>
public static class RequestRules
{
    /// <summary>
    /// The customer needs no more help: the request is solved, and writing or reopening opens it again. It is a status like any other, so it neither answers nor pauses nor ends
    /// what is owed: a promise that nobody has kept yet goes on and, unanswered, is missed at its deadline (rules 4 and 5: no status can buy time before anyone has spoken; only an
    /// answer, a merge or an exception does anything to a promise). A specialist can still keep it by answering the solved request. What stood still because we waited for the
    /// customer runs again, because we wait no longer (rule 6). Done to a solved one, it changes nothing. A callback is another matter: who needs no help wants no call, so it is
    /// cancelled with it.
    /// </summary>
    public static Outcome<TicketDecision> Close(TicketFacts ticket, DateTimeOffset now) => ticket.Status switch
    {
        TicketStatus.Closed => TicketRules.Closed,
        TicketStatus.Solved => TicketRules.CatchUp(ticket, now),
        _ => TicketRules.Move(CallRules.Withdraw(TicketRules.CatchUp(ticket, now), Withdrawal.Cancelled, now), ticket, TicketStatus.Solved, now),
    };

    /// <summary>
    /// The customer needs more help with a solved request, and has not said what yet. First response is never armed again; a next response is owed from now on where the ticket's
    /// policy promises one and nothing is owed already (rules 6 and 7). A closed one stays closed; to one that is open already it changes nothing.
    /// </summary>
    public static Outcome<TicketDecision> Reopen(TicketFacts ticket, DateTimeOffset now) => ticket.Status switch
    {
        TicketStatus.Closed => TicketRules.Closed,
        TicketStatus.Solved => PromiseRules.OweNext(TicketRules.Reopen(TicketRules.CatchUp(ticket, now), ticket, now), ticket, now),
        _ => TicketRules.CatchUp(ticket, now),
    };
}
