using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PremiumSupport.Platform.Web;

/// <summary>Why a signed message was not believed.</summary>
public enum WebhookFault { NotSigned, Forged, Late }

/// <summary>
/// Messages between programs, signed as Standard Webhooks 1.0 says: HMAC-SHA256 over id, timestamp and body. Several secrets may be active, so that one can be replaced without a gap
/// (trust rule 18). That a message is taken once is the taker's business: by its id.
/// </summary>
public static class SignedWebhook
{
    /// <summary>Names a message; the same again is the same message.</summary>
    public const string IdHeader = "webhook-id";

    /// <summary>When it was sent, in seconds since 1970.</summary>
    public const string TimestampHeader = "webhook-timestamp";

    /// <summary>Signatures, separated by spaces, each <c>v1,base64</c>.</summary>
    public const string SignatureHeader = "webhook-signature";

    /// <summary>How far from now a message may have been sent, either way; inclusive.</summary>
    public static TimeSpan Tolerance { get; } = TimeSpan.FromMinutes(5);

    private const string Prefix = "whsec_";
    private const string Version = "v1,";

    /// <summary>The bytes of a secret written <c>whsec_base64</c>; null when it is none, or shorter than 24 bytes.</summary>
    public static byte[]? ReadSecret(string text)
    {
        var bytes = new byte[text.Length];
        return text.StartsWith(Prefix, StringComparison.Ordinal) && Convert.TryFromBase64String(text[Prefix.Length..], bytes, out var length) && length >= 24 ? bytes[..length] : null;
    }

    /// <summary>The signature of a message.</summary>
    public static string Sign(byte[] secret, string id, DateTimeOffset at, ReadOnlySpan<byte> body) => Version + Convert.ToBase64String(Mac(secret, id, Seconds(at), body));

    /// <summary>The timestamp as its header says it.</summary>
    public static string Seconds(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>Null when one of the secrets signed the message and it was sent about now.</summary>
    public static WebhookFault? Check(IReadOnlyList<byte[]> secrets, string id, string timestamp, string signatures, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (id.Length == 0 || signatures.Length == 0 || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > 253_402_300_799)
        {
            return WebhookFault.NotSigned;
        }

        var isSigned = false;
        foreach (var secret in secrets)
        {
            var expected = Encoding.ASCII.GetBytes(Version + Convert.ToBase64String(Mac(secret, id, timestamp, body)));
            foreach (var signature in signatures.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                // Every pair is compared, in constant time, whatever came before.
                isSigned |= CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(signature));
            }
        }

        return !isSigned ? WebhookFault.Forged
            : (now - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() > Tolerance ? WebhookFault.Late
            : null;
    }

    private static byte[] Mac(byte[] secret, string id, string timestamp, ReadOnlySpan<byte> body)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        mac.AppendData(Encoding.UTF8.GetBytes($"{id}.{timestamp}."));
        mac.AppendData(body);
        return mac.GetHashAndReset();
    }
}
