using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Platform.Identity;

/// <summary>Somebody a ticket can be given to.</summary>
public sealed record StaffMember(Guid Id, string Email, string Name);

/// <summary>Reads who is on the staff.</summary>
public sealed class StaffQueries(IDbContextFactory<SupportDb> factory)
{
    /// <summary>All of the staff by name.</summary>
    public async Task<IReadOnlyList<StaffMember>> ListAsync(CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await db.Users.AsNoTracking().OrderBy(user => user.DisplayName).Select(user => new StaffMember(user.Id, user.Email!, user.DisplayName)).ToListAsync(cancellation);
    }

    /// <summary>The member of that address, in any letter case; null when there is none.</summary>
    public async Task<StaffMember?> FindAsync(string email, CancellationToken cancellation = default)
    {
        var normalized = email.Trim().ToUpperInvariant();
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await db.Users.AsNoTracking().Where(user => user.NormalizedEmail == normalized).Select(user => new StaffMember(user.Id, user.Email!, user.DisplayName)).SingleOrDefaultAsync(cancellation);
    }
}
