using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Audit;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Realtime;

namespace PremiumSupport.Platform.Identity;

/// <summary>
/// Writes staff, at the word of an admin. Whatever takes something away from a person ends all that the person has open: cookies, circuits, hub connections and, when
/// disabled, API keys (trust rule 7).
/// </summary>
public sealed class StaffCommands(WriteQueue writes, ChangeBus bus, ILookupNormalizer normalizer, IPasswordHasher<StaffUser> hasher, PublicUrl publicUrl, TimeProvider clock)
{
    /// <summary>What the audit log calls them.</summary>
    public const string Area = "people";

    private const string ForAdmins = "Only an admin decides who may sign in and as what.";

    private static readonly StaffUser Anybody = new();

    /// <summary>Adds a staff member and returns the link by which they choose a password; it works once, for <see cref="StaffLink.Lifetime"/>.</summary>
    public async Task<Attempt<Uri>> InviteAsync(string name, string email, string role, StaffCaller admin, CancellationToken cancellation = default) =>
        LinkOf(await InviteAsync(name, email, role, admin, MakeLinkAsync, cancellation));

    /// <summary>A link by which a person chooses a new password, in place of earlier ones. The old password works until then.</summary>
    public async Task<Attempt<Uri>> ResetPasswordAsync(Guid staffId, StaffCaller admin, CancellationToken cancellation = default) =>
        LinkOf(await ResetPasswordAsync(staffId, admin, MakeLinkAsync, cancellation));

    /// <summary>The same, with something else in its transaction: what was on its way to tell them another link is taken back.</summary>
    internal async Task<Attempt<Uri>> ResetPasswordAsync(Guid staffId, StaffCaller admin, Func<SupportDb, Guid, Task> before, CancellationToken cancellation) => LinkOf(await ResetPasswordAsync(
        staffId,
        admin,
        async (db, user, now) =>
        {
            await before(db, user.Id);
            return await MakeLinkAsync(db, user, now);
        },
        cancellation));

