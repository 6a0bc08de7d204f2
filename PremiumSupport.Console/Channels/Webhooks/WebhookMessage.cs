using System.Text.Json;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Web;
using PremiumSupport.Sla;

namespace PremiumSupport.Channels.Webhooks;

/// <summary>What an endpoint is sent. It is made of public things alone: a note is another type and has no way in here (trust rule 5).</summary>
/// <param name="Type">The event.</param>
/// <param name="Timestamp">When it happened.</param>
public sealed record WebhookMessage(string Type, DateTimeOffset Timestamp, WebhookData Data)
{
    /// <summary>As it is sent.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, WireJson.Options);
}

/// <summary>What happened to what.</summary>
/// <param name="Ticket">The ticket as it stood when the message was made; null for a test.</param>
/// <param name="Message">The message that was written, for those events.</param>
public sealed record WebhookData(WebhookTicket? Ticket, WebhookWords? Message = null)
{
    /// <summary>The data of a ticket.</summary>
    /// <param name="ticket">With account, requester and obligations.</param>
    public static WebhookData Of(Ticket ticket, WebhookPerson? assignee, PublicMessage? message) => new(
        new(
            ticket.Number, ticket.Subject, ticket.Channel, ticket.Status, ticket.Severity, ticket.Claim, ticket.Account!.Key, ticket.Account.Name,
            new(ticket.Requester!.Email, ticket.Requester.Name), ticket.RequesterRole, assignee, ticket.MergedInto, ticket.CreatedAt, ticket.NextDueAt,
            [.. ticket.Obligations.OrderBy(obligation => obligation.Id).Select(obligation => new WebhookPromise(obligation.Metric, obligation.Cycle, obligation.Commitment, obligation.DueAt, obligation.AnsweredAt, obligation.BreachedAt))]),
        message is null ? null : new(message.Sequence, message.From, message.AuthorName, message.Body, message.SentAt));
}

/// <summary>Somebody.</summary>
public sealed record WebhookPerson(string Email, string Name);

/// <summary>A ticket, as much of it as its customer knows.</summary>
public sealed record WebhookTicket(
    long Number, string Subject, Channel Channel, TicketStatus Status, Severity Severity, ClaimState Claim, string Account, string AccountName, WebhookPerson Requester, RequesterRole RequesterRole,
    WebhookPerson? Assignee, long? MergedInto, DateTimeOffset CreatedAt, DateTimeOffset? NextDueAt, IReadOnlyList<WebhookPromise> Obligations);

/// <summary>What is promised about it.</summary>
public sealed record WebhookPromise(Metric Metric, int Cycle, Commitment Commitment, DateTimeOffset DueAt, DateTimeOffset? AnsweredAt, DateTimeOffset? BreachedAt);

/// <summary>What somebody wrote, as the other side sees it.</summary>
public sealed record WebhookWords(long Sequence, MessageFrom From, string AuthorName, string Body, DateTimeOffset SentAt);
