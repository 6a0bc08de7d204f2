using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Platform.Identity;

/// <summary>Says who is online: on this node as of now, on the others as of their last heartbeat.</summary>
public sealed class PresenceQueries(IDbContextFactory<SupportDb> factory, StaffPresence presence, TimeProvider clock)
{
    /// <summary>Everybody online, and those of them whose role is to answer customers.</summary>
    public async Task<(IReadOnlySet<Guid> All, IReadOnlySet<Guid> Specialists)> OnlineAsync(CancellationToken cancellation = default)
    {
        var (node, since) = (presence.NodeId, clock.GetUtcNow() - PresenceHeartbeat.Counts);
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var elsewhere = await db.Set<PresenceRow>().AsNoTracking().Where(row => row.NodeId != node && row.SeenAt >= since).Select(row => row.StaffId).ToListAsync(cancellation);
        HashSet<Guid> all = [.. presence.Here, .. elsewhere];
        var specialists = await db.UserRoles
            .Where(held => all.Contains(held.UserId))
            .Join(db.Roles.Where(role => role.Name == Roles.Specialist), held => held.RoleId, role => role.Id, (held, _) => held.UserId)
            .ToListAsync(cancellation);
        return (all, specialists.ToHashSet());
    }
}
