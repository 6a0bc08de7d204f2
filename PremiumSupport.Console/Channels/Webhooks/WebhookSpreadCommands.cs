using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Realtime;

namespace PremiumSupport.Channels.Webhooks;

/// <summary>
/// Makes messages of what happened to tickets: of rows that were written in the transaction of the deed, in one transaction with the cursor, so each fact becomes one message
/// to each endpoint, whatever crashes in between. Reads events and public messages; notes are another table that nothing here looks at (trust rules 4 and 5).
/// </summary>
public sealed class WebhookSpreadCommands(WriteQueue writes, IDbContextFactory<SupportDb> factory, ChangeBus bus, TimeProvider clock)
{
    private const int Batch = 50;

    private sealed record Fact(string Type, long Ticket, DateTimeOffset At, PublicMessage? Message);

    /// <summary>Makes messages of a batch of facts. True when there may be more.</summary>
    public async Task<bool> RunAsync(CancellationToken cancellation = default)
    {
        await using (var look = await factory.CreateDbContextAsync(cancellation))
        {
            // Nearly always nobody listens or nothing is new, and then nobody's write has to wait for this.
            if (!await look.Set<WebhookEndpoint>().AnyAsync(endpoint => endpoint.IsOn, cancellation) || !await IsNewAsync(look, cancellation))
            {
                return false;
            }
        }

        var made = await writes.RunAsync(SpreadAsync, cancellation: cancellation);
        if (made > 0)
        {
            bus.Publish(new(WebhookCommands.Topic, 0));
        }

        return true;
    }

    private static async Task<bool> IsNewAsync(SupportDb db, CancellationToken cancellation)
    {
        var (happening, message) = await WebhookCursor.ReadAsync(db);
        return await db.Set<TicketEvent>().AnyAsync(row => row.Id > happening, cancellation) || await db.Set<PublicMessage>().AnyAsync(row => row.Id > message, cancellation);
    }

    private async Task<int> SpreadAsync(SupportDb db)
    {
        var (lastEvent, lastMessage) = await WebhookCursor.ReadAsync(db);
        var happenings = await db.Set<TicketEvent>().AsNoTracking().Where(row => row.Id > lastEvent).OrderBy(row => row.Id).Take(Batch).ToListAsync();
        var messages = await db.Set<PublicMessage>().AsNoTracking().Where(row => row.Id > lastMessage).OrderBy(row => row.Id).Take(Batch).ToListAsync();
        var endpoints = await db.Set<WebhookEndpoint>().AsNoTracking().Where(endpoint => endpoint.IsOn).ToListAsync();
        long[] numbers = [.. happenings.Select(row => row.TicketNumber).Concat(messages.Select(row => row.TicketNumber)).Distinct()];
        var tickets = await db.Set<Ticket>().AsNoTracking().AsSplitQuery().Include(ticket => ticket.Account).Include(ticket => ticket.Requester).Include(ticket => ticket.Obligations)
            .Where(ticket => numbers.Contains(ticket.Number)).ToDictionaryAsync(ticket => ticket.Number);
        Guid[] people = [.. tickets.Values.Select(ticket => ticket.AssigneeId).OfType<Guid>().Distinct()];
        var assignees = await db.Users.Where(user => people.Contains(user.Id)).ToDictionaryAsync(user => user.Id, user => new WebhookPerson(user.Email!, user.DisplayName));
        var facts = happenings.Select(row => (Type: WebhookEvents.Of(row, tickets[row.TicketNumber].Obligations.Select(obligation => obligation.AtRiskAt)), row.TicketNumber, row.At, Message: (PublicMessage?)null))
            .Concat(messages.Select(row => (Type: WebhookEvents.Of(row), row.TicketNumber, At: row.SentAt, Message: (PublicMessage?)row)))
            .Where(fact => fact.Type is not null).Select(fact => new Fact(fact.Type!, fact.TicketNumber, fact.At, fact.Message)).OrderBy(fact => fact.At);
        var (now, made) = (clock.GetUtcNow(), 0);
        foreach (var fact in facts)
        {
            var listening = endpoints.Where(endpoint => endpoint.Events.Contains(fact.Type)).ToList();
            if (listening.Count == 0)
            {
                continue;
            }

            var ticket = tickets[fact.Ticket];
            var body = new WebhookMessage(fact.Type, fact.At, WebhookData.Of(ticket, ticket.AssigneeId is { } id ? assignees.GetValueOrDefault(id) : null, fact.Message)).ToJson();
            db.AddRange(listening.Select(endpoint => new WebhookDelivery { Id = Guid.CreateVersion7(now), EndpointId = endpoint.Id, Event = fact.Type, TicketNumber = fact.Ticket, Body = body, CreatedAt = now, DueAt = now }));
            made += listening.Count;
        }

        await WebhookCursor.WriteAsync(db, (happenings.LastOrDefault()?.Id ?? lastEvent, messages.LastOrDefault()?.Id ?? lastMessage));
        return made;
    }
}
