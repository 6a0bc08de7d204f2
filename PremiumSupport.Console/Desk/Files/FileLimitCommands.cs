using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Accounts;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Web;

namespace PremiumSupport.Desk.Files;

/// <summary>Reads and sets what may be uploaded: a default of the product, what the workspace says instead, and what is said for one account.</summary>
public sealed class FileLimitCommands(IDbContextFactory<SupportDb> factory, WriteQueue writes, TimeProvider clock)
{
    private const string Setting = "Files:Limits";

    /// <summary>The limits of an account; of the workspace when it is null.</summary>
    public async Task<FileLimits> OfAsync(Guid? accountId, CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var limits = FileLimits.Default.With(await SetAsync(db, null, cancellation));
        return accountId is null ? limits : limits.With(await SetAsync(db, accountId, cancellation));
    }

    /// <summary>What an admin set there, and nothing else; null when nothing.</summary>
    public async Task<FileLimitChange?> SetAsync(Guid? accountId, CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await SetAsync(db, accountId, cancellation);
    }

    /// <summary>Says what holds from now on, in place of what was said before. Files that are there stay.</summary>
    /// <exception cref="UnauthorizedAccessException">The caller is no admin; every door asks for one.</exception>
    public Task SaveAsync(Guid? accountId, FileLimitChange change, StaffCaller caller, CancellationToken cancellation = default) => !caller.IsAdmin ? throw new UnauthorizedAccessException("Admins decide what may be uploaded.") : writes.RunAsync(
        async db =>
        {
            var account = accountId is null ? null : await db.Set<Account>().SingleOrDefaultAsync(account => account.Id == accountId);
            caller.Note(db, clock.GetUtcNow(), "changed", ("file limits", account?.Key ?? "everybody", account?.Name ?? ""), await SetAsync(db, accountId, CancellationToken.None) ?? new(null, null, null, null, null), change);
            var value = JsonSerializer.Serialize(change, WireJson.Options);
            if (await db.Set<Setting>().FindAsync(Key(accountId)) is { } kept)
            {
                kept.Value = value;
            }
            else
            {
                db.Add(new Setting { Key = Key(accountId), Value = value });
            }

            return true;
        },
        cancellation: cancellation);

    /// <summary>The account of a key; null when there is none.</summary>
    public async Task<Guid?> FindAccountAsync(string key, CancellationToken cancellation = default)
    {
        var wanted = key.Trim().ToLowerInvariant();
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await db.Set<Account>().Where(account => account.Key == wanted).Select(account => (Guid?)account.Id).SingleOrDefaultAsync(cancellation);
    }

    private static async Task<FileLimitChange?> SetAsync(SupportDb db, Guid? accountId, CancellationToken cancellation)
    {
        var key = Key(accountId);
        var kept = await db.Set<Setting>().AsNoTracking().SingleOrDefaultAsync(setting => setting.Key == key, cancellation);
        return kept is null ? null : JsonSerializer.Deserialize<FileLimitChange>(kept.Value, WireJson.Options);
    }

    private static string Key(Guid? accountId) => accountId is { } id ? $"{Setting}:{id:N}" : Setting;
}
