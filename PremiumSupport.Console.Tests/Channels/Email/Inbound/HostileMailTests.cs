using System.Text;
using PremiumSupport.Channels.Email.Inbound.Parsing;
using PremiumSupport.Channels.Email.Inbound.Rules;

namespace PremiumSupport.Tests.Channels.Email.Inbound;

/// <summary>Mails made to break something. Each is read as far as it can be, and says what could not (trust rule 12).</summary>
public sealed class HostileMailTests
{
    [Fact]
    public void A_mail_without_a_sender_is_quarantined_with_the_reason()
    {
        var mail = MailParser.Parse(MailBytes.Of("Subject: x\nContent-Type: text/plain"));

        Assert.Null(mail.From);
        Assert.Contains("no sender", Assert.IsType<MailFate.Quarantined>(MailRules.Decide(new() { Mail = mail })).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Ten_thousand_recipients_are_counted_and_the_first_are_kept()
    {
        var mail = MailParser.Parse(MailBytes.Of($"From: a@b.test\nTo: {string.Join(",\n ", Enumerable.Range(0, 10_000).Select(n => $"Person {n} <p{n}@many.test>"))}\nSubject: x"));

        Assert.Equal((10_000, ParsingLimits.Recipients), (mail.RecipientCount, mail.Recipients.Count));
        Assert.Null(mail.Limit);
    }

    [Fact]
    public void Two_hundred_thousand_parts_are_not_parsed()
    {
        var raw = Encoding.ASCII.GetBytes("From: a@b.test\r\nSubject: many\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + string.Concat(Enumerable.Repeat("--b\r\n\r\nx\r\n", 200_000)) + "--b--\r\n");
        var mail = MailParser.Parse(raw);

        Assert.Contains("500 parts", mail.Limit, StringComparison.Ordinal);
        Assert.Equal(("a@b.test", "many"), (mail.From!.Address, mail.Subject));
        Assert.Contains(mail.Limit!, mail.Remarks);
    }

    [Theory]
    [InlineData("multipart/mixed; boundary=b{0}", "--b{0}\r\n")]
    [InlineData("message/rfc822", "")]
    public void Parts_too_deep_in_each_other_are_not_parsed(string type, string separator)
    {
        var raw = new StringBuilder("From: a@b.test\r\nSubject: deep\r\nMIME-Version: 1.0\r\n");
        for (var depth = 0; depth < 3_000; depth++)
        {
            raw.Append("Content-Type: ").AppendFormat(null, type, depth).Append("\r\n\r\n").AppendFormat(null, separator, depth);
        }

        Assert.Contains("50 deep", MailParser.Parse(Encoding.ASCII.GetBytes(raw.ToString())).Limit, StringComparison.Ordinal);
    }

    [Fact]
    public void Twenty_five_megabytes_and_a_byte_are_too_many()
    {
        var mail = MailParser.Parse(MailBytes.Of("From: a@b.test\nSubject: large", new string('x', ParsingLimits.Bytes)));

        Assert.Equal("a@b.test", mail.From!.Address);
        Assert.Contains("bytes", mail.Limit, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_without_end_is_too_long() =>
        Assert.Contains("header", MailParser.Parse(Encoding.ASCII.GetBytes("From: a@b.test\r\n" + string.Concat(Enumerable.Repeat("X: y\r\n", 400_000)))).Limit, StringComparison.Ordinal);

    [Fact]
    public void Nested_elements_cost_nothing_and_the_remark_says_that_they_are_not_shown()
    {
        var mail = MailParser.Parse(MailBytes.Html(string.Concat(Enumerable.Repeat("<div>", 50_000))));

        Assert.Null(mail.Html);
        Assert.Contains(mail.Remarks, remark => remark.Contains("deep", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("=?utf-8?Q?Invoice=0D=0ABcc:_victim@evil.test?=", "InvoiceBcc: victim@evil.test")]
    [InlineData("=?utf-8?Q?a=E2=80=AEcod.exe?=", "acod.exe")]
    [InlineData("=?utf-8?Q?a=00b=07c?=", "a b c")]
    [InlineData("=?utf-8?B?4oCu4oGm4oCP?=", "")]
    public void Subjects_are_one_line_that_runs_one_way(string written, string read) =>
        Assert.Equal(read, MailParser.Parse(MailBytes.Plain("a@b.test", written)).Subject);

    [Fact]
    public void Names_of_people_and_files_bear_no_tricks()
    {
        var mail = MailParser.Parse(MailBytes.Mixed(
            "Content-Type: text/plain\n\nHello",
            "Content-Type: application/octet-stream\nContent-Disposition: attachment; filename=\"../../../etc/passwd\"\n\nx",
            "Content-Type: application/octet-stream\nContent-Disposition: attachment; filename=\"C:\\\\Windows\\\\x.dll\"\n\nx",
            "Content-Type: application/octet-stream\nContent-Disposition: attachment; filename*=utf-8''photo%E2%80%AEgpj.exe\n\nx",
            "Content-Type: application/octet-stream\nContent-Disposition: attachment; filename=\"\"\n\nx"));

        Assert.Equal(["passwd", "x.dll", "photogpj.exe", "file"], mail.Files.Select(file => file.Name));
        Assert.Equal("Hello", mail.Words.Said);
        Assert.Equal("Sofia admin", MailParser.Parse(MailBytes.Plain("=?utf-8?Q?Sofia=E2=80=AE_admin?= <a@b.test>", "x")).From!.Name);
    }

    [Theory]
    [InlineData("x-does-not-exist", "Gr\u00fc\u00dfe", "does not exist")]
    [InlineData("utf-7", "Hi +AGE-", "does not exist")]
    public void A_charset_that_does_not_exist_is_guessed_and_said(string charset, string words, string why)
    {
        var mail = MailParser.Parse(MailBytes.Of($"From: a@b.test\nMIME-Version: 1.0\nContent-Type: text/plain; charset={charset}", words));

        Assert.Equal(words, mail.Words.Said);
        Assert.Contains(why, Assert.Single(mail.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_not_what_they_say_are_guessed_and_said()
    {
        byte[] raw = [.. MailBytes.Of("From: a@b.test\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8", "Gr"), 0xFC, 0xDF, .. "e aus M"u8, 0xFC, .. "nchen, bitte helfen Sie uns."u8];
        var mail = MailParser.Parse(raw);

        Assert.Equal("Grüße aus München, bitte helfen Sie uns.", mail.Words.Said);
        Assert.Contains("guess", Assert.Single(mail.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_senders_are_nobody()
    {
        var mail = MailParser.Parse(MailBytes.Of("From: sofia@acme.example, evil@evil.test\nSubject: x"));
        var twice = MailParser.Parse(MailBytes.Of("From: sofia@acme.example\nFrom: evil@evil.test\nSubject: x"));

        Assert.IsType<MailFate.Unverified>(MailRules.Decide(new() { Mail = mail, Contacts = [new(Guid.NewGuid())] }));
        Assert.IsType<MailFate.Unverified>(MailRules.Decide(new() { Mail = twice, Contacts = [new(Guid.NewGuid())] }));
    }

    [Fact]
    public void Nested_mails_invitations_and_what_Outlook_wraps_badly_are_kept_as_files()
    {
        var mail = MailParser.Parse(MailBytes.Mixed(
            "Content-Type: text/plain\n\nSee below",
            "Content-Type: message/rfc822\n\nFrom: c@d.test\nSubject: Older one\n\nOld words",
            "Content-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR\nEND:VCALENDAR",
            "Content-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\nAAAAAAAAAA=="));

        Assert.Equal(["Older one.eml", "invitation.ics"], mail.Files.Take(2).Select(file => file.Name));
        Assert.Contains(mail.Files, file => file.Name == "winmail.dat");
        Assert.Equal("See below", mail.Words.Said);
        Assert.Equal(2, mail.Remarks.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0\0\0\0")]
    [InlineData("not a mail at all")]
    public void What_is_no_mail_says_so(string bytes) => Assert.ThrowsAny<FormatException>(() => MailParser.Parse(Encoding.Latin1.GetBytes(bytes)));
}
