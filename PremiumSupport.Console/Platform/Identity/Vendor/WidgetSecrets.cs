using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Realtime;

namespace PremiumSupport.Platform.Identity.Vendor;

/// <summary>
/// The workspace's secrets for identity tokens as this node knows them: until one is added or retired on any node (<see cref="Topic"/> on the bus), and for
/// <see cref="MaxAge"/> at most, in case that news got lost.
/// </summary>
public sealed partial class WidgetSecrets : IDisposable
{
    /// <summary>The topic under which the change bus says that a secret was added, retired or used; the id is always 0.</summary>
    public const string Topic = "widget-secret";

    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(30);

    private readonly IDbContextFactory<SupportDb> _database;
    private readonly IDataProtector _protector;
    private readonly TimeProvider _clock;
    private readonly ILogger<WidgetSecrets> _log;
    private readonly IDisposable _subscription;
    private readonly Lock _gate = new();
    private IReadOnlyList<SigningSecret>? _known;
    private long _readAt;
    private long _generation;

    /// <summary>Starts to listen to the bus.</summary>
    public WidgetSecrets(IDbContextFactory<SupportDb> database, IDataProtectionProvider protection, ChangeBus bus, TimeProvider clock, ILogger<WidgetSecrets> log)
    {
        _database = database;
        _protector = protection.CreateProtector("PremiumSupport.Widget.Secrets");
        _clock = clock;
        _log = log;
        _subscription = bus.Subscribe(Forget);
    }

    /// <summary>Active ones first, the newest of them at the front; then the retired ones.</summary>
    public async ValueTask<IReadOnlyList<SigningSecret>> AllAsync(CancellationToken cancellation = default)
    {
        long generation;
        lock (_gate)
        {
            if (_known is { } known && _clock.GetElapsedTime(_readAt) < MaxAge)
            {
                return known;
            }

            generation = _generation;
        }

        var readAt = _clock.GetTimestamp();
        var read = await ReadAsync(cancellation);
        lock (_gate)
        {
            // Read before a change and told after it: right for this request, which raced, but not to be kept.
            if (generation == _generation)
            {
                (_known, _readAt) = (read, readAt);
            }
        }

        return read;
    }

    /// <summary>The secret that new tokens are best signed with.</summary>
    public async ValueTask<SigningSecret> CurrentAsync(CancellationToken cancellation = default) =>
        (await AllAsync(cancellation)).FirstOrDefault(secret => secret.IsActive)
        ?? throw new InvalidOperationException("No active secret for identity tokens can be read: the key ring is not the one that they were kept with. Set Widget:Secret (environment variable Widget__Secret).");

    /// <inheritdoc />
    public void Dispose() => _subscription.Dispose();

    internal string Protect(string text) => _protector.Protect(text);

    /// <summary>Null when this node's key ring cannot open it, because it is not the ring that it was kept with.</summary>
    internal string? Open(WidgetSecret secret)
    {
        try
        {
            return _protector.Unprotect(secret.Protected);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private async Task<IReadOnlyList<SigningSecret>> ReadAsync(CancellationToken cancellation)
    {
        await using var db = await _database.CreateDbContextAsync(cancellation);
        var secrets = new List<SigningSecret>();
        foreach (var row in (await db.Set<WidgetSecret>().AsNoTracking().ToListAsync(cancellation)).OrderBy(row => row.RetiredAt is not null).ThenByDescending(row => row.CreatedAt))
        {
            if (Open(row) is { } text)
            {
                secrets.Add(new(row.KeyId, text, row.RetiredAt is null));
            }
            else
            {
                LogUnreadable(_log, row.KeyId);
            }
        }

        return secrets;
    }

    private void Forget(Change change)
    {
        if (change.IsAbout(Topic))
        {
            lock (_gate)
            {
                _generation++;
                _known = null;
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "The secret {KeyId} for identity tokens cannot be read: the key ring is not the one that it was kept with. Tokens that it signed are refused; add another on /admin/widget.")]
    private static partial void LogUnreadable(ILogger logger, string keyId);
}
