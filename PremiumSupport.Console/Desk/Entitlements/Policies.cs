using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Entitlements;

/// <summary>The policy versions. Versions never change, so each is read once.</summary>
public sealed class Policies(IDbContextFactory<SupportDb> factory)
{
    private readonly ConcurrentDictionary<int, SlaPolicy> _versions = new();
    private int _current;

    /// <summary>The version that new tickets are promised under.</summary>
    /// <exception cref="InvalidOperationException">The first version has not been published; the start does it.</exception>
    public SlaPolicy Current => _versions[Volatile.Read(ref _current)];

    /// <summary>Reads every version; the highest is the current one. Publishes version 1 from the defaults where there is none.</summary>
    public async Task LoadAsync(SlaDefaults defaults, string zone, DateTimeOffset now)
    {
        await using var db = await factory.CreateDbContextAsync();
        var stored = await db.Set<PolicyVersion>().AsNoTracking().ToListAsync();
        if (stored.Count == 0)
        {
            var first = new PolicyVersion { Version = 1, Json = PolicyJson.Write(DefaultPolicy.Create(defaults, zone)), PublishedAt = now };
            db.Add(first);
            await db.SaveChangesAsync();
            stored.Add(first);
        }

        foreach (var version in stored)
        {
            _versions[version.Version] = PolicyJson.Read(version.Json);
        }

        Volatile.Write(ref _current, stored.Max(version => version.Version));
    }

    /// <summary>The version that a ticket was promised under.</summary>
    public SlaPolicy Version(int version) => _versions[version];
}
