using System.Text;

namespace PremiumSupport.Tests.Channels.Email.Inbound;

/// <summary>Changes mails as damage, bad programs and bad people do. The same seed gives the same mails.</summary>
internal static class MailMutation
{
    private static readonly byte[][] Poison =
    [
        .. new[]
        {
            "\r\n\r\n", "\0", "\r\n--", "--\r\n", "Content-Type: multipart/mixed; boundary=\"\"\r\n", "Content-Type: text/html; charset=\r\n", "Content-Transfer-Encoding: base64\r\n", "=?utf-8?B?", "?=", "<", "<div>", "<!--",
            "From: \r\n", "From: a@b.test, c@d.test\r\n", "Message-ID: <>\r\n", "References: <a <b> c>\r\n", "Content-Disposition: attachment; filename*0*=utf-8''%\r\n", "begin 644 x\r\n", "\u202e", "Content-Type: message/rfc822\r\n\r\n", "Content-Type: message/delivery-status\r\n\r\n", "Date: Mon, 99 Foo 99999\r\n",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    /// <summary>One of the seeds with one to eight changes.</summary>
    public static byte[] Of(IReadOnlyList<byte[]> seeds, Random random)
    {
        var mail = new List<byte>(seeds[random.Next(seeds.Count)]);
        for (var change = random.Next(1, 9); change > 0 && mail.Count > 0; change--)
        {
            var at = random.Next(mail.Count);
            var length = Math.Min(random.Next(1, 200), mail.Count - at);
            switch (random.Next(7))
            {
                case 0:
                    mail[at] = (byte)random.Next(256);
                    break;
                case 1:
                    mail.RemoveRange(at, length);
                    break;
                case 2:
                    mail.InsertRange(at, mail.GetRange(at, length));
                    break;
                case 3:
                    mail.InsertRange(at, Poison[random.Next(Poison.Length)]);
                    break;
                case 4:
                    mail.RemoveRange(at, mail.Count - at);
                    break;
                case 5:
                    var other = seeds[random.Next(seeds.Count)];
                    var from = random.Next(other.Length);
                    mail.InsertRange(at, other.AsSpan(from, Math.Min(2_000, other.Length - from)));
                    break;
                default:
                    mail.InsertRange(at, Enumerable.Repeat(mail.GetRange(at, Math.Min(40, mail.Count - at)), random.Next(1, 300)).SelectMany(bytes => bytes));
                    break;
            }
        }

        return [.. mail];
    }
}
