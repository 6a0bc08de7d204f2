using System.Text;
using MimeKit.Cryptography;
using PremiumSupport.Channels.Email.Inbound.Parsing;

namespace PremiumSupport.Channels.Email.Inbound.Rules;

/// <summary>What the server that received a mail found out about its sender.</summary>
public enum Authenticity
{
    /// <summary>It did not say, or nobody here is told whom to believe.</summary>
    Unknown,

    /// <summary>The domain of the sender stands behind the mail.</summary>
    Proven,

    /// <summary>The domain says that the mail is not its own.</summary>
    Disproven,
}

/// <summary>The finding and what it rests on, in the words of the field.</summary>
public sealed record SenderFinding(Authenticity Authenticity, string Words)
{
    /// <summary>Nothing is known.</summary>
    public static SenderFinding Nothing { get; } = new(Authenticity.Unknown, "");
}

/// <summary>Reads <c>Authentication-Results</c> (RFC 8601) of the one server that we are told to believe; anybody can write such a field, so no other counts (trust rule 9). Pure.</summary>
public static class SenderProof
{
    /// <summary>The finding about the sender of a mail.</summary>
    /// <param name="mail">The mail.</param>
    /// <param name="believed">The id under which the mailbox's own server writes the field; null where none is configured.</param>
    public static SenderFinding Of(ParsedMail mail, string? believed)
    {
        if (string.IsNullOrEmpty(believed) || mail.From is not { } from)
        {
            return SenderFinding.Nothing;
        }

        // The topmost is the youngest: what a sender wrote in the server's name stands below it.
        foreach (var field in mail.Signs.AuthenticationResults)
        {
            if (!AuthenticationResults.TryParse(Encoding.UTF8.GetBytes(field), out var results) || !string.Equals(results.AuthenticationServiceIdentifier, believed, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var domain = from.Address[(from.Address.LastIndexOf('@') + 1)..];
            var words = string.Join(", ", results.Results.Select(result => $"{result.Method}={result.Result}").Take(6));
            return new(Judge(results, domain), MailText.Line(words, 200));
        }

        return SenderFinding.Nothing;
    }

    private static Authenticity Judge(AuthenticationResults results, string domain)
    {
        var dmarc = results.Results.Where(result => Is(result.Method, "dmarc")).Select(result => result.Result.ToLowerInvariant()).ToList();
        return dmarc.Contains("fail") ? Authenticity.Disproven
            : dmarc.Contains("pass") ? Authenticity.Proven
            : results.Results.Any(result => Is(result.Result, "pass") && Signs(result, domain)) ? Authenticity.Proven
            : Authenticity.Unknown;
    }

    // Without DMARC: a signature or an envelope of the very domain that stands in From.
    private static bool Signs(AuthenticationMethodResult result, string domain) => result.Properties.Any(property =>
        (Is(result.Method, "dkim"), Is(result.Method, "spf")) switch
        {
            (true, _) => Is(property.PropertyType, "header") && Is(property.Property, "d") && Aligned(property.Value, domain),
            (_, true) => Is(property.PropertyType, "smtp") && Is(property.Property, "mailfrom") && Aligned(property.Value[(property.Value.LastIndexOf('@') + 1)..], domain),
            _ => false,
        });

    // The same domain, or one below a domain that signed.
    private static bool Aligned(string signed, string domain) =>
        signed.Contains('.', StringComparison.Ordinal) && (Is(signed, domain) || domain.EndsWith("." + signed, StringComparison.OrdinalIgnoreCase));

    private static bool Is(string? text, string word) => string.Equals(text, word, StringComparison.OrdinalIgnoreCase);
}
