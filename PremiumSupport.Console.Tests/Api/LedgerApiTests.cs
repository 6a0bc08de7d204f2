using System.Net;
using System.Text.Json;
using PremiumSupport.Desk.Ledger;
using PremiumSupport.Tests.Desk.Ledger;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Api;

/// <summary>The ledger by REST: verified, exported signed, and held against its exports.</summary>
public sealed class LedgerApiTests(WrittenLedger written) : IClassFixture<WrittenLedger>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Verify_answers_how_much_was_checked_and_what_differs()
    {
        var api = Api();
        var whole = (await api.GetAsync("/api/v1/ledger/verify")).Is(HttpStatusCode.OK);
        var none = (await api.GetAsync("/api/v1/ledger/verify?from=2030-01-01T00:00:00Z")).Is(HttpStatusCode.OK);

        Assert.True(whole["checked"].GetInt64() > 20);
        Assert.Equal(0, whole["mismatches"].GetArrayLength());
        Assert.Equal(0, none["checked"].GetInt64());
        (await api.GetAsync("/api/v1/ledger/verify?from=soon")).IsProblem(400, "invalid", "from");
        (await api.GetAsync("/api/v1/ledger/verify?from=2030-01-02&to=2030-01-01")).IsProblem(400, "invalid", "from");
    }

    [Fact]
    public async Task Heads_are_signed_by_one_key_and_contained_until_somebody_rewrites_the_chain()
    {
        var api = Api();
        var exported = (await api.GetAsync("/api/v1/ledger/heads")).Is(HttpStatusCode.OK);
        var again = (await api.GetAsync("/api/v1/ledger/heads")).Is(HttpStatusCode.OK);

        Assert.Equal(["*", "acme", "globex"], exported["heads"].EnumerateArray().Select(head => head.GetProperty("account").GetString()!));
        Assert.Equal(exported["publicKey"].GetRawText(), again["publicKey"].GetRawText());
        Assert.False(exported["publicKey"].TryGetProperty("d", out _));
        Assert.Equal(3, exported["jws"].GetString()!.Split('.').Length);

        var check = (await api.PostAsync("/api/v1/ledger/heads/check", exported.Text)).Is(HttpStatusCode.OK);
        Assert.True(check["contained"].GetBoolean() && check["isOurKey"].GetBoolean());
        Assert.Equal(exported["publicKey"].GetProperty("kid").GetString(), check["keyId"].GetString());
        (await api.PostAsync("/api/v1/ledger/heads/check", JsonSerializer.Serialize(exported["jws"].GetString()))).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_sheet_that_was_changed_or_is_none_is_refused_in_words()
    {
        var api = Api();
        var jws = (await api.GetAsync("/api/v1/ledger/heads"))["jws"].GetString()!.Split('.');
        var changed = Microsoft.IdentityModel.Tokens.Base64UrlEncoder.Encode(Microsoft.IdentityModel.Tokens.Base64UrlEncoder.Decode(jws[1]).Replace("\"sequence\":", "\"sequence\":1", StringComparison.Ordinal));

        (await api.PostAsync("/api/v1/ledger/heads/check", new { jws = $"{jws[0]}.{changed}.{jws[2]}" })).IsProblem(400, "invalid", "heads");
        (await api.PostAsync("/api/v1/ledger/heads/check", new { jws = "a.b.c" })).IsProblem(400, "invalid", "heads");
        (await api.PostAsync("/api/v1/ledger/heads/check", new { heads = 1 })).IsProblem(400, "invalid", "heads");
        (await api.PostAsync("/api/v1/ledger/heads/check", "[]")).IsProblem(400, "invalid", "heads");
    }

    [Fact]
    public async Task The_command_finds_a_chain_that_was_written_anew_by_the_heads_of_before()
    {
        var sheet = (await Api().GetAsync("/api/v1/ledger/heads")).Text;
        using var copy = await written.CopyAsync();
        var file = copy.File + ".heads.json";
        await File.WriteAllTextAsync(file, sheet, Cancel);

        var (code, answer, _) = await copy.CommandAsync("--heads", file);
        Assert.Equal(0, code);
        Assert.Contains("3 chains, signed by key", answer, StringComparison.Ordinal);

        // Even a hash that fits cannot hide that it is another.
        copy.Execute("UPDATE \"Ledger\" SET \"Hash\" = substr(\"Hash\", 2) || '0' WHERE \"Id\" = (SELECT max(\"Id\") FROM \"Ledger\")");
        (code, answer, _) = await copy.CommandAsync("--heads", file);
        Assert.Equal(1, code);
        Assert.Contains("the chain was written anew", answer, StringComparison.Ordinal);
        copy.Execute("DELETE FROM \"Ledger\" WHERE \"Kind\" = 'Declared'; UPDATE \"LedgerHeads\" SET \"Sequence\" = 1, \"Hash\" = (SELECT \"Hash\" FROM \"Ledger\" WHERE \"Kind\" = 'Published') WHERE \"Sequence\" = 2");
        Assert.Contains("the chain has no such row any more", (await copy.CommandAsync("--heads", file)).Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_key_ring_cannot_sign_but_can_check()
    {
        _ = await Api().GetAsync("/api/v1/ledger/heads");
        var keys = new HeadKeyCommands(
            written.Get<PremiumSupport.Platform.Data.WriteQueue>(), new Microsoft.AspNetCore.DataProtection.EphemeralDataProtectionProvider(),
            written.Get<Microsoft.EntityFrameworkCore.IDbContextFactory<PremiumSupport.Platform.Data.SupportDb>>());

        var refused = await new LedgerHeads(written.Get<LedgerQueries>(), keys, TimeProvider.System).ExportAsync(Cancel);

        Assert.Equal("signing-key", refused.Refusal?.Code);
    }

    [Theory]
    [InlineData("/api/v1/ledger/verify")]
    [InlineData("/api/v1/ledger/heads")]
    public async Task Only_keys_for_reports_get_at_it(string address)
    {
        using var client = written.Host.CreateClient();
        Assert.Equal(HttpStatusCode.Unauthorized, (await new ApiCaller(client).GetAsync(address)).Status);
    }

    private ApiCaller Api() => new(written.Host.Api());
}
