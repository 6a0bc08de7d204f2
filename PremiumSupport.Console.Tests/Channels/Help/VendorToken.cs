using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace PremiumSupport.Tests.Channels.Help;

/// <summary>Identity tokens as a vendor's server makes them, good and bad. Signed by hand, so that the library which checks is not the one that is believed.</summary>
internal sealed class VendorToken(DateTimeOffset now)
{
    public const string Secret = "the-vendor-and-we-know-this-0123456789";

    private readonly Dictionary<string, object> _header = new() { ["alg"] = "HS256", ["typ"] = "JWT" };

    private readonly Dictionary<string, object> _claims = new()
    {
        ["sub"] = "42", ["email"] = "sofia@acme.example", ["name"] = "Sofia", ["account"] = "acme", ["role"] = "super_admin", ["locale"] = "de", ["exp"] = now.AddHours(1).ToUnixTimeSeconds(),
    };

    /// <summary>The same with a claim set, or left out when null.</summary>
    public VendorToken With(string claim, object? value) => Set(_claims, claim, value);

    /// <summary>The same with a field of the header set, or left out when null.</summary>
    public VendorToken Header(string name, object? value) => Set(_header, name, value);

    /// <summary>Signed over the UTF-8 bytes of a secret, by what the header says.</summary>
    public string Sign(string secret = Secret)
    {
        var text = $"{Encode(_header)}.{Encode(_claims)}";
        var (key, bytes) = (Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(text));
        return $"{text}.{Base64Url.EncodeToString(_header.GetValueOrDefault("alg") as string == "HS512" ? HMACSHA512.HashData(key, bytes) : HMACSHA256.HashData(key, bytes))}";
    }

    /// <summary>With nothing behind the last dot.</summary>
    public string Unsigned() => $"{Encode(_header)}.{Encode(_claims)}.";

    /// <summary>Signed with an RSA key of somebody's own.</summary>
    public string SignRsa()
    {
        using var rsa = RSA.Create(2048);
        var text = $"{Encode(_header)}.{Encode(_claims)}";
        return $"{text}.{Base64Url.EncodeToString(rsa.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    /// <summary>A signed token with other claims put in afterwards.</summary>
    public string Changed(string claim, object value, string secret = Secret)
    {
        var signed = Sign(secret).Split('.');
        return $"{signed[0]}.{Encode(With(claim, value)._claims)}.{signed[2]}";
    }

    /// <summary>Everything that a workspace with <see cref="Secret"/> must not take, by name.</summary>
    public static IEnumerable<(string What, string? Token)> Bad(DateTimeOffset now, string secret)
    {
        VendorToken Fresh() => new(now);
        var good = Fresh().Sign(secret);
        yield return ("nothing", null);
        yield return ("empty", "");
        yield return ("not a token", "hello");
        yield return ("dots", "....");
        yield return ("another key", Fresh().Sign("somebody-else-knows-this-0123456789"));
        yield return ("another workspace's kid", Fresh().Header("kid", "ws-0123456789abcdef").Sign(secret));
        yield return ("a kid that is a path", Fresh().Header("kid", "../../dev/null").Sign(""));
        yield return ("a kid that is a query", Fresh().Header("kid", "x' UNION SELECT 'secret").Sign("secret"));
        yield return ("a kid that is a number", Fresh().Header("kid", 7).Sign(secret));
        yield return ("alg none", Fresh().Header("alg", "none").Unsigned());
        yield return ("alg None", Fresh().Header("alg", "None").Unsigned());
        yield return ("alg nOnE, signed", Fresh().Header("alg", "nOnE").Sign(secret));
        yield return ("no alg", Fresh().Header("alg", null).Sign(secret));
        yield return ("HS512 with the right secret", Fresh().Header("alg", "HS512").Sign(secret));
        yield return ("RS256 by name", Fresh().Header("alg", "RS256").Sign(secret));
        yield return ("RS256 by its own key", Fresh().Header("alg", "RS256").SignRsa());
        yield return ("HS256 by name, RSA by signature", Fresh().SignRsa());
        yield return ("its own key in the header", Fresh().Header("jwk", new Dictionary<string, object> { ["kty"] = "oct", ["k"] = "c29tZWJvZHk" }).Sign("somebody"));
        yield return ("a key from elsewhere", Fresh().Header("jku", "https://evil.example/keys").Sign("somebody"));
        yield return ("a header that must be understood", Fresh().Header("crit", new[] { "b64" }).Header("b64", false).Sign(secret));
        yield return ("changed after signing", Fresh().Changed("account", "globex", secret));
        yield return ("cut off", good[..^1]);
        yield return ("no signature", good[..(good.LastIndexOf('.') + 1)]);
        yield return ("no signature and no dot", good[..good.LastIndexOf('.')]);
        yield return ("two signatures", good + good[good.LastIndexOf('.')..]);
        yield return ("no end", Fresh().With("exp", null).Sign(secret));
        yield return ("an end that is text", Fresh().With("exp", "tomorrow").Sign(secret));
        yield return ("an end before all years", Fresh().With("exp", -1).Sign(secret));
        yield return ("an end beyond all years", Fresh().With("exp", long.MaxValue).Sign(secret));
        yield return ("an end that is no long", Fresh().With("exp", 1e300).Sign(secret));
        yield return ("an end too far", Fresh().With("exp", now.AddHours(13).ToUnixTimeSeconds()).Sign(secret));
        yield return ("long over", Fresh().With("exp", now.AddHours(-1).ToUnixTimeSeconds()).Sign(secret));
        yield return ("not yet", Fresh().With("nbf", now.AddMinutes(10).ToUnixTimeSeconds()).Sign(secret));
        yield return ("not before words", Fresh().With("nbf", "later").Sign(secret));
        yield return ("no subject", Fresh().With("sub", null).Sign(secret));
        yield return ("no account", Fresh().With("account", " ").Sign(secret));
        yield return ("no address", Fresh().With("email", null).Sign(secret));
        yield return ("an address that is none", Fresh().With("email", "sofia").Sign(secret));
        yield return ("an address with a line end", Fresh().With("email", "a@b.example\r\nBcc: c@d.example").Sign(secret));
        yield return ("a jti beyond all measure", Fresh().With("jti", new string('j', 201)).Sign(secret));
        yield return ("far too long", Fresh().With("name", new string('x', 9000)).Sign(secret));
    }

    private VendorToken Set(Dictionary<string, object> where, string name, object? value)
    {
        if (value is null)
        {
            where.Remove(name);
        }
        else
        {
            where[name] = value;
        }

        return this;
    }

    private static string Encode(Dictionary<string, object> value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
}
