using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Channels.Help.Embedding;

/// <summary>Reads the origins that admins have added, on whichever node.</summary>
internal sealed class OriginQueries(IDbContextFactory<SupportDb> factory)
{
    /// <summary>The setting's key; its value has spaces between the origins.</summary>
    public const string Kept = "Widget:AddedOrigins";

    /// <summary>In the order in which they were added.</summary>
    public async Task<IReadOnlyList<string>> AddedAsync(CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return Split((await db.Set<Setting>().AsNoTracking().FirstOrDefaultAsync(setting => setting.Key == Kept, cancellation))?.Value);
    }

    public static string[] Split(string? kept) => (kept ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
