using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Platform.Identity.Bearer;

/// <summary>A key that was just made. <paramref name="Token"/> is never to be had again.</summary>
public sealed record NewApiKey(Guid Id, string Token);

/// <summary>Writes API keys.</summary>
public sealed class ApiKeyCommands(WriteQueue writes, TimeProvider clock)
{
    /// <summary>Makes a key of 256 random bits.</summary>
    /// <param name="staffId">For whom it acts.</param>
    /// <param name="name">1 to 100 characters.</param>
    /// <param name="scopes">At least one word of <see cref="Scopes"/>.</param>
    /// <param name="expiresAt">The first instant it no longer works, in the future; null for never.</param>
    public async Task<Attempt<NewApiKey>> CreateAsync(Guid staffId, string name, IReadOnlyCollection<string> scopes, DateTimeOffset? expiresAt = null, CancellationToken cancellation = default)
    {
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
                if (!await db.Users.AnyAsync(user => user.Id == staffId))
                {
                    return new(null, "There is no such staff member.");
                }

                db.Add(key);
                return new NewApiKey(key.Id, token);
            },
            cancellation: cancellation);
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
    public Task<bool> RevokeAsync(Guid id, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        return writes.RunAsync(
            async db => await db.Set<ApiKey>().Where(key => key.Id == id && key.RevokedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(key => key.RevokedAt, now)) > 0,
            cancellation: cancellation);
    }

    /// <summary>Notes when a key was used. <see cref="BearerHandler"/> calls it at most once a minute and key.</summary>
    internal Task<int> TouchAsync(Guid id, DateTimeOffset usedAt) => writes.RunAsync(
        db => db.Set<ApiKey>().Where(key => key.Id == id).ExecuteUpdateAsync(set => set.SetProperty(key => key.LastUsedAt, usedAt)));

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
