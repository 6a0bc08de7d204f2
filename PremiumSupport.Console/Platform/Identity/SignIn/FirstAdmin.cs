using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Platform.Identity.SignIn;

/// <summary>
/// How the first person gets in. Whoever can read the log of a server without staff owns the server anyway, so the log is where the link goes; a default
/// password would be known to everybody.
/// </summary>
public sealed partial class FirstAdmin(
    WriteQueue writes,
    IDbContextFactory<SupportDb> database,
    ILookupNormalizer normalizer,
    IPasswordHasher<StaffUser> hasher,
    PublicUrl publicUrl,
    TimeProvider clock,
    ILogger<FirstAdmin> log)
{
    private static readonly StaffUser Nobody = new();

    /// <summary>
    /// Writes the link to the log if there is no staff at all, ending the link of an earlier start. Called at start-up, after the database is up to date and after
    /// the demo workspace, if any, has brought its own staff. Needs the write queue to run.
    /// </summary>
    public async Task AnnounceAsync(CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        var token = await writes.RunAsync(async db => await db.Users.AnyAsync() ? null : await StaffLinks.AddAsync(db, StaffLinkKind.FirstAdmin, null, now), cancellation: cancellation);
        if (token is not null)
        {
            LogLink(log, publicUrl.Of($"/account/first-admin?token={token}"), StaffLink.Lifetime.TotalHours);
        }
    }

    /// <summary>Whether that token would make an admin now.</summary>
    public async Task<bool> IsOpenAsync(string? token, CancellationToken cancellation = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        return await StaffLinks.FindAsync(db, StaffLinkKind.FirstAdmin, token, clock.GetUtcNow()) is not null && !await db.Users.AnyAsync(cancellation);
    }

    /// <summary>Uses the link up and makes the admin, or says what needs another look, leaving the link as it was. The admin's id; empty when the link does not work.</summary>
    public async Task<Attempt<Guid>> UseAsync(string? token, string name, string email, string password, CancellationToken cancellation = default)
    {
        if ((StaffRows.Check(name, email) ?? StaffPassword.Check(password)) is { } problem)
        {
            return new(default, problem);
        }

        var now = clock.GetUtcNow();
        var hash = hasher.HashPassword(Nobody, password);
        return await writes.RunAsync<Attempt<Guid>>(
            async db =>
            {
                if (await StaffLinks.FindAsync(db, StaffLinkKind.FirstAdmin, token, now) is not { } link || await db.Users.AnyAsync())
                {
                    return Guid.Empty;
                }

                db.Remove(link);
                var user = await StaffRows.AddAsync(db, normalizer, name, email, Roles.Admin);
                user!.PasswordHash = hash;
                return user.Id;
            },
            cancellation: cancellation);
    }

    [LoggerMessage(LogLevel.Warning, "Nobody can sign in yet. To become the first administrator, open {Link} within {Hours} hours. It works once, and only until a node starts again.")]
    private static partial void LogLink(ILogger logger, Uri link, double hours);
}
