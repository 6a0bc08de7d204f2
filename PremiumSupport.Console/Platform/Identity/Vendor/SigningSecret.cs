using System.Security.Cryptography;
using System.Text;

namespace PremiumSupport.Platform.Identity.Vendor;

/// <summary>A secret as the check of tokens needs it.</summary>
/// <param name="KeyId">What a token's <c>kid</c> names it by.</param>
/// <param name="Text">HS256 over the UTF-8 bytes of this.</param>
/// <param name="IsActive">False when it is retired: what it signs is refused, and noted.</param>
public sealed record SigningSecret(string KeyId, string Text, bool IsActive = true)
{
    /// <summary>
    /// The name of a secret: it follows from the secret, so that every node and every start gives it the same one. 64 bits of a hash, of which nothing about a random
    /// secret can be learned; whoever holds a token could try guesses at a weak one anyway.
    /// </summary>
    public static string KeyIdOf(string secret) => "ws-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("PremiumSupport widget secret\n" + secret)))[..16];

    /// <inheritdoc />
    /// <remarks>Never the text: a record that is logged by accident must not give it away.</remarks>
    public override string ToString() => KeyId;
}
