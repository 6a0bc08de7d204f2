using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace PremiumSupport.Platform.Identity;

/// <summary>Secrets that are given out once and kept only as a hash (trust rule 19).</summary>
public static class Secret
{
    /// <summary>Longer texts are no secret of ours, and not worth hashing.</summary>
    public const int MaxLength = 512;

    /// <summary>256 random bits, base64url, behind a prefix that tells people and secret scanners what it is.</summary>
    public static string New(string prefix = "") => prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>
    /// SHA-256 as 64 lower-case hexadecimal digits. Fast on purpose: the input has 256 random bits, so there is nothing to guess. The one exception, fixed
    /// demo keys, protects nothing.
    /// </summary>
    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
