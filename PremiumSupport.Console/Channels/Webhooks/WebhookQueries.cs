using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Channels.Webhooks;

/// <summary>An endpoint and how its messages stand. Its secret is nowhere in it.</summary>
public sealed record WebhookRow(Guid Id, string Name, string Url, IReadOnlyList<string> Events, bool IsOn, DateTimeOffset CreatedAt, DateTimeOffset? PreviousEndsAt, int Waiting, int Dead);

/// <summary>Reads endpoints and messages.</summary>
public sealed class WebhookQueries(IDbContextFactory<SupportDb> factory, TimeProvider clock)
{
    /// <summary>Every endpoint by name.</summary>
    public async Task<IReadOnlyList<WebhookRow>> ListAsync(CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var counts = (await db.Set<WebhookDelivery>().Where(row => row.State == DeliveryState.Waiting || row.State == DeliveryState.Dead)
            .GroupBy(row => new { row.EndpointId, row.State }).Select(group => new { group.Key.EndpointId, group.Key.State, Count = group.Count() }).ToListAsync(cancellation)).ToDictionary(group => (group.EndpointId, group.State), group => group.Count);
        var rows = await db.Set<WebhookEndpoint>().AsNoTracking().OrderBy(row => row.Name).ToListAsync(cancellation);
        return [.. rows.Select(row => new WebhookRow(
            row.Id, row.Name, row.Url, row.Events, row.IsOn, row.CreatedAt, row.PreviousEndsAt > now ? row.PreviousEndsAt : null,
            counts.GetValueOrDefault((row.Id, DeliveryState.Waiting)), counts.GetValueOrDefault((row.Id, DeliveryState.Dead))))];
    }

    /// <summary>The newest messages of an endpoint.</summary>
    public async Task<IReadOnlyList<WebhookDelivery>> DeliveriesAsync(Guid endpointId, int most, CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await db.Set<WebhookDelivery>().AsNoTracking().Where(row => row.EndpointId == endpointId).OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).Take(most).ToListAsync(cancellation);
    }

    /// <summary>When the next message falls due; null when none waits.</summary>
    public async Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await db.Set<WebhookDelivery>().Where(row => row.State == DeliveryState.Waiting && db.Set<WebhookEndpoint>().Any(endpoint => endpoint.Id == row.EndpointId && endpoint.IsOn)).MinAsync(row => (DateTimeOffset?)row.DueAt, cancellation);
    }
}
