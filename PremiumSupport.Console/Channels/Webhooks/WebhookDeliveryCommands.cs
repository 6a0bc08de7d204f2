using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Realtime;

namespace PremiumSupport.Channels.Webhooks;

/// <summary>A message that somebody took, and where it goes.</summary>
public sealed record TakenDelivery(WebhookDelivery Delivery, WebhookEndpoint Endpoint);

/// <summary>What is done with messages once they are written: taken, and noted what became of them.</summary>
public sealed class WebhookDeliveryCommands(WriteQueue writes, ChangeBus bus, TimeProvider clock)
{
    /// <summary>Takes messages that are due. Nobody else gets them while the lease lasts; a node that dies gives them back at its end.</summary>
    public Task<IReadOnlyList<TakenDelivery>> TakeAsync(int most, CancellationToken cancellation = default) => writes.RunAsync<IReadOnlyList<TakenDelivery>>(
        async db =>
        {
            var (now, lease) = (clock.GetUtcNow(), Guid.NewGuid());
            var due = await db.Set<WebhookDelivery>().Where(row => row.State == DeliveryState.Waiting && row.DueAt <= now)
                .Join(db.Set<WebhookEndpoint>().Where(endpoint => endpoint.IsOn), row => row.EndpointId, endpoint => endpoint.Id, (row, endpoint) => new { row, endpoint })
                .OrderBy(both => both.row.DueAt).Take(most).ToListAsync();
            foreach (var both in due)
            {
                (both.row.Lease, both.row.DueAt, both.row.TriedAt) = (lease, now + WebhookRules.LeaseFor, now);
                both.row.Tries++;
            }

            return [.. due.Select(both => new TakenDelivery(both.row, both.endpoint))];
        },
        cancellation: cancellation);

    /// <summary>Notes what became of a try. Says nothing when somebody else has the message by now, unless it was delivered.</summary>
    /// <param name="status">The answer's; null when there was none.</param>
    /// <param name="answer">Its beginning, or why there was none.</param>
    public Task NoteAsync(WebhookDelivery taken, int? status, string answer, CancellationToken cancellation = default)
    {
        var chance = Random.Shared.NextDouble();
        return writes.RunAsync(
            async db =>
            {
                var isDelivered = status is >= 200 and < 300;
                if (await db.Set<WebhookDelivery>().SingleOrDefaultAsync(row => row.Id == taken.Id && row.State == DeliveryState.Waiting) is not { } row || (!isDelivered && row.Lease != taken.Lease))
                {
                    return false;
                }

                var now = clock.GetUtcNow();
                (row.Lease, row.Status, row.Answer) = (null, status, answer.Length <= WebhookLimits.Answer ? answer : answer[..(WebhookLimits.Answer - 1)] + "…");
                (row.State, row.DueAt) = isDelivered ? (DeliveryState.Delivered, row.DueAt) : WebhookRules.NextTry(row.Tries, status, now, chance) is { } next ? (DeliveryState.Waiting, next) : (DeliveryState.Dead, row.DueAt);
                return true;
            },
            _ => bus.Publish(new(WebhookCommands.Topic, 0)),
            cancellation);
    }

    /// <summary>Forgets what came to an end long ago.</summary>
    public Task<int> CleanAsync(CancellationToken cancellation = default) => writes.RunAsync(
        db =>
        {
            var before = clock.GetUtcNow() - WebhookRules.Keeps;
            return db.Set<WebhookDelivery>().Where(row => row.State != DeliveryState.Waiting && row.CreatedAt < before).ExecuteDeleteAsync();
        },
        cancellation: cancellation);
}
