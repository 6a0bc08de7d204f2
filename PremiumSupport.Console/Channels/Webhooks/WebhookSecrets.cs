using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using PremiumSupport.Platform.Web;

namespace PremiumSupport.Channels.Webhooks;

/// <summary>Makes the secrets of endpoints and opens them to sign.</summary>
public sealed class WebhookSecrets(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("PremiumSupport.Webhooks.Secrets");

    /// <summary>256 random bits as Standard Webhooks write them, and what is kept of them.</summary>
    public (string Text, string Protected) New()
    {
        var text = "whsec_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        return (text, _protector.Protect(text));
    }

    /// <summary>The signatures of a message by every secret that signs for the endpoint now, as the header says them.</summary>
    /// <exception cref="CryptographicException">This server's key ring cannot open the secret.</exception>
    public string Sign(WebhookEndpoint endpoint, string id, DateTimeOffset now, byte[] body)
    {
        string[] secrets = [endpoint.Protected, .. endpoint.PreviousEndsAt > now && endpoint.PreviousProtected is { } previous ? [previous] : Array.Empty<string>()];
        return string.Join(' ', secrets.Select(secret => SignedWebhook.Sign(SignedWebhook.ReadSecret(_protector.Unprotect(secret))!, id, now, body)));
    }
}
