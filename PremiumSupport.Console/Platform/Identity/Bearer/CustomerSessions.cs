using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Realtime;
using PremiumSupport.Sla;

namespace PremiumSupport.Platform.Identity.Bearer;

/// <summary>What begins a session. Whoever asks has checked the vendor's token.</summary>
/// <param name="ExpiresAt">The end of the vendor's token is the session's: the first instant it no longer works.</param>
public sealed record NewSession(Guid ContactId, ClientPlatform Platform, DateTimeOffset ExpiresAt)
{
    /// <summary>Which of the vendor's secrets signed the token.</summary>
    public string? KeyId { get; init; }

    /// <summary>The token, if it can be used once only.</summary>
    public TokenUse? Use { get; init; }

    /// <summary>Names the browser, so that it, and nobody else, may come again with the same token. See <see cref="SessionToken"/>.</summary>
    public string? BrowserKey { get; init; }
}

/// <summary>The use of an identity token that works once.</summary>
/// <param name="TokenId">Its <c>jti</c>.</param>
/// <param name="ForgetAt">From when on the token is refused by its age, so that its use need not be remembered.</param>
public sealed record TokenUse(string TokenId, DateTimeOffset ForgetAt);

/// <summary>A session and its token, which nobody but its browser ever gets.</summary>
public sealed record GivenSession(string Token, Guid ContactId, ClientPlatform Platform, DateTimeOffset ExpiresAt);

/// <summary>What became of an identity token that came before.</summary>
/// <param name="Session">The session that it began, for the browser that began it; null when that session is over, or for somebody else.</param>
public sealed record Replay(GivenSession? Session);

/// <summary>Begins, finds and ends the sessions of customers.</summary>
public sealed class CustomerSessions(WriteQueue writes, IDbContextFactory<SupportDb> database, ChangeBus bus, TimeProvider clock)
{
    /// <summary>The topic under which the change bus says that a session ended; the id is <see cref="NewsOf"/>, or <see cref="Any"/>.</summary>
    public const string Topic = "session";

    /// <summary>More than one session may have ended.</summary>
    public const long Any = 0;

    /// <summary>What the bus calls a session.</summary>
    public static long NewsOf(Guid sessionId) => BitConverter.ToInt64(sessionId.ToByteArray(), 8) is var tail and not Any ? tail : 1;

    /// <summary>Begins a session.</summary>
    /// <returns>The token, which is never to be had again, and its end.</returns>
    public async Task<(string Token, DateTimeOffset ExpiresAt)> CreateAsync(Guid contactId, ClientPlatform platform, DateTimeOffset expiresAt, CancellationToken cancellation = default) =>
        ((await BeginAsync(new(contactId, platform, expiresAt), cancellation))!.Token, expiresAt);

    /// <summary>
    /// Begins a session, or gives the one that the same token began to the browser that began it. Null when the token was used by somebody else, or for a session that
    /// is over: a token works once, and what a customer ended stays ended (trust rule 18).
    /// </summary>
    public Task<GivenSession?> BeginAsync(NewSession asked, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        var salt = asked.BrowserKey is null ? null : SessionToken.NewSalt();
        var token = salt is null ? Secret.New(CustomerSession.Prefix) : SessionToken.Make(salt, asked.BrowserKey!);
        return writes.RunAsync(
            async db =>
            {
                if (asked.Use is { } use && await FindReplayAsync(db, use.TokenId, asked.BrowserKey, null) is { } replay)
                {
                    return replay.Session;
                }

                var session = new CustomerSession
                {
                    Id = Guid.CreateVersion7(now),
                    Hash = Secret.Hash(token),
                    ContactId = asked.ContactId,
                    Platform = asked.Platform,
                    CreatedAt = now,
                    ExpiresAt = asked.ExpiresAt,
                    KeyId = asked.KeyId,
                    BrowserHash = asked.BrowserKey is null ? null : Secret.Hash(asked.BrowserKey),
                    Salt = salt,
                };
                db.Add(session);
                if (asked.Use is not null)
                {
                    db.Add(new UsedToken { Hash = Secret.Hash(asked.Use.TokenId), SessionId = session.Id, ForgetAt = asked.Use.ForgetAt });
                }

                return new GivenSession(token, session.ContactId, session.Platform, session.ExpiresAt);
            },
            cancellation: cancellation);
    }

