using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Realtime;

namespace PremiumSupport.Desk.Preferences;

/// <summary>Reads what people set for themselves.</summary>
public sealed class PreferenceQueries(IDbContextFactory<SupportDb> factory)
{
    /// <summary>The topic under which the change bus says that somebody set something; see <see cref="NewsOf"/>.</summary>
    public const string Topic = "preferences";

    /// <summary>The news that one person set something.</summary>
    public static Change NewsOf(Guid staffId) => new(Topic, BitConverter.ToInt64(staffId.ToByteArray()));

    /// <summary>The caller's own.</summary>
    public async Task<StaffPreferences> OfAsync(StaffCaller caller, CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return (await ReadAsync(db, [caller.StaffId])).GetValueOrDefault(caller.StaffId, StaffPreferences.None);
    }

    /// <summary>Those of several people, in somebody's transaction; who set nothing is left out.</summary>
    internal static async Task<IReadOnlyDictionary<Guid, StaffPreferences>> ReadAsync(SupportDb db, IReadOnlyCollection<Guid> people) =>
        await db.Set<StaffPreferencesRow>().AsNoTracking().Where(row => people.Contains(row.StaffId)).ToDictionaryAsync(row => row.StaffId, row => new StaffPreferences(row.Alerts, row.Quiet, row.Keys));
}
