using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Desk.Tickets.Handing;

/// <summary>Reads and sets after how long an unanswered ticket goes back to everybody.</summary>
public sealed class TakeBackCommands(IDbContextFactory<SupportDb> factory, WriteQueue writes, TimeProvider clock)
{
    private const string Key = "Assignments:TakeBackMinutes";

    /// <summary>The minutes; null for never.</summary>
    public async Task<int?> GetAsync(CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await ReadAsync(db);
    }

    /// <summary>Sets it; null for never. A sentence when it was not taken.</summary>
    public async Task<string?> SaveAsync(int? minutes, StaffCaller admin, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(admin);
        if (!admin.IsAdmin || minutes is < 1 or > TakeBackRules.MostMinutes)
        {
            return admin.IsAdmin ? $"Write 1 to {TakeBackRules.MostMinutes} minutes, or leave it empty for never." : "Only an admin sets this.";
        }

        await writes.RunAsync(
            async db =>
            {
                admin.Note(db, clock.GetUtcNow(), "changed", ("assignments", "taking back", ""), new { Minutes = await ReadAsync(db) }, new { Minutes = minutes });
                var text = minutes?.ToString(CultureInfo.InvariantCulture) ?? "";
                if (await db.Set<Setting>().FindAsync(Key) is { } kept)
                {
                    kept.Value = text;
                }
                else
                {
                    db.Add(new Setting { Key = Key, Value = text });
                }

                return true;
            },
            cancellation: cancellation);
        return null;
    }

    internal static async Task<int?> ReadAsync(SupportDb db) =>
        int.TryParse(await db.Set<Setting>().AsNoTracking().Where(setting => setting.Key == Key).Select(setting => setting.Value).SingleOrDefaultAsync(), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) ? minutes : null;
}
