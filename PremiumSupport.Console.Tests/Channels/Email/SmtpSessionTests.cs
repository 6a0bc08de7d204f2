using MimeKit;
using PremiumSupport.Platform.Mail;

namespace PremiumSupport.Tests.Channels.Email;

/// <summary>What servers do to those who send by them.</summary>
public sealed class SmtpSessionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_goes_by_a_server_that_speaks_TLS()
    {
        await using var server = new FakeSmtpServer { OffersTls = true };
        Assert.Null((await SendAsync(server, MailSecurity.StartTls)).Problem);
        Assert.Single(server.Taken);
        Assert.DoesNotContain(server.Commands, command => command.StartsWith("plain MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_offers_no_TLS_gets_no_mail_where_TLS_is_asked_for()
    {
        await using var server = new FakeSmtpServer();
        var result = await SendAsync(server, MailSecurity.StartTls);
        Assert.Contains("TLS", result.Problem, StringComparison.Ordinal);
        Assert.False(result.IsPermanent);
        Assert.DoesNotContain(server.Commands, command => command.Contains("MAIL", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("250-evil\r\n250 AUTH PLAIN LOGIN\r\n")]
    [InlineData("250 ok\r\n250 ok\r\n250 ok\r\n354 go ahead\r\n250 taken\r\n")]
    [InlineData("x")]
    public async Task What_somebody_injects_behind_STARTTLS_is_not_taken_for_the_servers_words(string injected)
    {
        await using var server = new FakeSmtpServer { OffersTls = true, Injected = injected, Answer = command => command.StartsWith("RCPT", StringComparison.Ordinal) ? "550 not here" : null };
        var result = await SendAsync(server, MailSecurity.StartTls);
        Assert.Equal((true, "550 not here"), (result.IsPermanent, result.Problem));
        Assert.Equal(["plain EHLO", "plain STARTTLS", "tls EHLO", "tls MAIL", "tls RCPT"], server.Commands.Select(command => string.Join(' ', command.Split(' ')[..2])).Take(5));
    }

    [Fact]
    public async Task A_certificate_that_nobody_trusts_gets_no_mail()
    {
        await using var server = new FakeSmtpServer { OffersTls = true };
        using var session = new SmtpSession(Options(server, MailSecurity.StartTls));
        Assert.Contains("not trusted", await session.OpenAsync(Cancel), StringComparison.Ordinal);
        Assert.DoesNotContain(server.Commands, command => command.Contains("MAIL", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("RCPT", "550 5.1.1 no such user here", true)]
    [InlineData("RCPT", "451 4.7.1 try again later", false)]
    [InlineData("MAIL", "552 too much mail", true)]
    [InlineData("MAIL", "421 going away", false)]
    [InlineData("DATA", "554 no", true)]
    public async Task A_refusal_is_for_good_or_for_now_as_the_server_says(string command, string answer, bool isPermanent)
    {
        await using var server = new FakeSmtpServer { Answer = said => said.StartsWith(command, StringComparison.Ordinal) ? answer : null };
        var result = await SendAsync(server, MailSecurity.None);
        Assert.Equal(isPermanent, result.IsPermanent);
        Assert.StartsWith(answer[..3], result.Problem, StringComparison.Ordinal);
        Assert.Contains(answer.Split(' ')[^1], result.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_breaks_in_the_middle_of_a_mail_has_not_taken_it()
    {
        await using var server = new FakeSmtpServer { Drops = 1 };
        var result = await SendAsync(server, MailSecurity.None);
        Assert.True(result is { IsPermanent: false, IsBroken: true, Problem: not null }, result.ToString());
        Assert.Empty(server.Taken);
    }

    private static async Task<SendResult> SendAsync(FakeSmtpServer server, MailSecurity security)
    {
        using var session = new SmtpSession(Options(server, security), (_, certificate, _, _) => certificate?.GetCertHashString() == FakeSmtpServer.Certificate.GetCertHashString());
        if (await session.OpenAsync(Cancel) is { } problem)
        {
            return new(false, problem);
        }

        using var mail = new MimeMessage([new MailboxAddress("", "a@desk.example")], [new MailboxAddress("", "b@x.example")], "Hello", new TextPart("plain") { Text = "Hello\n.\nagain" });
        return await session.SendAsync(mail);
    }

    private static MailServerOptions Options(FakeSmtpServer server, MailSecurity security) => new() { Host = "127.0.0.1", Port = server.Port, Security = security };
}
