namespace PremiumSupport.Channels.Email.Inbound.Parsing;

/// <summary>What a mail may cost before anybody looks at it (trust rule 12). The figures are measured: 200,000 parts cost the parser 4.1 s, 250 KB of nested elements cost the sanitiser 9.8 s.</summary>
public static class ParsingLimits
{
    /// <summary>Largest mail, in bytes as it lies in the mailbox: 25 MB.</summary>
    public const int Bytes = 25 << 20;

    /// <summary>Largest block of header fields at the top: a mail to ten thousand people has about half of it.</summary>
    public const int HeaderBytes = 1 << 20;

    /// <summary>Most parts, each multipart and each attachment being one.</summary>
    public const int Parts = 500;

    /// <summary>How deep parts may lie in parts.</summary>
    public const int Depth = 50;

    /// <summary>Longest HTML that is shown, in characters.</summary>
    public const int Html = 2 << 20;

    /// <summary>How deep elements may lie in elements.</summary>
    public const int HtmlDepth = 256;

    /// <summary>Most tags, and most attributes of one: what remains expensive when it is flat.</summary>
    public const int HtmlTags = 50_000;

    /// <inheritdoc cref="HtmlTags"/>
    public const int HtmlAttributes = 200;

    /// <summary>Addresses that are kept of To and Cc; the rest is a number.</summary>
    public const int Recipients = 50;

    /// <summary>Longest address, by RFC 5321 with room to spare.</summary>
    public const int Address = 320;

    /// <summary>Longest name of a person.</summary>
    public const int Name = 200;

    /// <summary>References that are looked at, the newest ones.</summary>
    public const int References = 50;
}
