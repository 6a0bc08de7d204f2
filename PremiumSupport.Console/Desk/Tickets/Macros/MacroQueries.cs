using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Desk.Tickets.Macros;

/// <summary>Reads macros, for staff.</summary>
public sealed class MacroQueries(IDbContextFactory<SupportDb> factory)
{
    /// <summary>All of them by name.</summary>
    public async Task<IReadOnlyList<Macro>> ListAsync(StaffCaller caller, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await db.Set<Macro>().AsNoTracking().OrderBy(macro => macro.Name).ToListAsync(cancellation);
    }

    /// <summary>One; null when it is not there any more.</summary>
    public async Task<Macro?> FindAsync(long id, StaffCaller caller, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await db.Set<Macro>().AsNoTracking().SingleOrDefaultAsync(macro => macro.Id == id, cancellation);
    }
}
