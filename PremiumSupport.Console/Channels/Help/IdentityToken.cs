using System.Globalization;
using System.Net.Mail;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Identity.Vendor;
using PremiumSupport.Sla;

namespace PremiumSupport.Channels.Help;

/// <summary>What the vendor's server says about the person in front of its page.</summary>
/// <param name="Role">The vendor's word, or null where it says none.</param>
/// <param name="ExpiresAt">Until when the vendor vouches; the session ends with it.</param>
public sealed record VouchedIdentity(string Subject, string Email, string Name, string Account, RequesterRole? Role, string? Locale, ClientPlatform Platform, DateTimeOffset ExpiresAt)
{
    /// <summary>The token's <c>jti</c>: with one, it begins one session and no other. Null for a token that may be used until its end.</summary>
    public string? TokenId { get; init; }

    /// <summary>The secret that signed it; see <see cref="SigningSecret.KeyId"/>.</summary>
    public required string KeyId { get; init; }
}

/// <summary>Either an identity or why there is none: a stable word and a sentence.</summary>
/// <param name="RetiredKeyId">The retired secret that the token is signed with; null when it is another's fault.</param>
public readonly record struct IdentityCheck(VouchedIdentity? Identity, string Code, string Sentence, string? RetiredKeyId = null);

/// <summary>
/// Checks the vendor's signed identity tokens (contract, "Customer identity"; trust rule 18): HS256 and nothing else, signed with an active secret, ending in at most
/// <see cref="LongestLife"/>, with <see cref="Skew"/> of tolerance for clocks that differ. A token that names its secret by <c>kid</c> is checked against that one
/// alone, any other against all of them; the library compares signatures in constant time.
/// </summary>
public static class IdentityToken
{
    /// <summary>How far away the end may be at most.</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromHours(12);

    /// <summary>How much the vendor's clock may differ from ours, either way.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);

    private const int LongestToken = 8192;
    private const int LongestId = 200;
    private const int HmacBlock = 64;
    private const double LastSecond = 253402300799;

    private static readonly JsonWebTokenHandler Handler = new() { MaximumTokenSizeInBytes = LongestToken, MapInboundClaims = false };

    /// <summary>Checks a token at an instant against the workspace's secrets. What a retired one signed is refused in words of its own.</summary>
    public static async Task<IdentityCheck> CheckAsync(string? token, IReadOnlyCollection<SigningSecret> secrets, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(token))
        {
            return No("invalid-token", "An identity token is missing.");
        }

        if (token.Length > LongestToken || Parse(token) is not { } parsed || !TryKeyId(parsed, out var keyId))
        {
            return No("invalid-token", "The identity token is not a JSON Web Token signed with HS256.");
        }

        var candidates = keyId is null ? secrets : [.. secrets.Where(secret => secret.KeyId == keyId)];
        if (await SignerAsync(token, candidates.Where(secret => secret.IsActive)) is { } signer)
        {
            return Read(signer.Token, signer.Secret.KeyId, now);
        }

