using PremiumSupport.Channels.Help;
using PremiumSupport.Platform.Identity.Vendor;
using PremiumSupport.Sla;

namespace PremiumSupport.Tests.Channels.Help;

public sealed class IdentityTokenTests
{
    private const string Secret = VendorToken.Secret;
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 14, 0, 0, TimeSpan.Zero);
    private static readonly SigningSecret Only = Named(Secret);

    [Theory]
    [InlineData(Secret)]
    [InlineData("sixteen-letters!")]
    [InlineData("a secret that is longer than the block of the hash, which is sixty-four bytes, and so is hashed itself")]
    public async Task A_token_signed_over_the_bytes_of_the_secret_is_taken(string secret)
    {
        var check = await CheckAsync(Token.Sign(secret), Named(secret));
        Assert.Equal(new("42", "sofia@acme.example", "Sofia", "acme", RequesterRole.SuperAdmin, "de", ClientPlatform.Web, Now.AddHours(1)) { KeyId = SigningSecret.KeyIdOf(secret) }, check.Identity);
    }

    [Fact]
    public async Task During_a_rotation_either_secret_signs_and_the_one_that_did_is_known()
    {
        SigningSecret[] active = [Named("the-new-secret-of-the-workspace-01"), Only];
        Assert.Equal(active[0].KeyId, (await CheckAsync(Token.Sign(active[0].Text), active)).Identity!.KeyId);
        Assert.Equal(active[1].KeyId, (await CheckAsync(Token.Sign(active[1].Text), active)).Identity!.KeyId);
        Assert.Null((await CheckAsync(Token.Sign("the-one-before-that-is-gone-0123456"), active)).Identity);
    }

    [Fact]
    public async Task A_token_that_names_its_secret_is_checked_against_that_one_alone()
    {
        SigningSecret[] active = [Named("the-new-secret-of-the-workspace-01"), Only];
        Assert.NotNull((await CheckAsync(Token.Header("kid", Only.KeyId).Sign(), active)).Identity);
        Assert.Null((await CheckAsync(Token.Header("kid", active[0].KeyId).Sign(), active)).Identity);
        Assert.Contains("kid", (await CheckAsync(Token.Header("kid", "ws-of-somebody-else").Sign(), active)).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_retired_secret_signed_is_refused_in_words_of_its_own()
    {
        SigningSecret[] secrets = [Named("the-new-secret-of-the-workspace-01"), Only with { IsActive = false }];
        foreach (var token in new[] { Token.Sign(), Token.Header("kid", Only.KeyId).Sign() })
        {
            var check = await CheckAsync(token, secrets);
            Assert.Equal(("retired-secret", Only.KeyId, null), (check.Code, check.RetiredKeyId, check.Identity));
        }

        // A forger is not told apart by naming it.
        Assert.Null((await CheckAsync(Token.Header("kid", Only.KeyId).Sign("somebody-else-knows-this-0123456789"), secrets)).RetiredKeyId);
    }

    [Theory]
    [InlineData(-61, null)]
    [InlineData(-60, null)]
    [InlineData(-59, "taken")]
    [InlineData(12 * 3600, "taken")]
    [InlineData((12 * 3600) + 60, "taken")]
    [InlineData((12 * 3600) + 61, null)]
    public async Task Its_end_is_neither_past_nor_more_than_twelve_hours_away(int seconds, string? expected) =>
        Assert.Equal(expected is not null, (await CheckAsync(Token.With("exp", Now.AddSeconds(seconds).ToUnixTimeSeconds()).Sign(), Only)).Identity is not null);

    [Theory]
    [InlineData(60, "")]
    [InlineData(61, "not-yet-valid")]
    public async Task It_may_begin_a_minute_ahead_of_our_clock(int seconds, string code) =>
        Assert.Equal(code, (await CheckAsync(Token.With("nbf", Now.AddSeconds(seconds).ToUnixTimeSeconds()).Sign(), Only)).Code);

    [Fact]
    public async Task Its_times_may_have_fractions_as_those_of_JavaScript_do()
    {
        var end = Now.AddHours(1).ToUnixTimeSeconds();
        Assert.Equal(Now.AddHours(1), (await CheckAsync(Token.With("exp", end + 0.25).With("nbf", end - 7200.5).Sign(), Only)).Identity!.ExpiresAt);
    }

    [Fact]
    public async Task An_expired_token_says_so() =>
        Assert.Equal("expired-token", (await CheckAsync(Token.With("exp", Now.AddHours(-1).ToUnixTimeSeconds()).Sign(), Only)).Code);

    public static TheoryData<string, string?> Refused => [.. VendorToken.Bad(Now, Secret).Select(bad => (bad.What, bad.Token))];

    [Theory, MemberData(nameof(Refused))]
    public async Task What_the_secret_did_not_vouch_for_is_refused(string what, string? token)
    {
        var check = await CheckAsync(token, Only);
        Assert.True(check.Identity is null, what);
        Assert.NotEmpty(check.Code);
        Assert.NotEmpty(check.Sentence);
    }

    [Theory]
    [InlineData("super_admin", RequesterRole.SuperAdmin)]
    [InlineData("user", RequesterRole.User)]
    [InlineData("owner", RequesterRole.User)]
    [InlineData(null, null)]
    public async Task An_unknown_role_gives_no_rights_and_a_missing_one_says_nothing(string? word, RequesterRole? expected) =>
        Assert.Equal(expected, (await CheckAsync(Token.With("role", word).Sign(), Only)).Identity!.Role);

    [Fact]
    public async Task The_mobile_app_is_told_apart() =>
        Assert.Equal(ClientPlatform.MobileApp, (await CheckAsync(Token.With("platform", "mobile-app").Sign(), Only)).Identity!.Platform);

    [Fact]
    public async Task A_name_is_kept_on_one_line_and_without_what_no_screen_shows() =>
        Assert.Equal("Sofia Marchetti", (await CheckAsync(Token.With("name", " Sofia\nMarchetti\0\u0007 ").Sign(), Only)).Identity!.Name);

    [Theory]
    [InlineData("once", "once")]
    [InlineData("", null)]
    [InlineData(null, null)]
    public async Task Its_id_is_read(string? id, string? expected) => Assert.Equal(expected, (await CheckAsync(Token.With("jti", id).Sign(), Only)).Identity!.TokenId);

    private static VendorToken Token => new(Now);

    private static SigningSecret Named(string secret) => new(SigningSecret.KeyIdOf(secret), secret);

    private static Task<IdentityCheck> CheckAsync(string? token, params SigningSecret[] secrets) => IdentityToken.CheckAsync(token, secrets, Now);
}
