using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Platform.Mail;

/// <summary>
/// The workspace's secret for mail, made at the first start. Kept among the settings, because every node has to check what another signed, and protected by the
/// key ring. One that this ring cannot open is replaced: answers to older mails then come in as unverified, which the log says, and nothing else stops.
/// </summary>
internal sealed partial class MailSecretCommands(IDbContextFactory<SupportDb> database, IDataProtectionProvider protection, EmailOptions options, ILogger<MailSecretCommands> log)
{
    private const string Key = "Mail:Secret";

    private readonly IDataProtector _protector = protection.CreateProtector("PremiumSupport.Mail.Secret");
    private MailSigner? _signer;

    /// <summary>What signs with it.</summary>
    public MailSigner Signer => _signer ?? throw new InvalidOperationException("Nothing can be signed before the start has read the secret for mail.");

    /// <summary>Reads or makes the secret. Runs alone among nodes, before anybody is served.</summary>
    public async Task LoadAsync()
    {
        await using var db = await database.CreateDbContextAsync();
        var setting = await db.Set<Setting>().FindAsync(Key);
        var secret = setting is null ? null : Open(setting.Value);
        if (secret is null)
        {
            secret = RandomNumberGenerator.GetBytes(32);
            var kept = Convert.ToBase64String(_protector.Protect(secret));
            if (setting is null)
            {
                db.Add(new Setting { Key = Key, Value = kept });
            }
            else
            {
                LogReplaced(log);
                setting.Value = kept;
            }

            await db.SaveChangesAsync();
        }

        _signer = options.ReplyBox is { } box ? new(secret, box.Domain, box.LocalPart) : new(secret, "mail.invalid");
    }

    private byte[]? Open(string kept)
    {
        try
        {
            return _protector.Unprotect(Convert.FromBase64String(kept));
        }
        catch (Exception failure) when (failure is CryptographicException or FormatException)
        {
            return null;
        }
    }

    [LoggerMessage(LogLevel.Error, "The secret for mail cannot be read: the key ring is not the one that it was kept with. There is a new one; answers to mails sent before come in as unverified.")]
    private static partial void LogReplaced(ILogger logger);
}