        return await SignerAsync(token, candidates.Where(secret => !secret.IsActive)) is { } former
            ? No("retired-secret", "The identity token is signed with a secret that was retired. The page's server has to be given the new one.") with { RetiredKeyId = former.Secret.KeyId }
            : No("invalid-token", keyId is null || candidates.Count > 0
                ? "The identity token is not one that the workspace's secret signed."
                : "The identity token names a secret (kid) that this workspace does not have.");
    }

    // HMAC fills a key up with zeros to its block, so these bytes sign exactly as the secret itself; the library refuses shorter ones by their length alone.
    internal static SymmetricSecurityKey Key(SigningSecret secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret.Text);
        Array.Resize(ref bytes, Math.Max(bytes.Length, HmacBlock));
        return new(bytes);
    }

    private static JsonWebToken? Parse(string token)
    {
        try
        {
            return new(token);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    // A header that must be understood (crit) is one that is not: there is none that we know.
    private static bool TryKeyId(JsonWebToken token, out string? keyId)
    {
        keyId = null;
        if (token.Alg != SecurityAlgorithms.HmacSha256 || token.TryGetHeaderValue<object>("crit", out _))
        {
            return false;
        }

        if (!token.TryGetHeaderValue<object>(JwtHeaderParameterNames.Kid, out var said) || said is null)
        {
            return true;
        }

        keyId = said as string;
        return keyId is not null;
    }

    // One at a time, so that it is known which one fitted.
    private static async Task<(JsonWebToken Token, SigningSecret Secret)?> SignerAsync(string token, IEnumerable<SigningSecret> secrets)
    {
        foreach (var secret in secrets)
        {
            var result = await Handler.ValidateTokenAsync(token, new()
            {
                ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
                IssuerSigningKey = Key(secret),
                // The right one was picked above; the library would look for a key of that name and find none.
                TryAllIssuerSigningKeys = true,
                RequireSignedTokens = true,
                ValidateIssuer = false,
                ValidateAudience = false,
                // Lifetimes are checked below, against a clock that tests own.
                ValidateLifetime = false,
            });
            if (result is { IsValid: true, SecurityToken: JsonWebToken signed })
            {
                return (signed, secret);
            }
        }

        return null;
    }

    private static IdentityCheck Read(JsonWebToken token, string keyId, DateTimeOffset now)
    {
        if (Instant(token, JwtRegisteredClaimNames.Exp) is not { } end)
        {
            return No("invalid-token", "The identity token has no end (exp).");
        }

        if (end + Skew <= now)
        {
            return No("expired-token", "The identity token has expired. The page has to be given a new one.");
        }

        if (end > now + LongestLife + Skew)
        {
            return No("invalid-token", "The identity token ends more than 12 hours from now.");
        }

        if (token.TryGetPayloadValue<object>(JwtRegisteredClaimNames.Nbf, out _) && !(Instant(token, JwtRegisteredClaimNames.Nbf) <= now + Skew))
        {
            return No("not-yet-valid", "The identity token is not valid yet.");
        }

        var (subject, email, account) = (Text(token, "sub"), Text(token, "email"), Text(token, "account"));
        if (subject.Length == 0 || account.Length is 0 or > 100 || !IsAddress(email))
        {
            return No("invalid-token", "The identity token lacks sub, email or account.");
        }

        var id = Text(token, JwtRegisteredClaimNames.Jti);
        if (id.Length > LongestId)
        {
            return No("invalid-token", $"The identity token's jti has more than {LongestId} characters.");
        }

        var role = Text(token, "role") switch
        {
            "" => (RequesterRole?)null,
            "super_admin" => RequesterRole.SuperAdmin,
            // A word that we don't know gives no rights.
            _ => RequesterRole.User,
        };
        var name = MessageText.SingleLine(Text(token, "name")) is { Length: > 0 and <= 200 } given ? given : email[..email.IndexOf('@', StringComparison.Ordinal)];
        var locale = Text(token, "locale") is { Length: > 0 and <= 35 } said ? said : null;
        var platform = Text(token, "platform") == "mobile-app" ? ClientPlatform.MobileApp : ClientPlatform.Web;
        return new(new(subject, email, name, account, role, locale, platform, end) { TokenId = id.Length > 0 ? id : null, KeyId = keyId }, "", "");
    }

    // A NumericDate may have a fraction: JavaScript's clock divided by a thousand has one.
    private static DateTimeOffset? Instant(JsonWebToken token, string claim) =>
        token.TryGetPayloadValue<object>(claim, out var value) && value is int or long or double or decimal
        && Convert.ToDouble(value, CultureInfo.InvariantCulture) is >= 0 and <= LastSecond and var seconds
            ? DateTimeOffset.FromUnixTimeSeconds((long)seconds)
            : null;

    private static bool IsAddress(string email) =>
        email.Length is > 0 and <= 320 && MailAddress.TryCreate(email, out var address) && address.Address == email && !email.Any(char.IsControl);

    private static string Text(JsonWebToken token, string claim) => token.TryGetPayloadValue<object>(claim, out var value) ? value?.ToString()?.Trim() ?? "" : "";

    private static IdentityCheck No(string code, string sentence) => new(null, code, sentence);
}
