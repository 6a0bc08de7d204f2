using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Desk.Tickets.Tags;

/// <summary>Reads which tags are in use.</summary>
public sealed class TagQueries(IDbContextFactory<SupportDb> factory)
{
    private const int LookedAt = 500;
    private const int Most = 50;

    /// <summary>The tags of the newest tickets that came in here, the most used first: what is suggested where one is added.</summary>
    public async Task<IReadOnlyList<string>> UsedAsync(StaffCaller caller, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var tags = await db.Set<Ticket>().AsNoTracking().Where(ticket => ticket.ExternalReference == null).OrderByDescending(ticket => ticket.Number).Take(LookedAt).Select(ticket => ticket.Tags).ToListAsync(cancellation);
        return [.. tags.SelectMany(all => all).CountBy(tag => tag).OrderByDescending(used => used.Value).ThenBy(used => used.Key, StringComparer.Ordinal).Take(Most).Select(used => used.Key)];
    }
}
