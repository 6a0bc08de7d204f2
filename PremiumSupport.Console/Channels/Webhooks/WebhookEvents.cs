using PremiumSupport.Desk.Tickets;
using PremiumSupport.Sla;

namespace PremiumSupport.Channels.Webhooks;

/// <summary>What programs can be told of, and which facts of a ticket that is. Pure.</summary>
public static class WebhookEvents
{
    /// <summary>A message that somebody asked for to try the way.</summary>
    public const string Test = "webhook.test";

    /// <summary>Every event that can be subscribed to, with what it says.</summary>
    public static IReadOnlyList<(string Name, string What)> All { get; } =
    [
        ("ticket.created", "somebody asked for help"),
        ("ticket.answered", "a person of the staff wrote to the customer"),
        ("ticket.replied", "the customer wrote again"),
        ("ticket.assigned", "it has somebody else, or nobody"),
        ("ticket.severity_changed", "its severity was changed, or a claim was confirmed or declined"),
        ("ticket.solved", "it was solved"),
        ("ticket.closed", "it was closed"),
        ("ticket.reopened", "it was opened again"),
        ("ticket.merged", "it goes on in another ticket"),
        ("sla.warned", "a promise has less time left"),
        ("sla.at_risk", "a promise is at risk from now on"),
        ("sla.breached", "a promise was missed"),
    ];

    /// <summary>The event that a fact of the timeline is; null for facts that are none.</summary>
    /// <param name="atRisk">When the ticket's promises come to be at risk.</param>
    public static string? Of(TicketEvent happening, IEnumerable<DateTimeOffset> atRisk) => happening.Kind switch
    {
        TicketEventKind.Opened => "ticket.created",
        TicketEventKind.Assigned or TicketEventKind.Unassigned => "ticket.assigned",
        TicketEventKind.SeverityChanged or TicketEventKind.ClaimConfirmed or TicketEventKind.ClaimDeclined => "ticket.severity_changed",
        TicketEventKind.StatusChanged when happening.Detail == "solved" => "ticket.solved",
        TicketEventKind.StatusChanged when happening.Detail == "closed" => "ticket.closed",
        TicketEventKind.Reopened => "ticket.reopened",
        TicketEventKind.Merged => "ticket.merged",
        TicketEventKind.Warned => atRisk.Any(at => ObligationClock.Text(at) == happening.Before) ? "sla.at_risk" : "sla.warned",
        TicketEventKind.Breached => "sla.breached",
        _ => null,
    };

    /// <summary>The event that a public message is; null for the first, which comes with the ticket, and for machines'.</summary>
    public static string? Of(PublicMessage message) => message switch
    {
        { From: MessageFrom.Staff, IsAutomated: false } => "ticket.answered",
        { From: MessageFrom.Customer, Sequence: > 1 } => "ticket.replied",
        _ => null,
    };
}