    /// <summary>What became of a token that can be used once; null when it has not been.</summary>
    /// <param name="browserKey">The key by which whoever brings it names their browser.</param>
    /// <param name="held">The session's token that they hold already.</param>
    public async Task<Replay?> FindReplayAsync(string tokenId, string? browserKey, string? held, CancellationToken cancellation = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        return await FindReplayAsync(db, tokenId, browserKey, held);
    }

    /// <summary>The session of that token, also one that has expired; null when there is none.</summary>
    public async Task<CustomerSession?> FindAsync(string token, CancellationToken cancellation = default)
    {
        var hash = Secret.Hash(token);
        await using var db = await database.CreateDbContextAsync(cancellation);
        return await db.Set<CustomerSession>().AsNoTracking().SingleOrDefaultAsync(session => session.Hash == hash, cancellation);
    }

    /// <summary>Those of the sessions that still are.</summary>
    public async Task<IReadOnlySet<Guid>> LivingAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        await using var db = await database.CreateDbContextAsync(cancellation);
        var living = new HashSet<Guid>();
        foreach (var some in ids.Chunk(500))
        {
            living.UnionWith(await db.Set<CustomerSession>().Where(session => some.Contains(session.Id) && session.ExpiresAt > now).Select(session => session.Id).ToListAsync(cancellation));
        }

        return living;
    }

    /// <summary>
    /// Ends a session everywhere, and with it every other that the same browser began for the same person: somebody who logs out in one tab is gone from all of them.
    /// Hub connections close on every node. False when there was none.
    /// </summary>
    public async Task<bool> EndAsync(string token, CancellationToken cancellation = default)
    {
        var hash = Secret.Hash(token);
        var ended = await EndAsync(
            async db =>
            {
                var session = await db.Set<CustomerSession>().SingleOrDefaultAsync(session => session.Hash == hash);
                return session is { BrowserHash: { } browser }
                    ? await db.Set<CustomerSession>().Where(other => other.ContactId == session.ContactId && other.BrowserHash == browser).ToListAsync()
                    : session is null ? [] : [session];
            },
            cancellation);
        return ended > 0;
    }

    /// <summary>Ends every session of a contact, e.g. when the person is removed.</summary>
    public Task<int> EndAllAsync(Guid contactId, CancellationToken cancellation = default) =>
        EndAsync(db => db.Set<CustomerSession>().Where(session => session.ContactId == contactId).ToListAsync(), cancellation);

    /// <summary>Ends every session of several contacts, e.g. of a whole account.</summary>
    public Task<int> EndAllAsync(IReadOnlyCollection<Guid> contactIds, CancellationToken cancellation = default) =>
        EndAsync(db => db.Set<CustomerSession>().Where(session => contactIds.Contains(session.ContactId)).ToListAsync(), cancellation);

    /// <summary>
    /// Clears away what expired more than a day ago; until then a caller is told that the session expired, not that it never was. Likewise the uses of tokens that are
    /// refused by their age.
    /// </summary>
    public Task<int> RemoveExpiredAsync(CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        var before = now - TimeSpan.FromDays(1);
        return writes.RunAsync(
            async db => await db.Set<CustomerSession>().Where(session => session.ExpiresAt < before).ExecuteDeleteAsync()
                + await db.Set<UsedToken>().Where(used => used.ForgetAt <= now).ExecuteDeleteAsync(),
            cancellation: cancellation);
    }

    private static async Task<Replay?> FindReplayAsync(SupportDb db, string tokenId, string? browserKey, string? held)
    {
        var hash = Secret.Hash(tokenId);
        if (await db.Set<UsedToken>().AsNoTracking().SingleOrDefaultAsync(used => used.Hash == hash) is not { } use)
        {
            return null;
        }

        var session = await db.Set<CustomerSession>().AsNoTracking().SingleOrDefaultAsync(session => session.Id == use.SessionId);
        return new(session is not null && SessionToken.Of(session, browserKey, held) is { } token ? new(token, session.ContactId, session.Platform, session.ExpiresAt) : null);
    }

    private async Task<int> EndAsync(Func<SupportDb, Task<List<CustomerSession>>> which, CancellationToken cancellation)
    {
        var ended = await writes.RunAsync(
            async db =>
            {
                var sessions = await which(db);
                db.RemoveRange(sessions);
                return sessions.Select(session => session.Id).ToList();
            },
            ids =>
            {
                foreach (var id in ids)
                {
                    bus.Publish(new(Topic, NewsOf(id)));
                }
            },
            cancellation);
        return ended.Count;
    }
}
