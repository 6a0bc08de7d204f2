using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace PremiumSupport.Platform.Identity.Bearer;

/// <summary>
/// How a session's token is made. For a browser that names itself by a key (256 random bits that it made and keeps), the token follows from that key and the session's
/// salt: whoever has the key, and nobody else, gets the same token again when an answer was lost or a page renders the same identity token after a reload. Kept are
/// only the salt and hashes, so a copy of the database opens nothing.
/// </summary>
internal static class SessionToken
{
    /// <summary>A browser's key has at least 128 bits of base64url, and no more than what is worth hashing.</summary>
    public static bool IsBrowserKey(string key) => key.Length is >= 22 and <= 128 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    public static string NewSalt() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string Make(string salt, string browserKey) =>
        CustomerSession.Prefix + Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(salt), Encoding.UTF8.GetBytes(browserKey)));

    /// <summary>The token of a session for whoever proves to be the browser that began it, by its key or by holding the token; null for everybody else.</summary>
    public static string? Of(CustomerSession session, string? browserKey, string? held)
    {
        var candidates = new[] { session.Salt is { } salt && browserKey is not null ? Make(salt, browserKey) : null, held };
        return candidates.FirstOrDefault(candidate => candidate is not null && CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(Secret.Hash(candidate)), Encoding.ASCII.GetBytes(session.Hash)));
    }
}
