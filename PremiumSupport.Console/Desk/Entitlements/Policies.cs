using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Entitlements;

/// <summary>The policy versions. Versions never change, so each is read once; which of them is current another node may decide, so that is asked.</summary>
public sealed class Policies(IDbContextFactory<SupportDb> factory)
{
    /// <summary>The topic under which the change bus speaks of published versions; the id is the version.</summary>
    public const string Topic = "policy";

    private readonly ConcurrentDictionary<int, SlaPolicy> _versions = new();
    private SlaPolicy? _unsettled;
    private int _current;

    /// <summary>
    /// The newest version that this node has heard of: right for showing. What promises something asks <see cref="CurrentAsync"/> in its transaction.
    /// </summary>
    /// <exception cref="InvalidOperationException">The first version has not been published; the start does it.</exception>
    public SlaPolicy Current => Volatile.Read(ref _current) is > 0 and var current ? _versions[current] : throw new InvalidOperationException("No policy has been published; the start does it.");

    /// <summary>Reads every version; the highest is the current one. Publishes version 1 from the defaults where there is none.</summary>
    public async Task LoadAsync(SlaDefaults defaults, string zone, DateTimeOffset now)
    {
        await using var db = await factory.CreateDbContextAsync();
        if (!await db.Set<PolicyVersion>().AnyAsync())
        {
            var first = DefaultPolicy.Create(defaults, zone);
            db.Add(new PolicyVersion { Version = 1, Json = PolicyJson.Write(first), PublishedAt = now, Note = first.Note, AuthorName = "PremiumSupport", Tzdb = BusinessCalendar.TzdbVersion });
            try
            {
                await db.SaveChangesAsync();
            }
            catch (DbUpdateException)
            {
                // Two nodes that start together on an empty database both make it; the one that came second takes the other's.
                db.ChangeTracker.Clear();
                if (!await db.Set<PolicyVersion>().AnyAsync())
                {
                    throw;
                }
            }
        }

        foreach (var version in await db.Set<PolicyVersion>().AsNoTracking().ToListAsync())
        {
            Learn(version);
        }
    }

    /// <summary>The version that a ticket was promised under, whichever node published it.</summary>
    /// <exception cref="KeyNotFoundException">There is no such version.</exception>
    public SlaPolicy Version(int version)
    {
        if (_versions.TryGetValue(version, out var known))
        {
            return known;
        }

        using var db = factory.CreateDbContext();
        return db.Set<PolicyVersion>().AsNoTracking().SingleOrDefault(row => row.Version == version) is { } committed ? Learn(committed)
            : _unsettled is { } unsettled && unsettled.Version == version ? unsettled
            : throw new KeyNotFoundException($"There is no policy version {version}.");
    }

    /// <summary>The newest version as a transaction sees it: what a ticket opened in that transaction is promised under, whoever published it a moment ago.</summary>
    public async Task<SlaPolicy> CurrentAsync(SupportDb db)
    {
        ArgumentNullException.ThrowIfNull(db);
        var newest = await db.Set<PolicyVersion>().MaxAsync(version => version.Version);
        if (_versions.TryGetValue(newest, out var known))
        {
            return known;
        }

        // A version that this very transaction has written may yet be rolled back; only what others see is kept as current.
        await using var outside = await factory.CreateDbContextAsync();
        return await outside.Set<PolicyVersion>().AsNoTracking().SingleOrDefaultAsync(row => row.Version == newest) is { } committed
            ? Learn(committed)
            : _unsettled = PolicyJson.Read(await db.Set<PolicyVersion>().AsNoTracking().Where(row => row.Version == newest).Select(row => row.Json).SingleAsync());
    }

    /// <summary>Catches up with what other nodes have published.</summary>
    public async Task RefreshAsync(CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var known = Volatile.Read(ref _current);
        foreach (var version in await db.Set<PolicyVersion>().AsNoTracking().Where(row => row.Version > known).ToListAsync(cancellation))
        {
            Learn(version);
        }
    }

    /// <summary>Keeps a committed version.</summary>
    internal SlaPolicy Learn(PolicyVersion version)
    {
        var policy = _versions.GetOrAdd(version.Version, _ => PolicyJson.Read(version.Json));
        for (var current = Volatile.Read(ref _current); current < version.Version;)
        {
            var seen = Interlocked.CompareExchange(ref _current, version.Version, current);
            if (seen == current)
            {
                break;
            }

            current = seen;
        }

        return policy;
    }
}
