using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Realtime;

namespace PremiumSupport.Platform.Identity.Bearer;

/// <summary>A key that was just made. <paramref name="Token"/> is never to be had again.</summary>
public sealed record NewApiKey(Guid Id, string Token);

/// <summary>Writes API keys, at the word of an admin.</summary>
public sealed class ApiKeyCommands(WriteQueue writes, ChangeBus bus, TimeProvider clock)
{
    /// <summary>The topic under which the change bus says that some key changed; the id is always 0. That one was used is no change.</summary>
    public const string Topic = "api-key";

    /// <summary>What the audit log calls them.</summary>
    public const string Area = "API keys";

    private const string ForAdmins = "Only an admin makes and ends API keys.";

    /// <summary>Makes a key of 256 random bits.</summary>
    /// <param name="staffId">For whom it acts.</param>
    /// <param name="name">1 to 100 characters.</param>
    /// <param name="scopes">At least one word of <see cref="Scopes"/>.</param>
    /// <param name="expiresAt">The first instant it no longer works, in the future; null for never.</param>
    /// <param name="admin">Who makes it.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public async Task<Attempt<NewApiKey>> CreateAsync(Guid staffId, string name, IReadOnlyCollection<string> scopes, DateTimeOffset? expiresAt, StaffCaller admin, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(admin);
        if (!admin.IsAdmin)
        {
            return new(null, ForAdmins);
        }

        var now = clock.GetUtcNow();
        if (Check(name, scopes) is { } problem)
        {
            return new(null, problem);
        }

        if (expiresAt <= now)
        {
            return new(null, "The key would have expired already.");
        }

        var token = Secret.New(ApiKey.Prefix);
        var key = Make(token, staffId, name, scopes, now);
        key.ExpiresAt = expiresAt;
        return await writes.RunAsync<Attempt<NewApiKey>>(
            async db =>
            {
                var user = await db.Users.SingleOrDefaultAsync(user => user.Id == staffId);
                if (user is null || user.LockoutEnd == StaffCard.DisabledUntil)
                {
                    return new(null, user is null ? "There is no such staff member." : $"{user.DisplayName} is switched off, and so would be the key.");
                }

                db.Add(key);
                admin.Note(db, now, "made", Subject(key), null, new { actsFor = user.Email, key.Scopes, key.ExpiresAt });
                return new NewApiKey(key.Id, token);
            },
            Tell,
            cancellation);
    }

    /// <summary>
    /// Makes a key that is as this one in all but its text, so that programs can be given the new one while the old one still works.
    /// </summary>
    /// <param name="id">One that works.</param>
    /// <param name="oldEndsIn">How long the old one goes on; zero or less ends it at once.</param>
    /// <param name="admin">Who does it.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public async Task<Attempt<NewApiKey>> RotateAsync(Guid id, TimeSpan oldEndsIn, StaffCaller admin, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(admin);
        if (!admin.IsAdmin)
        {
            return new(null, ForAdmins);
        }

        var now = clock.GetUtcNow();
        var token = Secret.New(ApiKey.Prefix);
        return await writes.RunAsync<Attempt<NewApiKey>>(
            async db =>
            {
                if (await db.Set<ApiKey>().SingleOrDefaultAsync(key => key.Id == id) is not { } old || !old.WorksAt(now))
                {
                    return new(null, "This key has ended; make a new one.");
                }

                var next = Make(token, old.StaffId, old.Name, old.Scopes, now);
                next.ExpiresAt = old.ExpiresAt;
                var before = new { old.ExpiresAt };
                var ends = now + (oldEndsIn > TimeSpan.Zero ? oldEndsIn : TimeSpan.Zero);
                old.ExpiresAt = old.ExpiresAt < ends ? old.ExpiresAt : ends;
                db.Add(next);
                admin.Note(db, now, "replaced", Subject(old), before, new { old.ExpiresAt, replacedBy = next.Hint });
                return new NewApiKey(next.Id, token);
            },
            Tell,
            cancellation);
    }

    /// <summary>Sees to it that a key with a text from the configuration exists and acts for that staff member; used by the demo workspace.</summary>
    /// <exception cref="ArgumentException">The text is empty or too long, or there is no such scope.</exception>
    public Task<Guid> EnsureAsync(string token, Guid staffId, string name, IReadOnlyCollection<string> scopes, CancellationToken cancellation = default)
    {
        if (Check(name, scopes) is { } problem)
        {
            throw new ArgumentException(problem, nameof(scopes));
        }

        if (string.IsNullOrWhiteSpace(token) || token.Length > Secret.MaxLength)
        {
            throw new ArgumentException($"An API key has 1 to {Secret.MaxLength} characters.", nameof(token));
        }

        var now = clock.GetUtcNow();
        return writes.RunAsync(
            async db =>
            {
                var hash = Secret.Hash(token);
                var key = await db.Set<ApiKey>().SingleOrDefaultAsync(key => key.Hash == hash);
                if (key is null)
                {
                    key = Make(token, staffId, name, scopes, now);
                    db.Add(key);
                }

                key.StaffId = staffId;
                key.Scopes = [.. scopes];
                key.RevokedAt = null;
                return key.Id;
            },
            cancellation: cancellation);
    }

    /// <summary>Ends a key at once and for good. False when there is no such key or it had ended before.</summary>
    public Task<bool> RevokeAsync(Guid id, StaffCaller admin, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(admin);
        if (!admin.IsAdmin)
        {
            return Task.FromResult(false);
        }

        var now = clock.GetUtcNow();
        return writes.RunAsync(
            async db =>
            {
                if (await db.Set<ApiKey>().SingleOrDefaultAsync(key => key.Id == id && key.RevokedAt == null) is not { } key)
                {
                    return false;
                }

                key.RevokedAt = now;
                admin.Note(db, now, "revoked", Subject(key));
                return true;
            },
            Tell,
            cancellation);
    }

    /// <summary>Notes when a key was used. <see cref="BearerHandler"/> calls it at most once a minute and key.</summary>
    internal Task<int> TouchAsync(Guid id, DateTimeOffset usedAt) => writes.RunAsync(
        db => db.Set<ApiKey>().Where(key => key.Id == id).ExecuteUpdateAsync(set => set.SetProperty(key => key.LastUsedAt, usedAt)));

    private void Tell<T>(T _) => bus.Publish(new(Topic, 0));

    private static (string Area, string Key, string Name) Subject(ApiKey key) => (Area, key.Hint, key.Name);

    private static string? Check(string name, IReadOnlyCollection<string> scopes) => name.Trim().Length is 0 or > 100
        ? "Give the key a name of 1 to 100 characters."
        : scopes.Count == 0 || scopes.Except(Scopes.All).Any() ? $"A key needs at least one scope of: {string.Join(", ", Scopes.All)}." : null;

    private static ApiKey Make(string token, Guid staffId, string name, IReadOnlyCollection<string> scopes, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Name = name.Trim(),
        Hash = Secret.Hash(token),
        // A configured key may be short; no more than a third of it may ever be shown.
        Hint = token[..Math.Min(8, token.Length / 3)] + "…",
        Scopes = [.. scopes.Distinct()],
        StaffId = staffId,
        CreatedAt = now,
    };
}
