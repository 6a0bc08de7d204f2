using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Platform.Identity;

/// <summary>Staff rows as the write queue needs them: Identity's own manager saves through a connection of its own and would wait for the queue's lock.</summary>
internal static class StaffRows
{
    /// <summary>Checks what a person typed. A sentence for them, or null.</summary>
    public static string? Check(string name, string email) =>
        name.Trim().Length is 0 or > 100 ? "Enter a name of at most 100 characters."
        : !LooksLikeAddress(email.Trim()) ? "Enter an email address."
        : null;

    /// <summary>Adds a staff member. Null when the address is taken.</summary>
    public static async Task<StaffUser?> AddAsync(SupportDb db, ILookupNormalizer normalizer, string name, string email, string role)
    {
        var address = email.Trim();
        var normalized = normalizer.NormalizeEmail(address);
        if (await db.Users.AnyAsync(user => user.NormalizedEmail == normalized))
        {
            return null;
        }

        var user = new StaffUser
        {
            Id = Guid.CreateVersion7(),
            DisplayName = name.Trim(),
            Email = address,
            NormalizedEmail = normalized,
            UserName = address,
            NormalizedUserName = normalizer.NormalizeName(address),
            EmailConfirmed = true,
            LockoutEnabled = true,
            SecurityStamp = Secret.New(),
        };
        db.Add(user);
        await SetRoleAsync(db, user.Id, role);
        return user;
    }

    /// <summary>Gives the one role a person holds.</summary>
    public static async Task SetRoleAsync(SupportDb db, Guid staffId, string role)
    {
        var roleId = await db.Roles.Where(row => row.Name == role).Select(row => row.Id).SingleAsync();
        await db.UserRoles.Where(held => held.UserId == staffId).ExecuteDeleteAsync();
        db.Add(new IdentityUserRole<Guid> { UserId = staffId, RoleId = roleId });
    }

    /// <summary>The strongest role that a person holds; null when none.</summary>
    public static async Task<string?> RoleAsync(SupportDb db, Guid staffId)
    {
        var held = await db.UserRoles.Where(held => held.UserId == staffId).Join(db.Roles, held => held.RoleId, role => role.Id, (_, role) => role.Name).ToListAsync();
        return Roles.All.LastOrDefault(held.Contains);
    }

    /// <summary>Whether that person is an admin and no other is left who could sign in: who is invited has yet to come.</summary>
    public static async Task<bool> IsLastAdminAsync(SupportDb db, Guid staffId)
    {
        var admins = await db.UserRoles
            .Join(db.Roles.Where(role => role.Name == Roles.Admin), held => held.RoleId, role => role.Id, (held, _) => held.UserId)
            .Join(db.Users.Where(user => user.PasswordHash != null && (user.LockoutEnd == null || user.LockoutEnd != StaffCard.DisabledUntil)), id => id, user => user.Id, (id, _) => id)
            .ToListAsync();
        return admins is [var only] && only == staffId;
    }

    private static bool LooksLikeAddress(string email) =>
        email.Length is > 2 and <= 254 && !email.Any(char.IsWhiteSpace) && !email.Any(char.IsControl) && email.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < email.Length - 1 && at == email.LastIndexOf('@');
}
