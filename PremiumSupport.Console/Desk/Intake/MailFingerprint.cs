using System.Security.Cryptography;
using System.Text;

namespace PremiumSupport.Desk.Intake;

/// <summary>
/// Tells whether two deliveries are one mail. The id alone would not do: programs exist that give every mail the same one, and the second would vanish without a word. So the body is part of it, and of the
/// header what no server on the way changes. Of a mail without an id every byte is.
/// </summary>
public static class MailFingerprint
{
    private static readonly string[] Telling = ["message-id:", "date:", "from:", "subject:"];

    /// <summary>64 hexadecimal digits.</summary>
    public static string Of(ReadOnlySpan<byte> raw)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var rest = raw;
        var (isTelling, hasId) = (false, false);
        while (rest.Length > 0)
        {
            var end = rest.IndexOf((byte)'\n');
            var line = end < 0 ? rest : rest[..(end + 1)];
            rest = rest[line.Length..];
            var text = line.TrimEnd("\r\n"u8);
            if (text.Length == 0)
            {
                break;
            }

            // A line that begins with a space goes on with the field before.
            isTelling = text[0] is (byte)' ' or (byte)'\t' ? isTelling : IsTelling(text);
            if (isTelling)
            {
                hash.AppendData(text);
            }

            hasId |= isTelling && (text[0] is (byte)'m' or (byte)'M');
        }

        if (!hasId)
        {
            return Convert.ToHexStringLower(SHA256.HashData(raw));
        }

        hash.AppendData("\n"u8);
        hash.AppendData(rest);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static bool IsTelling(ReadOnlySpan<byte> line)
    {
        Span<char> start = stackalloc char[Math.Min(line.Length, 12)];
        Encoding.Latin1.GetChars(line[..start.Length], start);
        foreach (var field in Telling)
        {
            if (start.StartsWith(field, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
