using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Entitlements;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Desk.Tickets.Publishing;

/// <summary>Reads the history of the policy and its draft.</summary>
public sealed class PolicyQueries(IDbContextFactory<SupportDb> factory)
{
    /// <summary>Versions, newest first: those below <paramref name="below"/>, where it is given.</summary>
    public async Task<IReadOnlyList<PolicyVersionView>> VersionsAsync(int? below = null, int most = 200, CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await db.Set<PolicyVersion>().AsNoTracking()
            .Where(row => below == null || row.Version < below)
            .OrderByDescending(row => row.Version)
            .Take(most)
            .Select(row => new PolicyVersionView(row.Version, row.Note, row.AuthorName, row.PublishedAt, row.AppliesTo, row.AppliedAt, row.Tzdb))
            .ToListAsync(cancellation);
    }

    /// <summary>One version; null when there is none of that number.</summary>
    public async Task<PolicyVersionView?> VersionAsync(int version, CancellationToken cancellation = default) =>
        version < int.MaxValue && await VersionsAsync(version + 1, 1, cancellation) is [var found] && found.Version == version ? found : null;

    /// <summary>The draft; null when nobody has begun one.</summary>
    public async Task<PolicyDraftView?> DraftAsync(CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await db.Set<PolicyDraftRow>().AsNoTracking().SingleOrDefaultAsync(cancellation) is { } row ? ToView(row) : null;
    }

    /// <summary>A stored draft as a view.</summary>
    internal static PolicyDraftView ToView(PolicyDraftRow row) => new(PolicyJson.ReadDraft(row.Json), row.BasedOn, row.EditorId, row.EditorName, row.EditedAt, row.Version);

    /// <summary>A stored version as a view.</summary>
    internal static PolicyVersionView ToView(PolicyVersion row) => new(row.Version, row.Note, row.AuthorName, row.PublishedAt, row.AppliesTo, row.AppliedAt, row.Tzdb);
}
