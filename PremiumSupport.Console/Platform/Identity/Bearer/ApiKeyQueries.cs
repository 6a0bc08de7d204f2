using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Platform.Identity.Bearer;

/// <summary>A key as the admin page lists it.</summary>
/// <param name="LastUsedAt">To the minute; null when never.</param>
/// <param name="Works">False when revoked or expired.</param>
public sealed record ApiKeyRow(
    Guid Id, string Name, string Hint, IReadOnlyList<string> Scopes, string StaffName, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt, DateTimeOffset? RevokedAt, bool Works);

/// <summary>Reads API keys.</summary>
public sealed class ApiKeyQueries(IDbContextFactory<SupportDb> database, TimeProvider clock)
{
    private static readonly CompiledQuery<Func<SupportDb, string, CancellationToken, Task<ApiKey?>>> ByHash = new(() =>
        EF.CompileAsyncQuery((SupportDb db, string hash, CancellationToken cancellation) => db.Set<ApiKey>().AsNoTracking().SingleOrDefault(key => key.Hash == hash)));

    /// <summary>Every key, newest first, ended ones included.</summary>
    public async Task<IReadOnlyList<ApiKeyRow>> ListAsync(CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        await using var db = await database.CreateDbContextAsync(cancellation);
        var rows = await db.Set<ApiKey>().AsNoTracking()
            .Join(db.Users, key => key.StaffId, user => user.Id, (key, user) => new { Key = key, user.DisplayName })
            .OrderByDescending(row => row.Key.CreatedAt)
            .ToListAsync(cancellation);
        return [.. rows.Select(row => new ApiKeyRow(
            row.Key.Id, row.Key.Name, row.Key.Hint, row.Key.Scopes, row.DisplayName, row.Key.CreatedAt, row.Key.ExpiresAt, row.Key.LastUsedAt, row.Key.RevokedAt, row.Key.WorksAt(now)))];
    }

    /// <summary>The key of that text, ended ones included; null when there is none.</summary>
    internal async Task<ApiKey?> FindAsync(string token, CancellationToken cancellation)
    {
        var hash = Secret.Hash(token);
        await using var db = await database.CreateDbContextAsync(cancellation);
        return await ByHash.On(db)(db, hash, cancellation);
    }
}
