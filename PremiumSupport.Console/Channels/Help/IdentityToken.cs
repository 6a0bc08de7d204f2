using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using PremiumSupport.Sla;

namespace PremiumSupport.Channels.Help;

/// <summary>What the vendor's server says about the person in front of its page.</summary>
/// <param name="Role">The vendor's word, or null where it says none.</param>
/// <param name="ExpiresAt">Until when the vendor vouches; the session ends with it.</param>
public sealed record VouchedIdentity(string Subject, string Email, string Name, string Account, RequesterRole? Role, string? Locale, ClientPlatform Platform, DateTimeOffset ExpiresAt);

/// <summary>Either an identity or why there is none: a stable word and a sentence.</summary>
public readonly record struct IdentityCheck(VouchedIdentity? Identity, string Code, string Sentence);

/// <summary>
/// Checks the vendor's signed identity tokens (contract, "Customer identity"; trust rule 18): HS256 and nothing else, signed with one of the active secrets,
/// ending in at most <see cref="LongestLife"/>, with <see cref="Skew"/> of tolerance for clocks that differ.
/// </summary>
public static class IdentityToken
{
    /// <summary>How far away the end may be at most.</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromHours(12);

    /// <summary>How much the vendor's clock may differ from ours, either way.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);

    private const int LongestToken = 8192;
    private const int HmacBlock = 64;

    private static readonly JsonWebTokenHandler Handler = new() { MaximumTokenSizeInBytes = LongestToken, MapInboundClaims = false };

    /// <summary>Checks a token at an instant against the active secrets, any of which may have signed it.</summary>
    public static async Task<IdentityCheck> CheckAsync(string? token, IEnumerable<string> secrets, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(token) || token.Length > LongestToken)
        {
            return No("invalid-token", "An identity token is missing.");
        }

        var result = await Handler.ValidateTokenAsync(token, new()
        {
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            IssuerSigningKeys = secrets.Select(Key).ToList(),
            TryAllIssuerSigningKeys = true,
            RequireSignedTokens = true,
            ValidateIssuer = false,
            ValidateAudience = false,
            // Lifetimes are checked below, against a clock that tests own.
            ValidateLifetime = false,
        });
        return result is { IsValid: true, SecurityToken: JsonWebToken signed }
            ? Read(signed, now)
            : No("invalid-token", "The identity token is not one that the workspace's secret signed.");
    }

    // HMAC fills a key up with zeros to its block, so these bytes sign exactly as the secret itself; the library refuses shorter ones by their length alone.
    internal static SymmetricSecurityKey Key(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        Array.Resize(ref bytes, Math.Max(bytes.Length, HmacBlock));
        return new(bytes);
    }

    private static IdentityCheck Read(JsonWebToken token, DateTimeOffset now)
    {
        if (!token.TryGetPayloadValue<long>(JwtRegisteredClaimNames.Exp, out var seconds) || seconds is < 0 or > 253402300799)
        {
            return No("invalid-token", "The identity token has no end (exp).");
        }

        var end = DateTimeOffset.FromUnixTimeSeconds(seconds);
        if (end + Skew <= now)
        {
            return No("expired-token", "The identity token has expired. The page has to be given a new one.");
        }

        if (end > now + LongestLife + Skew)
        {
            return No("invalid-token", "The identity token ends more than 12 hours from now.");
        }

        if (token.TryGetPayloadValue<long>(JwtRegisteredClaimNames.Nbf, out var start) && start > (now + Skew).ToUnixTimeSeconds())
        {
            return No("invalid-token", "The identity token is not valid yet.");
        }

        var (subject, email, account) = (Text(token, "sub"), Text(token, "email"), Text(token, "account"));
        if (subject.Length == 0 || account.Length is 0 or > 100 || email.Length is 0 or > 320 || !email.Contains('@', StringComparison.Ordinal))
        {
            return No("invalid-token", "The identity token lacks sub, email or account.");
        }

        var role = Text(token, "role") switch
        {
            "" => (RequesterRole?)null,
            "super_admin" => RequesterRole.SuperAdmin,
            // A word that we don't know gives no rights.
            _ => RequesterRole.User,
        };
        var name = Text(token, "name") is { Length: > 0 and <= 200 } given ? given : email[..email.IndexOf('@', StringComparison.Ordinal)];
        var locale = Text(token, "locale") is { Length: > 0 and <= 35 } said ? said : null;
        var platform = Text(token, "platform") == "mobile-app" ? ClientPlatform.MobileApp : ClientPlatform.Web;
        return new(new(subject, email, name, account, role, locale, platform, end), "", "");
    }

    private static string Text(JsonWebToken token, string claim) => token.TryGetPayloadValue<object>(claim, out var value) ? value?.ToString()?.Trim() ?? "" : "";

    private static IdentityCheck No(string code, string sentence) => new(null, code, sentence);
}
