using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Platform.Audit;

/// <summary>What to look for in the audit log; what is null or empty does not narrow it.</summary>
/// <param name="Person">Words of the name of who did it.</param>
/// <param name="Area">An area, exactly.</param>
/// <param name="Subject">Words of the subject's key or name.</param>
/// <param name="From">The first instant.</param>
/// <param name="To">The first instant that is not meant any more.</param>
public sealed record AuditFilter(string? Person = null, string? Area = null, string? Subject = null, DateTimeOffset? From = null, DateTimeOffset? To = null);

/// <summary>Entries, newest first, and where the next page begins; null on the last.</summary>
public sealed record AuditFindings(IReadOnlyList<AuditEntry> Entries, long? Next);

/// <summary>Reads the audit log.</summary>
public sealed class AuditQueries(IDbContextFactory<SupportDb> database)
{
    /// <summary>Entries of a page.</summary>
    public const int PageSize = 50;

    /// <summary>A page of what fits.</summary>
    /// <param name="before">Begin behind the entry of that id; null for the newest.</param>
    public async Task<AuditFindings> SearchAsync(AuditFilter filter, long? before = null, CancellationToken cancellation = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        var entries = await Narrow(db.Set<AuditEntry>().AsNoTracking(), filter)
            .Where(entry => before == null || entry.Id < before)
            .OrderByDescending(entry => entry.Id).Take(PageSize + 1).ToListAsync(cancellation);
        return entries.Count > PageSize ? new(entries[..PageSize], entries[PageSize - 1].Id) : new(entries, null);
    }

    /// <summary>The areas that something was changed in.</summary>
    public async Task<IReadOnlyList<string>> AreasAsync(CancellationToken cancellation = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        return await db.Set<AuditEntry>().Select(entry => entry.Area).Distinct().OrderBy(area => area).ToListAsync(cancellation);
    }

    private static IQueryable<AuditEntry> Narrow(IQueryable<AuditEntry> entries, AuditFilter filter)
    {
        if (Words(filter.Person) is { } person)
        {
            entries = entries.Where(entry => TextMatch.Holds(entry.ActorName, person));
        }

        if (Words(filter.Subject) is { } subject)
        {
            entries = entries.Where(entry => TextMatch.Holds(entry.Subject, subject) || TextMatch.Holds(entry.SubjectName, subject));
        }

        if (!string.IsNullOrWhiteSpace(filter.Area))
        {
            entries = entries.Where(entry => entry.Area == filter.Area);
        }

        return entries.Where(entry => (filter.From == null || entry.At >= filter.From) && (filter.To == null || entry.At < filter.To));
    }

    private static string? Words(string? text) => string.IsNullOrWhiteSpace(text) ? null : TextMatch.Anywhere(text.Trim());
}
