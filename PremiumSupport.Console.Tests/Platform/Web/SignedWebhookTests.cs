using System.Net;
using System.Text;
using PremiumSupport.Platform.Web;
using PremiumSupport.Platform.Web.Outbound;
using PremiumSupport.Tests.Sla;

namespace PremiumSupport.Tests.Platform.Web;

public sealed class SignedWebhookTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"test": 2432232314}""");
    private static readonly DateTimeOffset Sent = DateTimeOffset.FromUnixTimeSeconds(1614265330);

    /// <summary>The example that the libraries of Standard Webhooks test themselves with.</summary>
    [Fact]
    public void The_published_example_has_the_published_signature() =>
        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", SignedWebhook.Sign(Key(), "msg_p5jXN8AQM9LWM0D4loKWxJek", Sent, Body));

    [Theory]
    [InlineData(0, null)]
    [InlineData(300, null)]
    [InlineData(-300, null)]
    [InlineData(301, WebhookFault.Late)]
    [InlineData(-301, WebhookFault.Late)]
    public void A_message_is_believed_for_five_minutes_either_way(int seconds, WebhookFault? fault) =>
        Assert.Equal(fault, Check([Key()], SignedWebhook.Sign(Key(), "m", Sent, Body), now: Sent.AddSeconds(seconds)));

    [Fact]
    public void Each_of_two_secrets_is_believed_and_a_third_is_not()
    {
        var (old, young) = (Key(), Encoding.ASCII.GetBytes("another secret of 24 bytes or more"));
        Assert.Null(Check([young, old], SignedWebhook.Sign(old, "m", Sent, Body)));
        Assert.Null(Check([young, old], SignedWebhook.Sign(young, "m", Sent, Body)));
        Assert.Null(Check([young], $"v1,AAAA v9,whatever {SignedWebhook.Sign(young, "m", Sent, Body)}"));
        Assert.Equal(WebhookFault.Forged, Check([young], SignedWebhook.Sign(old, "m", Sent, Body)));
    }

    [Fact]
    public void Another_body_id_or_time_is_a_forgery_and_nothing_at_all_is_unsigned()
    {
        var signature = SignedWebhook.Sign(Key(), "m", Sent, Body);
        Assert.Equal(WebhookFault.Forged, SignedWebhook.Check([Key()], "m", SignedWebhook.Seconds(Sent), signature, "{}"u8, Sent));
        Assert.Equal(WebhookFault.Forged, SignedWebhook.Check([Key()], "n", SignedWebhook.Seconds(Sent), signature, Body, Sent));
        Assert.Equal(WebhookFault.Forged, SignedWebhook.Check([Key()], "m", SignedWebhook.Seconds(Sent.AddSeconds(1)), signature, Body, Sent));
        Assert.Equal(WebhookFault.NotSigned, SignedWebhook.Check([Key()], "", SignedWebhook.Seconds(Sent), signature, Body, Sent));
        Assert.Equal(WebhookFault.NotSigned, SignedWebhook.Check([Key()], "m", "yesterday", signature, Body, Sent));
        Assert.Equal(WebhookFault.NotSigned, SignedWebhook.Check([Key()], "m", "99999999999999", signature, Body, Sent));
        Assert.Equal(WebhookFault.NotSigned, SignedWebhook.Check([Key()], "m", SignedWebhook.Seconds(Sent), "", Body, Sent));
    }

    [Theory]
    [InlineData("whsec_c2hvcnQ=")]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_???")]
    [InlineData("")]
    public void What_is_no_secret_is_none(string text) => Assert.Null(SignedWebhook.ReadSecret(text));

    [Theory]
    [InlineData("93.184.216.34", true)]
    [InlineData("2606:2800:220:1:248:1893:25c8:1946", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("192.168.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::ffff:93.184.216.34", true)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("2001:0:1::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("ff02::1", false)]
    public void Only_addresses_of_the_world_are_spoken_to(string address, bool isPublic) => Assert.Equal(isPublic, PublicAddress.Is(IPAddress.Parse(address)));

    [Fact]
    public async Task An_address_of_this_machine_is_reached_only_where_that_is_allowed()
    {
        using var client = new OutboundClient();
        foreach (var url in new[] { "http://127.0.0.1:9/", "http://localhost:9/", "http://[::1]:9/", "http://[::ffff:127.0.0.1]:9/" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            var refused = await Assert.ThrowsAsync<HttpRequestException>(() => client.SendAsync(request, mayBePrivate: false, TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
            Assert.Contains("not a public address", refused.ToString(), StringComparison.Ordinal);
        }
    }

    private static byte[] Key() => SignedWebhook.ReadSecret(Secret)!;

    private static WebhookFault? Check(IReadOnlyList<byte[]> secrets, string signatures, DateTimeOffset? now = null) =>
        SignedWebhook.Check(secrets, "m", SignedWebhook.Seconds(Sent), signatures, Body, now ?? Sent);
}
