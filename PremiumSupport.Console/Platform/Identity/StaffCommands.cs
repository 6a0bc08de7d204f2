using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Realtime;

namespace PremiumSupport.Platform.Identity;

/// <summary>
/// Writes staff. Whatever takes something away from a person ends all that the person has open: cookies, circuits, hub connections and, when disabled, API keys
/// (trust rule 7).
/// </summary>
public sealed class StaffCommands(WriteQueue writes, ChangeBus bus, ILookupNormalizer normalizer, IPasswordHasher<StaffUser> hasher, PublicUrl publicUrl, TimeProvider clock)
{
    private static readonly StaffUser Anybody = new();

    /// <summary>Adds a staff member and returns the link by which they choose a password.</summary>
    public async Task<Attempt<Uri>> InviteAsync(string name, string email, string role, CancellationToken cancellation = default)
    {
        if ((StaffRows.Check(name, email) ?? CheckRole(role)) is { } problem)
        {
            return new(null, problem);
        }

        var now = clock.GetUtcNow();
        var token = await writes.RunAsync(
            async db => await StaffRows.AddAsync(db, normalizer, name, email, role) is { } user ? await StaffLinks.AddAsync(db, StaffLinkKind.Password, user.Id, now) : null,
            cancellation: cancellation);
        return token is null ? new Attempt<Uri>(null, "Somebody with this address is here already.") : PasswordLink(token);
    }

    /// <summary>A link by which a person chooses a new password. The old one works until then.</summary>
    public async Task<Attempt<Uri>> ResetPasswordAsync(Guid staffId, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        var token = await writes.RunAsync(
            async db => await db.Users.AnyAsync(user => user.Id == staffId) ? await StaffLinks.AddAsync(db, StaffLinkKind.Password, staffId, now) : null,
            cancellation: cancellation);
        return token is null ? new Attempt<Uri>(null, "There is no such staff member.") : PasswordLink(token);
    }

    /// <summary>Uses a link up and sets the password. The staff member's id.</summary>
    public async Task<Attempt<Guid>> ChoosePasswordAsync(string token, string password, CancellationToken cancellation = default)
    {
        if (StaffPassword.Check(password) is { } problem)
        {
            return new(default, problem);
        }

        var now = clock.GetUtcNow();
        var hash = hasher.HashPassword(Anybody, password);
        return await ChangeAsync(
            async db =>
            {
                if (await StaffLinks.FindAsync(db, StaffLinkKind.Password, token, now) is not { StaffId: { } staffId } link)
                {
                    return new(default, "This link has been used or has expired.");
                }

                db.Remove(link);
                var user = await db.Users.SingleAsync(user => user.Id == staffId);
                user.PasswordHash = hash;
                user.SecurityStamp = Secret.New();
                return staffId;
            },
            cancellation);
    }

    /// <summary>Gives a person another role; they have to sign in again. The last admin stays one.</summary>
    public Task<Attempt<Guid>> ChangeRoleAsync(Guid staffId, string role, CancellationToken cancellation = default) => CheckRole(role) is { } problem
        ? Task.FromResult(new Attempt<Guid>(default, problem))
        : EditAsync(staffId, takesAway: role != Roles.Admin, (db, _) => StaffRows.SetRoleAsync(db, staffId, role), cancellation);

    /// <summary>Switches a person off: nothing of theirs works from now on. The last admin stays on.</summary>
    public Task<Attempt<Guid>> DisableAsync(Guid staffId, CancellationToken cancellation = default) => EditAsync(
        staffId,
        takesAway: true,
        (_, user) =>
        {
            // Without this flag Identity ignores the lockout's end.
            user.LockoutEnabled = true;
            user.LockoutEnd = StaffCard.DisabledUntil;
            return Task.CompletedTask;
        },
        cancellation);

    /// <summary>Switches a person on again, and ends a lockout after wrong passwords.</summary>
    public Task<Attempt<Guid>> EnableAsync(Guid staffId, CancellationToken cancellation = default) => EditAsync(
        staffId,
        takesAway: false,
        (_, user) =>
        {
            user.LockoutEnd = null;
            user.AccessFailedCount = 0;
            return Task.CompletedTask;
        },
        cancellation);

    private Task<Attempt<Guid>> EditAsync(Guid staffId, bool takesAway, Func<SupportDb, StaffUser, Task> edit, CancellationToken cancellation) => ChangeAsync(
        async db =>
        {
            if (await db.Users.SingleOrDefaultAsync(user => user.Id == staffId) is not { } user)
            {
                return new(default, "There is no such staff member.");
            }

            if (takesAway && await StaffRows.IsLastAdminAsync(db, staffId))
            {
                return new(default, "This is the last admin. Make somebody else an admin first.");
            }

            user.SecurityStamp = Secret.New();
            await edit(db, user);
            return staffId;
        },
        cancellation);

    private Task<Attempt<Guid>> ChangeAsync(Func<SupportDb, Task<Attempt<Guid>>> change, CancellationToken cancellation) =>
        writes.RunAsync(change, _ => bus.Publish(new(StaffDirectory.Topic, 0)), cancellation);

    private Uri PasswordLink(string token) => publicUrl.Of($"/account/password?token={token}");

    private static string? CheckRole(string role) => Roles.All.Contains(role) ? null : "There is no such role.";
}
