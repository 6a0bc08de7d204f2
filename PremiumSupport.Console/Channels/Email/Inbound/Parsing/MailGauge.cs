using MimeKit;

namespace PremiumSupport.Channels.Email.Inbound.Parsing;

/// <summary>Measures a mail before it is parsed, by reading it once and building nothing (trust rule 12).</summary>
public static class MailGauge
{
    /// <summary>The limit that a mail breaks, in a sentence for staff; null when it may be parsed.</summary>
    public static string? Exceeds(byte[] raw)
    {
        if (raw.Length > ParsingLimits.Bytes)
        {
            return TooLarge(raw.Length);
        }

        if (HeaderLength(raw) > ParsingLimits.HeaderBytes)
        {
            return $"Its header fields are longer than {ParsingLimits.HeaderBytes:N0} bytes.";
        }

        try
        {
            using var stream = new MemoryStream(raw, writable: false);
            var counter = new Counter(stream);
            counter.ReadMessage();
            return null;
        }
        catch (LimitException limit)
        {
            return limit.Message;
        }
        catch (FormatException)
        {
            // Not even the parser that forgives much finds a header in it; it says so itself.
            return null;
        }
    }

    /// <summary>What is said of a mail of so many bytes.</summary>
    public static string TooLarge(long bytes) => $"It has {bytes:N0} bytes; up to {ParsingLimits.Bytes:N0} are taken.";

    /// <summary>Where the first empty line is; the whole length when there is none.</summary>
    internal static int HeaderLength(ReadOnlySpan<byte> raw)
    {
        var unix = raw.IndexOf("\n\n"u8);
        var mail = raw.IndexOf("\r\n\r\n"u8);
        return (unix, mail) switch { ( < 0, < 0) => raw.Length, ( < 0, _) => mail, (_, < 0) => unix, _ => Math.Min(unix, mail) };
    }

    private sealed class LimitException(string message) : Exception(message);

    // Stops at the first part too many: the rest of the bytes costs nothing.
    private sealed class Counter(Stream stream) : MimeReader(stream, MimeFormat.Entity)
    {
        private int _parts;
        private int _depth;

        protected override void OnMimePartBegin(ContentType contentType, long beginOffset, int beginLineNumber, CancellationToken cancellationToken) => Part();

        protected override void OnMultipartBegin(ContentType contentType, long beginOffset, int beginLineNumber, CancellationToken cancellationToken) => Deeper();

        protected override void OnMultipartEnd(ContentType contentType, long beginOffset, int beginLineNumber, long headersEndOffset, long endOffset, int lines, CancellationToken cancellationToken) => _depth--;

        protected override void OnMessagePartBegin(ContentType contentType, long beginOffset, int beginLineNumber, CancellationToken cancellationToken) => Deeper();

        protected override void OnMessagePartEnd(ContentType contentType, long beginOffset, int beginLineNumber, long headersEndOffset, long endOffset, int lines, CancellationToken cancellationToken) => _depth--;

        private void Deeper()
        {
            Part();
            if (++_depth > ParsingLimits.Depth)
            {
                throw new LimitException($"Its parts lie more than {ParsingLimits.Depth} deep in each other.");
            }
        }

        private void Part()
        {
            if (++_parts > ParsingLimits.Parts)
            {
                throw new LimitException($"It has more than {ParsingLimits.Parts:N0} parts.");
            }
        }
    }
}
