using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PremiumSupport.Platform.Mail;

/// <summary>
/// Signs what comes back: the address that an answer is sent to and the id of a mail (trust rule 9). A mail joins a thread by a signature that is checked here
/// and by nothing else. Pure; what was not signed by this key, or was altered in any letter, is null.
/// </summary>
/// <param name="key">The workspace's secret for mail, 32 bytes.</param>
/// <param name="domain">The domain of addresses and ids, which takes no part in the signature: some servers rewrite it.</param>
/// <param name="box">What stands before the plus sign of a reply address.</param>
public sealed class MailSigner(ReadOnlyMemory<byte> key, string domain, string box = "reply")
{
    // 128 bits: nobody tries so many, and box, number and signature fit into the 64 characters that the part before the @ may have.
    private const int SignatureLength = 32;

    /// <summary>The domain of the ids.</summary>
    public string Domain => domain;

    /// <summary><c>reply+number.signature@domain</c>: whoever writes to it writes to that ticket.</summary>
    public string ReplyAddress(long ticketNumber)
    {
        var number = ticketNumber.ToString(CultureInfo.InvariantCulture);
        return $"{box}+{number}.{Sign("reply", number)}@{domain}";
    }

    /// <summary>The ticket of a reply address that we made; null for any other address. Upper and lower case are the same: mail programs change them.</summary>
    public long? TicketOf(string? address)
    {
        var local = address?.Trim().Split('@')[0].ToLowerInvariant();
        var prefix = box.ToLowerInvariant() + "+";
        if (local is null || !local.StartsWith(prefix, StringComparison.Ordinal) || local[prefix.Length..].Split('.') is not [var number, var signature])
        {
            return null;
        }

        return IsSigned("reply", number, signature) && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var ticket) ? ticket : null;
    }

    /// <summary>The Message-ID of a mail, without angle brackets. The same row has the same id, however often it is sent (trust rule 4).</summary>
    /// <param name="mail">The row of the outbox.</param>
    /// <param name="ticketNumber">What it is about; 0 for no ticket.</param>
    public string MessageId(Guid mail, long ticketNumber)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{mail:N}.{ticketNumber}");
        return $"{text}.{Sign("message", text)}@{domain}";
    }

    /// <summary>Which of our mails a Message-ID means; null when we did not make it. With or without angle brackets.</summary>
    public SignedMail? MailOf(string? messageId)
    {
        var local = messageId?.Trim().TrimStart('<').Split('@')[0].ToLowerInvariant();
        if (local is null || local.Split('.') is not [var mail, var number, var signature] || !IsSigned("message", $"{mail}.{number}", signature))
        {
            return null;
        }

        return Guid.TryParseExact(mail, "N", out var id) && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var ticket) ? new(id, ticket) : null;
    }

    private string Sign(string purpose, string text) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key.Span, Encoding.UTF8.GetBytes($"{purpose}:{text}")))[..SignatureLength];

    private bool IsSigned(string purpose, string text, string signature) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Sign(purpose, text)), Encoding.UTF8.GetBytes(signature));
}

/// <summary>A mail of ours, known by its signed id.</summary>
/// <param name="Id">The row of the outbox.</param>
/// <param name="TicketNumber">What it was about; 0 for no ticket.</param>
public sealed record SignedMail(Guid Id, long TicketNumber);