    /// <summary>Adds a staff member, who is told by what is written in the same transaction.</summary>
    /// <param name="name">Their name.</param>
    /// <param name="email">Their address.</param>
    /// <param name="role">Their role.</param>
    /// <param name="admin">Who invites them.</param>
    /// <param name="tell">Writes what tells them, and answers what whoever asked needs of it.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    internal async Task<Attempt<string>> InviteAsync(
        string name, string email, string role, StaffCaller admin, Func<SupportDb, StaffUser, DateTimeOffset, Task<string>> tell, CancellationToken cancellation)
    {
        if ((Forbidden(admin) ?? StaffRows.Check(name, email) ?? CheckRole(role)) is { } problem)
        {
            return new(null, problem);
        }

        var now = clock.GetUtcNow();
        var told = await writes.RunAsync(
            async db =>
            {
                if (await StaffRows.AddAsync(db, normalizer, name, email, role) is not { } user)
                {
                    return null;
                }

                admin.Note(db, now, "invited", Subject(user), null, new { role });
                return await tell(db, user, now);
            },
            Tell,
            cancellation);
        return told is null ? new Attempt<string>(null, "Somebody with this address is here already.") : told;
    }

    /// <summary>The same for a person who is here already: another invitation, or a way to another password.</summary>
    internal async Task<Attempt<string>> ResetPasswordAsync(Guid staffId, StaffCaller admin, Func<SupportDb, StaffUser, DateTimeOffset, Task<string>> tell, CancellationToken cancellation)
    {
        if (Forbidden(admin) is { } forbidden)
        {
            return new(null, forbidden);
        }

        var now = clock.GetUtcNow();
        var told = await writes.RunAsync(
            async db =>
            {
                if (await db.Users.SingleOrDefaultAsync(user => user.Id == staffId) is not { } user)
                {
                    return null;
                }

                admin.Note(db, now, user.PasswordHash is null ? "made a new invitation for" : "made a link to choose another password for", Subject(user));
                return await tell(db, user, now);
            },
            Tell,
            cancellation);
        return told is null ? new Attempt<string>(null, NoSuchMember) : told;
    }

    /// <summary>Uses a link up and sets the password; the person's own deed. The staff member's id.</summary>
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

                // Whichever of a person's links is used, no other works any more.
                db.RemoveRange(await db.Set<StaffLink>().Where(other => other.Kind == link.Kind && other.StaffId == staffId).ToListAsync());
                var user = await db.Users.SingleAsync(user => user.Id == staffId);
                user.PasswordHash = hash;
                user.SecurityStamp = Secret.New();
                AuditBook.Append(db, (user.Id, user.DisplayName), now, "chose a password by a link for", Subject(user), null, null);
                return staffId;
            },
            cancellation);
    }

    /// <summary>Gives a person another role; they have to sign in again. The last admin stays one.</summary>
    public Task<Attempt<Guid>> ChangeRoleAsync(Guid staffId, string role, StaffCaller admin, CancellationToken cancellation = default) => CheckRole(role) is { } problem
        ? Task.FromResult(new Attempt<Guid>(default, problem))
        : EditAsync(
            staffId,
            admin,
            takesAway: role != Roles.Admin,
            async (db, user, now) =>
            {
                var before = await StaffRows.RoleAsync(db, staffId);
                await StaffRows.SetRoleAsync(db, staffId, role);
                admin.Note(db, now, "gave another role to", Subject(user), new { role = before }, new { role });
            },
            cancellation);

    /// <summary>Switches a person off: nothing of theirs works from now on. The last admin stays on, and nobody switches off themselves.</summary>
    public Task<Attempt<Guid>> DisableAsync(Guid staffId, StaffCaller admin, CancellationToken cancellation = default) => admin?.StaffId == staffId
        ? Task.FromResult(new Attempt<Guid>(default, "This is you. Ask another admin to switch you off."))
        : EditAsync(
            staffId,
            admin!,
            takesAway: true,
            (db, user, now) =>
            {
                if (user.LockoutEnd != StaffCard.DisabledUntil)
                {
                    admin!.Note(db, now, "disabled", Subject(user));
                }

                // Without this flag Identity ignores the lockout's end.
                user.LockoutEnabled = true;
                user.LockoutEnd = StaffCard.DisabledUntil;
                return Task.CompletedTask;
            },
            cancellation);

    /// <summary>Switches a person on again, and ends a lockout after wrong passwords.</summary>
    public Task<Attempt<Guid>> EnableAsync(Guid staffId, StaffCaller admin, CancellationToken cancellation = default) => EditAsync(
        staffId,
        admin,
        takesAway: false,
        (db, user, now) =>
        {
            admin.Note(db, now, "enabled", Subject(user));
            user.LockoutEnd = null;
            user.AccessFailedCount = 0;
            return Task.CompletedTask;
        },
        cancellation);

    private const string NoSuchMember = "There is no such staff member.";

    private async Task<Attempt<Guid>> EditAsync(Guid staffId, StaffCaller admin, bool takesAway, Func<SupportDb, StaffUser, DateTimeOffset, Task> edit, CancellationToken cancellation)
    {
        if (Forbidden(admin) is { } forbidden)
        {
            return new(default, forbidden);
        }

        var now = clock.GetUtcNow();
        return await ChangeAsync(
            async db =>
            {
                if (await db.Users.SingleOrDefaultAsync(user => user.Id == staffId) is not { } user)
                {
                    return new(default, NoSuchMember);
                }

                if (takesAway && await StaffRows.IsLastAdminAsync(db, staffId))
                {
                    return new(default, "This is the last admin. Make somebody else an admin first.");
                }

                user.SecurityStamp = Secret.New();
                await edit(db, user, now);
                return staffId;
            },
            cancellation);
    }

    private Task<Attempt<Guid>> ChangeAsync(Func<SupportDb, Task<Attempt<Guid>>> change, CancellationToken cancellation) =>
        writes.RunAsync(change, Tell, cancellation);

    private void Tell<T>(T _) => bus.Publish(new(StaffDirectory.Topic, 0));

    private static Task<string> MakeLinkAsync(SupportDb db, StaffUser user, DateTimeOffset now) => StaffLinks.AddAsync(db, StaffLinkKind.Password, user.Id, now);

    private Attempt<Uri> LinkOf(Attempt<string> made) => made.Value is { } token ? StaffLinks.AddressOf(publicUrl, token) : new Attempt<Uri>(null, made.Problem);

    private static (string Area, string Key, string Name) Subject(StaffUser user) => (Area, user.Email ?? "", user.DisplayName);

    private static string? Forbidden(StaffCaller admin)
    {
        ArgumentNullException.ThrowIfNull(admin);
        return admin.IsAdmin ? null : ForAdmins;
    }

    private static string? CheckRole(string role) => Roles.All.Contains(role) ? null : "There is no such role.";
}
