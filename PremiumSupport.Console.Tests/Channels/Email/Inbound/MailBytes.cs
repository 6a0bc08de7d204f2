using System.Text;

namespace PremiumSupport.Tests.Channels.Email.Inbound;

/// <summary>Mails as a mailbox holds them, written by hand: most of what is tested no decent library would write.</summary>
internal static class MailBytes
{
    /// <summary>A mail of header lines and a body, with the line ends of the wire.</summary>
    public static byte[] Of(string header, string body = "Hello") => Encoding.UTF8.GetBytes($"{header.Trim()}\n\n{body}".ReplaceLineEndings("\r\n"));

    /// <summary>An ordinary mail in plain text.</summary>
    public static byte[] Plain(string from, string subject, string body = "Hello", string more = "") => Of(
        $"From: {from}\nTo: support@ps.test\nSubject: {subject}\nMessage-ID: <{Guid.NewGuid():N}@client.test>\nDate: Fri, 27 Nov 2026 10:00:00 +0000\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n{more}", body);

    /// <summary>A mail in HTML.</summary>
    public static byte[] Html(string html) => Of("From: sofia@acme.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8", html);

    /// <summary>A mail of parts, each with its own header.</summary>
    public static byte[] Mixed(params string[] parts) => Of(
        "From: sofia@acme.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b",
        string.Concat(parts.Select(part => $"--b\n{part}\n")) + "--b--\n");
}
