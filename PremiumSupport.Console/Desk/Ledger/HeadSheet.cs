using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Ledger;

/// <summary>The end of one chain at a time.</summary>
public sealed record ExportedHead(string Account, long Sequence, string Hash);

/// <summary>The public key that a sheet is signed with, as a JWK; its <paramref name="Kid"/> is the thumbprint of RFC 7638.</summary>
public sealed record HeadKey(string Kty, string Crv, string X, string Y, string Alg, string Use, string Kid);

/// <summary>
/// The ends of all chains at one moment, signed: whoever keeps it outside can show later that no row up to then was changed, removed or slipped in, even if somebody
/// rewrote whole chains with all their hashes.
/// </summary>
/// <param name="At">When.</param>
/// <param name="Heads">One per chain.</param>
/// <param name="Jws">All of it as a compact JWS, ES256; its header holds the public key.</param>
/// <param name="PublicKey">The public key.</param>
public sealed record HeadSheet(string At, IReadOnlyList<ExportedHead> Heads, string Jws, HeadKey PublicKey)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private static readonly JsonWebTokenHandler Handler = new() { MaximumTokenSizeInBytes = 64 << 20, MapInboundClaims = false };

    private sealed record Payload(string At, IReadOnlyList<ExportedHead> Heads);

    internal static HeadSheet Sign(DateTimeOffset at, IReadOnlyList<ExportedHead> heads, ECDsaSecurityKey key)
    {
        var jwk = HeadKeyCommands.PublicKeyOf(key.ECDsa);
        var publicKey = new HeadKey(jwk.Kty, jwk.Crv, jwk.X, jwk.Y, jwk.Alg, jwk.Use, jwk.Kid);
        var payload = new Payload(ObligationClock.Text(at), heads);
        var header = new Dictionary<string, object> { ["jwk"] = new Dictionary<string, object> { ["kty"] = jwk.Kty, ["crv"] = jwk.Crv, ["x"] = jwk.X, ["y"] = jwk.Y } };
        return new(payload.At, heads, Handler.CreateToken(JsonSerializer.Serialize(payload, Json), new SigningCredentials(key, SecurityAlgorithms.EcdsaSha256), header), publicKey);
    }

    /// <summary>Reads an exported sheet: the JSON that the API gave, or the bare JWS. Refused in words when it is neither, or when its signature does not fit.</summary>
    internal static async Task<Outcome<HeadSheet>> ReadAsync(string text)
    {
        var token = text.Trim();
        if (token.StartsWith('{'))
        {
            try
            {
                using var json = JsonDocument.Parse(token);
                token = json.RootElement.TryGetProperty("jws", out var jws) && jws.ValueKind == JsonValueKind.String ? jws.GetString()! : "";
            }
            catch (JsonException)
            {
                token = "";
            }
        }

        if (!Handler.CanReadToken(token))
        {
            return Refusal.Invalid(("heads", "These are no exported heads: send the JSON that GET /api/v1/ledger/heads gave, or its jws."));
        }

        var key = KeyOf(token);
        var result = key is null ? null : await Handler.ValidateTokenAsync(token, new()
        {
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            IssuerSigningKey = key,
            RequireSignedTokens = true,
            ValidateIssuer = false,
            ValidateAudience = false,
            ValidateLifetime = false,
        });
        if (result is not { IsValid: true, SecurityToken: JsonWebToken signed })
        {
            return Refusal.Invalid(("heads", "The signature of these heads does not fit: they were changed after they were exported."));
        }

        try
        {
            var payload = JsonSerializer.Deserialize<Payload>(Base64UrlEncoder.DecodeBytes(signed.EncodedPayload), Json);
            if (payload is { At: not null, Heads: { } heads } && heads.All(head => head is { Account: not null, Hash: not null }))
            {
                return new HeadSheet(payload.At, heads, token, new(key!.Kty, key.Crv, key.X, key.Y, SecurityAlgorithms.EcdsaSha256, "sig", HeadKeyCommands.KeyIdOf(key)));
            }
        }
        catch (JsonException)
        {
        }

        return Refusal.Invalid(("heads", "What was signed here are no heads of a ledger."));
    }

    private static JsonWebKey? KeyOf(string token)
    {
        try
        {
            using var header = JsonDocument.Parse(Base64UrlEncoder.Decode(new JsonWebToken(token).EncodedHeader));
            var jwk = header.RootElement.GetProperty("jwk");
            return new() { Kty = "EC", Crv = jwk.GetProperty("crv").GetString(), X = jwk.GetProperty("x").GetString(), Y = jwk.GetProperty("y").GetString() };
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException or FormatException or CryptographicException)
        {
            return null;
        }
    }
}
