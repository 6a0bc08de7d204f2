using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Platform.Identity.Vendor;

/// <summary>Sees to it at start that there is a secret for identity tokens: the one of <c>Widget:Secret</c>, else one of our own making.</summary>
internal sealed class WidgetSecretStart(IConfiguration configuration, IDbContextFactory<SupportDb> database, WidgetSecrets secrets, TimeProvider clock)
{
    private const string Key = "Widget:Secret";
    private const int Shortest = 16;

    /// <summary>
    /// Runs alone among nodes, before anybody is served. What <c>Widget:Secret</c> says takes the place of what it said before or of what was generated; what an
    /// admin added stays, and what an admin retired stays retired.
    /// </summary>
    /// <exception cref="InvalidOperationException">The secret is too short, or it would be a third one; the message names the key.</exception>
    public async Task RunAsync()
    {
        await using var db = await database.CreateDbContextAsync();
        var rows = await db.Set<WidgetSecret>().ToListAsync();
        if (configuration[Key] is { Length: > 0 } configured)
        {
            Take(db, rows, configured);
        }
        else if (rows.Count == 0)
        {
            // Earlier versions kept the generated one in the clear.
            var kept = await db.Set<Setting>().FindAsync(Key);
            Add(db, kept?.Value ?? Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)), SecretOrigin.Generated);
            if (kept is not null)
            {
                db.Remove(kept);
            }
        }

        await db.SaveChangesAsync();
    }

    private void Take(SupportDb db, List<WidgetSecret> rows, string configured)
    {
        if (configured.Length < Shortest)
        {
            throw new InvalidOperationException($"Widget:Secret (environment variable Widget__Secret) has fewer than {Shortest} characters; take 32 random ones.");
        }

        var keyId = SigningSecret.KeyIdOf(configured);
        foreach (var before in rows.Where(row => row.RetiredAt is null && row.Origin != SecretOrigin.Added && row.KeyId != keyId))
        {
            before.RetiredAt = clock.GetUtcNow();
        }

        if (rows.SingleOrDefault(row => row.KeyId == keyId) is { } known)
        {
            // Kept with the ring of today: the configuration knows it, whatever became of the ring.
            known.Protected = secrets.Protect(configured);
            if (known.RetiredAt is not null && known.RetiredBy is null)
            {
                DemandPlace(rows);
                known.RetiredAt = null;
            }

            return;
        }

        DemandPlace(rows);
        Add(db, configured, SecretOrigin.Configured);
    }

    private static void DemandPlace(List<WidgetSecret> rows)
    {
        if (rows.Count(row => row.RetiredAt is null) >= WidgetSecret.MostActive)
        {
            throw new InvalidOperationException(
                "Widget:Secret (environment variable Widget__Secret) would be a third secret beside two that are active. Start without it, retire one on /admin/widget, and set it again.");
        }
    }

    private void Add(SupportDb db, string text, SecretOrigin origin) => db.Add(new WidgetSecret
    {
        Id = Guid.CreateVersion7(),
        KeyId = SigningSecret.KeyIdOf(text),
        Protected = secrets.Protect(text),
        Origin = origin,
        CreatedAt = clock.GetUtcNow(),
    });
}
