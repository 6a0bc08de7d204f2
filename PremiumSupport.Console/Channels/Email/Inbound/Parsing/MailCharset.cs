using System.Text;
using MimeKit;
using UtfUnknown;

namespace PremiumSupport.Channels.Email.Inbound.Parsing;

/// <summary>Bytes to text by the charset that a part names, by a guess where it names none that exists, and honestly where neither helps.</summary>
internal static class MailCharset
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // The charsets of the world's old mails; without it .NET knows six.
    static MailCharset() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The text of a part, and a remark when it was not what the part said.</summary>
    public static (string Text, string? Remark) Decode(TextPart part, byte[] bytes)
    {
        var named = part.ContentType.Charset?.Trim();
        if (string.IsNullOrEmpty(named))
        {
            return (Guess(bytes), null);
        }

        var encoding = Find(named);
        if (encoding is null)
        {
            return (Guess(bytes), $"It names the character set “{MailText.Line(named, 40)}”, which does not exist; the letters are a guess.");
        }

        try
        {
            return (Without(Checked(encoding).GetString(bytes)), null);
        }
        catch (DecoderFallbackException)
        {
            return encoding is UTF8Encoding or ASCIIEncoding
                ? (Guess(bytes), $"It is not written in {named} as it says; the letters are a guess.")
                : (Without(encoding.GetString(bytes)), "Some of its letters could not be read.");
        }
    }

    private static Encoding? Find(string name)
    {
        try
        {
            // UTF-7 has been used for nothing but attacks for twenty years.
            return name.Equals("utf-7", StringComparison.OrdinalIgnoreCase) ? null : Encoding.GetEncoding(Common(name));
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    // Names that mail programs use and no registry knows.
    private static string Common(string name) => name.Trim('"', '\'').ToLowerInvariant() switch
    {
        "utf8" or "utf-8mb4" or "unicode-1-1-utf-8" => "utf-8",
        "ansi_x3.4-1968" or "ascii" or "us-ascii" or "646" => "us-ascii",
        "cp1252" or "ansi" => "windows-1252",
        "latin1" or "iso8859-1" => "iso-8859-1",
        "ks_c_5601-1987" => "ks_c_5601-1987",
        "x-gbk" or "cp936" => "gb2312",
        "cp932" or "ms_kanji" or "windows-31j" => "shift_jis",
        var other => other,
    };

    private static Encoding Checked(Encoding encoding) => Encoding.GetEncoding(encoding.CodePage, EncoderFallback.ReplacementFallback, DecoderFallback.ExceptionFallback);

    private static string Guess(byte[] bytes)
    {
        try
        {
            return Without(Strict.GetString(bytes));
        }
        catch (DecoderFallbackException)
        {
            var found = CharsetDetector.DetectFromBytes(bytes.Length > 1 << 16 ? bytes[..(1 << 16)] : bytes).Detected;
            return Without((found is { Confidence: > 0.5f, Encoding: { } encoding } ? encoding : Encoding.Latin1).GetString(bytes));
        }
    }

    private static string Without(string text) => text.TrimStart('\uFEFF');
}
