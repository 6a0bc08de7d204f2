using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Desk.Accounts;

/// <summary>The vendor of this deployment (<c>Workspace:*</c>).</summary>
public sealed record WorkspaceOptions
{
    /// <summary>The vendor's name, as customers know it.</summary>
    public string Name { get; init; } = "Premium Support";

    /// <summary>The dedicated number, E.164; empty when there is none.</summary>
    public string PhoneNumber { get; init; } = "";

    /// <summary>IANA zone of the office: of business days, of "today" and of the first policy's calendar.</summary>
    public string Zone { get; init; } = "Europe/Berlin";
}

/// <summary>The vendor of this deployment and its secret for identity tokens.</summary>
public sealed class Workspace(WorkspaceOptions options, IConfiguration configuration, IDbContextFactory<SupportDb> factory)
{
    private const string SecretSetting = "Widget:Secret";

    private string? _secret;

    /// <summary>The vendor's name.</summary>
    public string Name => options.Name;

    /// <summary>The dedicated number, E.164; empty when there is none.</summary>
    public string PhoneNumber => options.PhoneNumber;

    /// <summary>The office's IANA zone.</summary>
    public string Zone => options.Zone;

    /// <summary>The secret that signs identity tokens: HS256 over its UTF-8 bytes. Configured, else generated at the first start and kept.</summary>
    public string WidgetSecret => _secret ?? throw new InvalidOperationException("The workspace has not been loaded; the start does it.");

    /// <summary>The first instant of the office's day that an instant falls into.</summary>
    public DateTimeOffset StartOfDay(DateTimeOffset instant)
    {
        var zone = DateTimeZoneProviders.Tzdb[Zone];
        return zone.AtStartOfDay(Instant.FromDateTimeOffset(instant).InZone(zone).Date).ToInstant().ToDateTimeOffset();
    }

    /// <summary>Reads the secret, or makes and keeps one.</summary>
    public async Task LoadAsync()
    {
        if (configuration[SecretSetting] is { Length: > 0 } configured)
        {
            if (configured.Length < 16)
            {
                throw new InvalidOperationException("Widget:Secret (environment variable Widget__Secret) has fewer than 16 characters; take 32 random ones.");
            }

            _secret = configured;
            return;
        }

        await using var db = await factory.CreateDbContextAsync();
        var kept = await db.Set<Setting>().FindAsync(SecretSetting);
        if (kept is null)
        {
            kept = new() { Key = SecretSetting, Value = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)) };
            db.Add(kept);
            await db.SaveChangesAsync();
        }

        _secret = kept.Value;
    }
}
