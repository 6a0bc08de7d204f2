using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Desk.Ledger;

/// <summary>
/// The key that signs exported heads, made at its first use. It is kept among the settings, because every node on one database has to sign with the same one and a
/// file would be one node's; and protected by the key ring, which is not in the database, so that whoever can rewrite the ledger cannot sign what they made of it.
/// The public half stands beside it in the clear.
/// </summary>
public sealed class HeadKeyCommands(WriteQueue writes, IDataProtectionProvider protection, IDbContextFactory<SupportDb> factory)
{
    internal const string PublicSetting = "Ledger:PublicKey";

    private const string PrivateSetting = "Ledger:SigningKey";

    private readonly IDataProtector _protector = protection.CreateProtector("PremiumSupport.Ledger.Heads");

    /// <summary>The signing key; null when this node's key ring cannot open it, because it is not the ring of the node that made it.</summary>
    internal async Task<ECDsaSecurityKey?> SigningKeyAsync(CancellationToken cancellation)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var kept = (await db.Set<Setting>().FindAsync([PrivateSetting], cancellation))?.Value ?? await writes.RunAsync(MakeAsync, null, cancellation);
        try
        {
            var key = ECDsa.Create();
            key.ImportPkcs8PrivateKey(_protector.Unprotect(Convert.FromBase64String(kept)), out _);
            // The library would keep signers for later, and with them a key that has been let go.
            return new(key) { KeyId = KeyIdOf(PublicKeyOf(key)), CryptoProviderFactory = new() { CacheSignatureProviders = false } };
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>The public half as a JWK.</summary>
    internal static JsonWebKey PublicKeyOf(ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false);
        var jwk = new JsonWebKey { Kty = "EC", Crv = "P-256", X = Base64UrlEncoder.Encode(point.Q.X), Y = Base64UrlEncoder.Encode(point.Q.Y), Alg = SecurityAlgorithms.EcdsaSha256, Use = "sig" };
        jwk.Kid = KeyIdOf(jwk);
        return jwk;
    }

    /// <summary>The thumbprint of RFC 7638: what to note down to know the key again.</summary>
    internal static string KeyIdOf(JsonWebKey jwk) => Base64UrlEncoder.Encode(jwk.ComputeJwkThumbprint());

    private async Task<string> MakeAsync(SupportDb db)
    {
        // Another node, or another request, may have been first.
        if (await db.Set<Setting>().FindAsync(PrivateSetting) is { } other)
        {
            return other.Value;
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var kept = Convert.ToBase64String(_protector.Protect(key.ExportPkcs8PrivateKey()));
        db.Add(new Setting { Key = PrivateSetting, Value = kept });
        db.Add(new Setting { Key = PublicSetting, Value = PublicKeyOf(key).Kid });
        await db.SaveChangesAsync();
        return kept;
    }
}
