using System.Net;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using PremiumSupport.Channels.Email;
using PremiumSupport.Channels.Email.Out.Templates;
using PremiumSupport.Platform.Mail;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Channels.Email;

/// <summary>From the form to the customer's mailbox and back to the desk's answer in it, over real servers.</summary>
public sealed class MailJourneyTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_promised_and_what_was_answered_arrive_in_the_customers_mailbox_as_one_thread()
    {
        var servers = MailServers.OrSkip();
        var customer = servers.NewAddress("sofia");
        await using var host = new SupportHost(new Dictionary<string, string?>(servers.Sending($"support@{servers.Domain}")) { ["PublicUrl"] = "https://support.example", ["Email:UndoWindow"] = "00:00:00" });
        var api = new ApiCaller(host.Api());

        var opened = (await api.PostAsync("/api/v1/tickets", new { channel = "email", requester = new { email = customer, name = "Sofia Ström" }, account = "acme", subject = "Exporte: größer als 10.000", body = "Wie?", locale = "de" })).Is(HttpStatusCode.Created);
        var number = opened["number"].GetInt64();
        var receipt = Assert.Single(await servers.WaitForAsync(customer, 1, Cancel));

        var due = opened["nextDueAt"].GetDateTimeOffset();
        Assert.Equal($"[#{number}] Exporte: größer als 10.000", receipt.Subject);
        Assert.Contains(MailWords.At(due, "America/New_York", "de"), receipt.TextBody, StringComparison.Ordinal);
        Assert.Contains(MailWords.At(due, "America/New_York", "de"), receipt.HtmlBody, StringComparison.Ordinal);
        Assert.Contains($"https://support.example/help?lang=de#request/{number}", receipt.TextBody, StringComparison.Ordinal);
        Assert.StartsWith(ReplyMarker.Of("de"), receipt.TextBody, StringComparison.Ordinal);
        Assert.Equal("auto-generated", receipt.Headers[HeaderId.AutoSubmitted]);
        Assert.Equal("All", receipt.Headers["X-Auto-Response-Suppress"]);

        (await api.SayAsync(number, "An <internal> note of ours", "internal")).Is(HttpStatusCode.Created);
        (await api.SayAsync(number, "Unter Berichte, oben rechts.\n\n<b>Nicht</b> im Menü.")).Is(HttpStatusCode.Created);
        var answer = (await servers.WaitForAsync(customer, 2, Cancel))[1];

        Assert.Equal(receipt.Subject, answer.Subject);
        Assert.Equal(receipt.MessageId, answer.InReplyTo);
        Assert.Equal([receipt.MessageId!], answer.References);
        Assert.Contains("Unter Berichte, oben rechts.\n\n<b>Nicht</b> im Menü.", answer.TextBody!.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;Nicht&lt;/b&gt;", answer.HtmlBody, StringComparison.Ordinal);
        Assert.Null(answer.Headers[HeaderId.AutoSubmitted]);
        Assert.Null(answer.Headers["X-Auto-Response-Suppress"]);
        Assert.DoesNotContain("internal", answer.ToString(), StringComparison.Ordinal);

        var signer = host.Services.GetRequiredService<MailSigner>();
        Assert.All([receipt, answer], mail =>
        {
            Assert.Equal(number, signer.TicketOf(Assert.IsType<MailboxAddress>(Assert.Single(mail.ReplyTo)).Address));
            Assert.Equal(number, signer.MailOf(mail.MessageId)?.TicketNumber);
        });
    }

    [Theory]
    [InlineData("SmtpStartTls", "StartTls")]
    [InlineData("SmtpTls", "SslOnConnect")]
    public async Task A_server_that_wants_TLS_and_a_password_gets_both(string port, string security)
    {
        var servers = MailServers.OrSkip();
        var (desk, customer) = (servers.NewAddress("desk"), servers.NewAddress("greta"));
        await using var host = new SupportHost(new Dictionary<string, string?>(servers.Sending(desk))
        {
            ["Email:Smtp:Port"] = $"{servers.Port(port)}", ["Email:Smtp:Security"] = security, ["Email:Smtp:UserName"] = desk, ["Email:Smtp:Password"] = servers.Password,
        });
        var number = await new ApiCaller(host.Api()).OpenAsync(new { channel = "email", requester = new { email = customer }, account = "acme", subject = "A question", body = "How?" });
        Assert.Contains($"[#{number}]", Assert.Single(await servers.WaitForAsync(customer, 1, Cancel)).Subject, StringComparison.Ordinal);
    }
}
