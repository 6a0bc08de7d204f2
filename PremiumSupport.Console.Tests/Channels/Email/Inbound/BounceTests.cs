using PremiumSupport.Channels.Email.Inbound.Parsing;
using PremiumSupport.Channels.Email.Inbound.Rules;

namespace PremiumSupport.Tests.Channels.Email.Inbound;

/// <summary>Reports of undelivered mail find the mail that they mean; only a checked id makes them count (trust rules 9 and 11).</summary>
public sealed class BounceTests
{
    private const string Ours = "0190.1001.abcdef@ps.test";
    private static readonly BouncedMail Mail = new(Guid.NewGuid(), 1001);

    [Theory]
    [InlineData("failed", "5.1.1", true)]
    [InlineData("delayed", "4.4.1", false)]
    public void The_standard_s_report_names_mail_reason_and_whether_it_is_final(string action, string status, bool isFinal)
    {
        var report = MailParser.Parse(Report(action, status)).Bounce!;

        Assert.Equal([Ours], report.OriginalIds);
        Assert.Equal((isFinal, $"{status} 550 no such user"), (report.IsFinal, report.Reason));
    }

    [Theory]
    [InlineData("Undelivered Mail Returned to Sender")]
    [InlineData("failure notice")]
    [InlineData("Delivery Status Notification (Failure)")]
    [InlineData("Unzustellbar: Re: x")]
    [InlineData("Mancata consegna: x")]
    public void Letters_of_older_daemons_are_understood(string subject)
    {
        var report = MailParser.Parse(MailBytes.Plain("MAILER-DAEMON@mx.test", subject, $"Sorry.\n<sofia@acme.example>: 550 5.1.1 no such user\n\n--- Below is a copy ---\nFrom: support@ps.test\nMessage-ID: <{Ours}>\n")).Bounce!;

        Assert.Contains(Ours, report.OriginalIds);
        Assert.True(report.IsFinal);
        Assert.Contains("550", report.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bounce_counts_only_with_a_mail_that_was_proven_ours()
    {
        var mail = MailParser.Parse(Report("failed", "5.1.1"));

        Assert.Equal(Mail, Assert.IsType<MailFate.Bounce>(MailRules.Decide(new() { Mail = mail, Bounced = Mail })).Mail);
        Assert.IsType<MailFate.Ignored>(MailRules.Decide(new() { Mail = mail }));
        Assert.IsType<MailFate.Ignored>(MailRules.Decide(new() { Mail = MailParser.Parse(Report("delayed", "4.4.1")), Bounced = Mail }));
    }

    [Fact]
    public void A_bounce_of_a_bounce_is_answered_by_nobody()
    {
        var inner = System.Text.Encoding.ASCII.GetString(Report("failed", "5.1.1"));
        var outer = MailParser.Parse(MailBytes.Of("From: MAILER-DAEMON@other.test\nReturn-Path: <>\nSubject: Undelivered Mail\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=o",
            $"--o\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; other.test\n\nAction: failed\nStatus: 5.0.0\n\n--o\nContent-Type: message/rfc822\n\n{inner}\n--o--"));
        var fate = MailRules.Decide(new() { Mail = outer });

        Assert.False(fate.MayAnswer);
        Assert.IsType<MailFate.Ignored>(fate);
    }

    [Fact]
    public void Somebody_who_writes_about_undelivered_mail_is_no_daemon() =>
        Assert.Null(MailParser.Parse(MailBytes.Plain("sofia@acme.example", "Undelivered mail", "All our mails bounce with 550 5.1.1")).Bounce);

    private static byte[] Report(string action, string status) => MailBytes.Of(
        "From: Mail Delivery System <MAILER-DAEMON@mx.test>\nReturn-Path: <>\nTo: reply@ps.test\nSubject: Undelivered Mail Returned to Sender\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=r",
        $"--r\nContent-Type: text/plain\n\nI'm sorry.\n\n--r\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.test\n\nFinal-Recipient: rfc822; sofia@acme.example\nAction: {action}\nStatus: {status}\nDiagnostic-Code: smtp; 550 no such user\n\n--r\nContent-Type: text/rfc822-headers\n\nFrom: support@ps.test\nMessage-ID: <{Ours}>\nSubject: Re: x\n\n--r--");
}
