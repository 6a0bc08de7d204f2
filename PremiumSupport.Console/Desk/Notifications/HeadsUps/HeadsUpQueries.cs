using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Desk.Notifications.HeadsUps;

/// <summary>What somebody was told of a colleague's deed; the colleague by the name they have now.</summary>
public sealed record HeadsUpView(long Id, HeadsUpKind Kind, long TicketNumber, string FromName, string Text, DateTimeOffset? DueAt, DateTimeOffset CreatedAt);

/// <summary>Reads heads-ups. Everybody reads their own.</summary>
public sealed class HeadsUpQueries(IDbContextFactory<SupportDb> factory)
{
    /// <summary>What the caller has not seen yet, newest first; at most so many.</summary>
    public async Task<IReadOnlyList<HeadsUpView>> OpenAsync(StaffCaller caller, int take, CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await db.Set<HeadsUp>().AsNoTracking()
            .Where(row => row.RecipientId == caller.StaffId && row.SeenAt == null)
            .OrderByDescending(row => row.Id).Take(take)
            .Select(row => new HeadsUpView(
                row.Id, row.Kind, row.TicketNumber, db.Users.Where(user => user.Id == row.FromId).Select(user => user.DisplayName).FirstOrDefault() ?? row.FromName, row.Text, row.DueAt, row.CreatedAt))
            .ToListAsync(cancellation);
    }

    /// <summary>The id of the newest of anybody; 0 when there is none.</summary>
    public async Task<long> LatestIdAsync(CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await db.Set<HeadsUp>().MaxAsync(row => (long?)row.Id, cancellation) ?? 0;
    }

    /// <summary>Who was told of anything after that id.</summary>
    public async Task<IReadOnlyList<Guid>> ToldAfterAsync(long id, CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await db.Set<HeadsUp>().Where(row => row.Id > id).Select(row => row.RecipientId).Distinct().ToListAsync(cancellation);
    }
}
