using Microsoft.Extensions.Configuration;
using PremiumSupport.Platform.Mail;

namespace PremiumSupport.Tests.Platform.Mail;

public sealed class EmailOptionsTests
{
    [Fact]
    public void Without_a_server_nothing_is_sent() => Assert.False(Read().Sends);

    [Theory]
    [InlineData(null, MailSecurity.StartTls, 587)]
    [InlineData("starttls", MailSecurity.StartTls, 587)]
    [InlineData("SslOnConnect", MailSecurity.SslOnConnect, 465)]
    [InlineData("None", MailSecurity.None, 25)]
    public void Tls_is_asked_for_by_name_and_is_the_default(string? word, MailSecurity security, int port)
    {
        var smtp = Read(("Smtp:Host", "mx.example"), ("Smtp:Security", word), ("From", "Support <support@desk.example>")).Smtp!;
        Assert.Equal((security, port), (smtp.Security, smtp.Port));
    }

    [Theory]
    [InlineData("Smtp:Security", "StartTlsWhenAvailable")]
    [InlineData("Smtp:Security", "Auto")]
    [InlineData("Smtp:Security", "1")]
    [InlineData("Smtp:Port", "0")]
    [InlineData("Smtp:Port", "smtp")]
    [InlineData("Smtp:UserName", "desk")]
    [InlineData("From", "nobody")]
    [InlineData("From", "")]
    [InlineData("ReplyAddress", "reply")]
    [InlineData("UndoWindow", "soon")]
    [InlineData("UndoWindow", "00:11:00")]
    public void What_cannot_be_stops_the_start_and_is_named(string key, string value)
    {
        var failure = Assert.Throws<InvalidOperationException>(() => Read(("Smtp:Host", "mx.example"), ("From", "support@desk.example"), (key, value)));
        var named = key == "Smtp:UserName" ? "Smtp:Password" : key;
        Assert.Contains($"Email:{named}", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"Email__{named.Replace(":", "__", StringComparison.Ordinal)}", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mx.example", false)]
    [InlineData("localhost", true)]
    [InlineData("127.0.0.1", true)]
    public void A_password_crosses_no_network_in_the_clear(string host, bool isAllowed)
    {
        EmailOptions Do() => Read(("Smtp:Host", host), ("From", "support@desk.example"), ("Smtp:Security", "None"), ("Smtp:UserName", "desk"), ("Smtp:Password", "secret"));
        if (isAllowed)
        {
            Assert.Equal("desk", Do().Smtp!.UserName);
        }
        else
        {
            Assert.Contains("Email:Smtp:Security", Assert.Throws<InvalidOperationException>(Do).Message, StringComparison.Ordinal);
        }
    }

    private static EmailOptions Read(params (string Key, string? Value)[] settings) =>
        EmailOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(settings.Reverse().DistinctBy(pair => pair.Key).Select(pair => KeyValuePair.Create($"Email:{pair.Key}", pair.Value))).Build());
}
