using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Platform.Identity;

/// <summary>Somebody a ticket can be given to.</summary>
public sealed record StaffMember(Guid Id, string Email, string Name);

/// <summary>A staff member as the admin page lists them.</summary>
/// <param name="Role">The strongest role held; null when none.</param>
/// <param name="HasPassword">False while an invitation waits to be used.</param>
/// <param name="LastSeenAt">To the minute; null when never.</param>
/// <param name="LinkEndsAt">Until when a link to choose a password works; null when there is none that does.</param>
public sealed record StaffRow(Guid Id, string Name, string Email, string? Role, bool IsDisabled, bool HasPassword, DateTimeOffset? LastSeenAt, DateTimeOffset? LinkEndsAt);

/// <summary>Reads staff.</summary>
public sealed class StaffQueries(IDbContextFactory<SupportDb> database, TimeProvider clock)
{
    /// <summary>Every staff member by name, disabled ones included.</summary>
    public async Task<IReadOnlyList<StaffRow>> ListAsync(CancellationToken cancellation = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        var held = (await db.UserRoles.Join(db.Roles, held => held.RoleId, role => role.Id, (held, role) => new { held.UserId, role.Name }).ToListAsync(cancellation)).ToLookup(row => row.UserId, row => row.Name);
        var users = await db.Users.AsNoTracking().OrderBy(user => user.DisplayName).ToListAsync(cancellation);
        var now = clock.GetUtcNow();
        // A mail that was tried twice has brought two.
        var links = (await db.Set<StaffLink>().Where(link => link.Kind == StaffLinkKind.Password && link.StaffId != null && link.ExpiresAt > now).Select(link => new { link.StaffId, link.ExpiresAt }).ToListAsync(cancellation))
            .GroupBy(link => link.StaffId!.Value).ToDictionary(own => own.Key, own => own.Max(link => link.ExpiresAt));
        return [.. users.Select(user => new StaffRow(
            user.Id, user.DisplayName, user.Email ?? "", Roles.All.LastOrDefault(role => held[user.Id].Contains(role)), user.LockoutEnd == StaffCard.DisabledUntil, user.PasswordHash is not null,
            user.LastSeenAt, links.TryGetValue(user.Id, out var ends) ? ends : null))];
    }

    /// <summary>Those a ticket can be given to: everybody by name but those who are disabled.</summary>
    public async Task<IReadOnlyList<StaffMember>> AssignableAsync(CancellationToken cancellation = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        return await Enabled(db).OrderBy(user => user.DisplayName).Select(user => new StaffMember(user.Id, user.Email!, user.DisplayName)).ToListAsync(cancellation);
    }

    /// <summary>The member of that address, in any letter case; null when there is none or they are disabled.</summary>
    public async Task<StaffMember?> FindAsync(string email, CancellationToken cancellation = default)
    {
        var normalized = email.Trim().ToUpperInvariant();
        await using var db = await database.CreateDbContextAsync(cancellation);
        return await Enabled(db).Where(user => user.NormalizedEmail == normalized).Select(user => new StaffMember(user.Id, user.Email!, user.DisplayName)).SingleOrDefaultAsync(cancellation);
    }

    private static IQueryable<StaffUser> Enabled(SupportDb db) =>
        db.Users.AsNoTracking().Where(user => user.LockoutEnd != StaffCard.DisabledUntil);
}
