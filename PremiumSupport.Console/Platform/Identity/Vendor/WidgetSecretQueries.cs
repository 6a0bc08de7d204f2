using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Platform.Identity.Vendor;

/// <summary>A secret as the admin page lists it; never its text.</summary>
/// <param name="IsReadable">False when this node's key ring cannot open it: tokens that it signed are refused.</param>
/// <param name="IsStillUsed">It is retired, and yet a token signed with it came within the last day.</param>
public sealed record WidgetSecretRow(
    string KeyId, SecretOrigin Origin, DateTimeOffset CreatedAt, string? CreatedBy, DateTimeOffset? LastUsedAt, DateTimeOffset? RetiredAt, string? RetiredBy, int? EndedSessions,
    DateTimeOffset? RefusedAt, int OpenSessions, bool IsReadable, bool IsStillUsed)
{
    /// <summary>Whether tokens signed with it are taken.</summary>
    public bool IsActive => RetiredAt is null;
}

/// <summary>Reads the secrets for identity tokens.</summary>
public sealed class WidgetSecretQueries(IDbContextFactory<SupportDb> database, WidgetSecrets secrets, TimeProvider clock)
{
    private static readonly TimeSpan Recently = TimeSpan.FromDays(1);

    /// <summary>Active ones first, then the retired ones, each the newest at the front.</summary>
    public async Task<IReadOnlyList<WidgetSecretRow>> ListAsync(CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        await using var db = await database.CreateDbContextAsync(cancellation);
        var rows = await db.Set<WidgetSecret>().AsNoTracking().ToListAsync(cancellation);
        var open = await db.Set<Bearer.CustomerSession>().Where(session => session.KeyId != null && session.ExpiresAt > now)
            .GroupBy(session => session.KeyId!).Select(group => new { KeyId = group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.KeyId, group => group.Count, cancellation);
        return [.. rows.OrderBy(row => row.RetiredAt is not null).ThenByDescending(row => row.CreatedAt).Select(row => new WidgetSecretRow(
            row.KeyId, row.Origin, row.CreatedAt, row.CreatedBy, row.LastUsedAt, row.RetiredAt, row.RetiredBy, row.EndedSessions, row.RefusedAt,
            open.GetValueOrDefault(row.KeyId), secrets.Open(row) is not null, row.RetiredAt is not null && now - row.RefusedAt < Recently))];
    }
}
