using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PremiumSupport.Channels.Help;
using PremiumSupport.Sla;

namespace PremiumSupport.Tests.Channels.Help;

public sealed class IdentityTokenTests
{
    private const string Secret = "the-vendor-and-we-know-this-0123456789";
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 14, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(Secret)]
    [InlineData("sixteen-letters!")]
    [InlineData("a secret that is longer than the block of the hash, which is sixty-four bytes, and so is hashed itself")]
    public async Task A_token_signed_over_the_bytes_of_the_secret_is_taken(string secret)
    {
        var check = await IdentityToken.CheckAsync(Sign(Claims(), secret), [secret], Now);
        Assert.Equal(new("42", "sofia@acme.example", "Sofia", "acme", RequesterRole.SuperAdmin, "de", ClientPlatform.Web, Now.AddHours(1)), check.Identity);
    }

    [Fact]
    public async Task During_a_rotation_either_secret_signs()
    {
        string[] active = ["the-new-secret-of-the-workspace-01", Secret];
        Assert.NotNull((await IdentityToken.CheckAsync(Sign(Claims(), active[0]), active, Now)).Identity);
        Assert.NotNull((await IdentityToken.CheckAsync(Sign(Claims(), active[1]), active, Now)).Identity);
        Assert.Null((await IdentityToken.CheckAsync(Sign(Claims(), "the-one-before-that-is-gone-0123456"), active, Now)).Identity);
    }

    [Theory]
    [InlineData(-61, null)]
    [InlineData(-60, null)]
    [InlineData(-59, "taken")]
    [InlineData(12 * 3600, "taken")]
    [InlineData((12 * 3600) + 60, "taken")]
    [InlineData((12 * 3600) + 61, null)]
    public async Task Its_end_is_neither_past_nor_more_than_twelve_hours_away(int seconds, string? expected)
    {
        var check = await IdentityToken.CheckAsync(Sign(Claims(("exp", Now.AddSeconds(seconds).ToUnixTimeSeconds()))), [Secret], Now);
        Assert.Equal(expected is not null, check.Identity is not null);
    }

    [Fact]
    public async Task An_expired_token_says_so() =>
        Assert.Equal("expired-token", (await IdentityToken.CheckAsync(Sign(Claims(("exp", Now.AddHours(-1).ToUnixTimeSeconds()))), [Secret], Now)).Code);

    public static TheoryData<string, string?> Refused => new()
    {
        { "nothing", null },
        { "empty", "" },
        { "not a token", "hello" },
        { "three dots", "..." },
        { "another secret", Sign(Claims(), "somebody-else-knows-this-0123456789") },
        { "alg none", Unsigned("none") },
        { "alg None", Unsigned("None") },
        { "HS512 with the right secret", Sign(Claims(), Secret, "HS512") },
        { "RS256 by name", Sign(Claims(), Secret, "RS256") },
        { "changed after signing", Forged() },
        { "no signature", Sign(Claims(), Secret)[..(Sign(Claims(), Secret).LastIndexOf('.') + 1)] },
        { "no end", Sign(Claims(("exp", null)), Secret) },
        { "an end that is text", Sign(Claims(("exp", "tomorrow")), Secret) },
        { "an end beyond all years", Sign(Claims(("exp", long.MaxValue)), Secret) },
        { "not yet", Sign(Claims(("nbf", Now.AddMinutes(10).ToUnixTimeSeconds())), Secret) },
        { "no subject", Sign(Claims(("sub", null)), Secret) },
        { "no account", Sign(Claims(("account", " ")), Secret) },
        { "no address", Sign(Claims(("email", null)), Secret) },
        { "an address that is none", Sign(Claims(("email", "sofia")), Secret) },
        { "far too long", Sign(Claims(("name", new string('x', 9000))), Secret) },
    };

    [Theory, MemberData(nameof(Refused))]
    public async Task What_the_secret_did_not_vouch_for_is_refused(string what, string? token)
    {
        var check = await IdentityToken.CheckAsync(token, [Secret], Now);
        Assert.True(check.Identity is null, what);
        Assert.Equal("invalid-token", check.Code);
        Assert.NotEmpty(check.Sentence);
    }

    [Theory]
    [InlineData("super_admin", RequesterRole.SuperAdmin)]
    [InlineData("user", RequesterRole.User)]
    [InlineData("owner", RequesterRole.User)]
    [InlineData(null, null)]
    public async Task An_unknown_role_gives_no_rights_and_a_missing_one_says_nothing(string? word, RequesterRole? expected) =>
        Assert.Equal(expected, (await IdentityToken.CheckAsync(Sign(Claims(("role", word))), [Secret], Now)).Identity!.Role);

    [Fact]
    public async Task The_mobile_app_is_told_apart() =>
        Assert.Equal(ClientPlatform.MobileApp, (await IdentityToken.CheckAsync(Sign(Claims(("platform", "mobile-app"))), [Secret], Now)).Identity!.Platform);

    private static Dictionary<string, object> Claims(params (string Name, object? Value)[] changes)
    {
        var claims = new Dictionary<string, object>
        {
            ["sub"] = "42", ["email"] = "sofia@acme.example", ["name"] = "Sofia", ["account"] = "acme", ["role"] = "super_admin", ["locale"] = "de",
            ["exp"] = Now.AddHours(1).ToUnixTimeSeconds(),
        };
        foreach (var (name, value) in changes)
        {
            if (value is null)
            {
                claims.Remove(name);
            }
            else
            {
                claims[name] = value;
            }
        }

        return claims;
    }

    // Signed by hand, so that the library which checks is not the one that is believed.
    private static string Sign(Dictionary<string, object> claims, string secret = Secret, string algorithm = "HS256")
    {
        var text = $"{Encode(new Dictionary<string, object> { ["alg"] = algorithm, ["typ"] = "JWT" })}.{Encode(claims)}";
        var (key, bytes) = (Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(text));
        return $"{text}.{Base64Url.EncodeToString(algorithm == "HS512" ? HMACSHA512.HashData(key, bytes) : HMACSHA256.HashData(key, bytes))}";
    }

    private static string Unsigned(string algorithm) => $"{Encode(new Dictionary<string, object> { ["alg"] = algorithm })}.{Encode(Claims())}.";

    private static string Forged()
    {
        var parts = Sign(Claims()).Split('.');
        return $"{parts[0]}.{Encode(Claims(("account", "globex")))}.{parts[2]}";
    }

    private static string Encode(Dictionary<string, object> value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
}
