using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Sla;

namespace PremiumSupport.Platform.Identity.Bearer;

/// <summary>Begins, finds and ends the sessions of customers.</summary>
public sealed class CustomerSessions(WriteQueue writes, IDbContextFactory<SupportDb> database, TimeProvider clock)
{
    /// <summary>Begins a session. Whoever calls has checked the vendor's token, whose end is the session's.</summary>
    /// <param name="expiresAt">The first instant it no longer works.</param>
    /// <returns>The token, which is never to be had again, and its end.</returns>
    public async Task<(string Token, DateTimeOffset ExpiresAt)> CreateAsync(Guid contactId, ClientPlatform platform, DateTimeOffset expiresAt, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        var token = Secret.New(CustomerSession.Prefix);
        var session = new CustomerSession
        {
            Id = Guid.CreateVersion7(now),
            Hash = Secret.Hash(token),
            ContactId = contactId,
            Platform = platform,
            CreatedAt = now,
            ExpiresAt = expiresAt,
        };
        await writes.RunAsync(
            db =>
            {
                db.Add(session);
                return Task.FromResult(true);
            },
            cancellation: cancellation);
        return (token, expiresAt);
    }

    /// <summary>The session of that token, also one that has expired; null when there is none.</summary>
    public async Task<CustomerSession?> FindAsync(string token, CancellationToken cancellation = default)
    {
        var hash = Secret.Hash(token);
        await using var db = await database.CreateDbContextAsync(cancellation);
        return await db.Set<CustomerSession>().AsNoTracking().SingleOrDefaultAsync(session => session.Hash == hash, cancellation);
    }

    /// <summary>Ends one session. False when there was none.</summary>
    public Task<bool> EndAsync(string token, CancellationToken cancellation = default)
    {
        var hash = Secret.Hash(token);
        return writes.RunAsync(async db => await db.Set<CustomerSession>().Where(session => session.Hash == hash).ExecuteDeleteAsync() > 0, cancellation: cancellation);
    }

    /// <summary>Ends every session of a contact, e.g. when the person is removed.</summary>
    public Task<int> EndAllAsync(Guid contactId, CancellationToken cancellation = default) =>
        writes.RunAsync(db => db.Set<CustomerSession>().Where(session => session.ContactId == contactId).ExecuteDeleteAsync(), cancellation: cancellation);

    /// <summary>Clears away what expired more than a day ago; until then a caller is told that the session expired, not that it never was.</summary>
    public Task<int> RemoveExpiredAsync(CancellationToken cancellation = default)
    {
        var before = clock.GetUtcNow() - TimeSpan.FromDays(1);
        return writes.RunAsync(db => db.Set<CustomerSession>().Where(session => session.ExpiresAt < before).ExecuteDeleteAsync(), cancellation: cancellation);
    }
}
