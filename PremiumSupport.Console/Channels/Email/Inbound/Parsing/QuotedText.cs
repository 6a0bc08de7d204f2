namespace PremiumSupport.Channels.Email.Inbound.Parsing;

/// <summary>
/// Tells what somebody wrote from what they left standing below it. When in doubt all of it counts as said: a quotation too much costs a look, a sentence too little costs the customer's trust.
/// </summary>
public static class QuotedText
{
    private const int LongestSignature = 15;

    /// <summary>The text in its layers. Together they hold every line of it.</summary>
    public static MailWords Split(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var cut = FirstQuoted(lines);
        var said = lines[..cut];
        var (words, signature) = Sign(said);
        var (kept, quoted) = (Join(words), Join(lines[cut..]));
        // A mail that is nothing but a quotation, or nothing but a signature, says what it holds.
        return kept.Length > 0 ? new(kept, quoted, Join(signature)) : new(Join(lines), "", "");
    }

    private static int FirstQuoted(string[] lines)
    {
        for (var at = 0; at < lines.Length; at++)
        {
            if (lines[at].TrimStart('>', ' ', '*').StartsWith(QuoteMarks.OwnMarker, StringComparison.Ordinal) || QuoteMarks.IsDivider(lines[at]) || IsHeaderBlock(lines, at))
            {
                return Above(lines, at);
            }

            if (AttributionAt(lines, at) is { } length && IsQuotedBelow(lines, at + length))
            {
                return at;
            }

            if (lines[at].StartsWith('>') && lines[at..].All(line => line.StartsWith('>') || string.IsNullOrWhiteSpace(line)))
            {
                return at;
            }
        }

        return lines.Length;
    }

    // How many lines it takes; programs break a long one into two or three. Null when none begins here.
    private static int? AttributionAt(string[] lines, int at)
    {
        if (QuoteMarks.IsAttribution(lines[at]))
        {
            return 1;
        }

        for (var length = 2; length <= 3 && at + length <= lines.Length && !lines[at..(at + length)].Any(string.IsNullOrWhiteSpace); length++)
        {
            if (QuoteMarks.IsLongAttribution(string.Join(' ', lines[at..(at + length)].Select(line => line.Trim()))))
            {
                return length;
            }
        }

        return null;
    }

    // Our marker comes right below the line that says who wrote; that one belongs to the quotation.
    private static int Above(string[] lines, int at)
    {
        for (var back = 1; back <= 4 && at - back >= 0; back++)
        {
            if (AttributionAt(lines, at - back) is { } length && length <= back)
            {
                return at - back;
            }
        }

        return at;
    }

    private static bool IsHeaderBlock(string[] lines, int at) =>
        QuoteMarks.IsFrom(lines[at]) && lines.Skip(at + 1).Take(5).Count(QuoteMarks.IsOtherField) >= 2;

    // Answers that stand between the quoted lines are answers: then nothing is cut.
    private static bool IsQuotedBelow(string[] lines, int at)
    {
        var below = lines[at..].Where(line => !string.IsNullOrWhiteSpace(line)).ToList();
        return below.All(line => line.StartsWith('>')) || !below.Any(line => line.StartsWith('>')) || OnlySignatureFollows(below);
    }

    private static bool OnlySignatureFollows(List<string> below)
    {
        var last = below.FindLastIndex(line => line.StartsWith('>'));
        return below[..(last + 1)].All(line => line.StartsWith('>')) && (below[last + 1].TrimEnd() is "--" || QuoteMarks.IsPhoneSignature(below[last + 1]));
    }

    private static (string[] Words, string[] Signature) Sign(string[] lines)
    {
        var end = Array.FindLastIndex(lines, line => !string.IsNullOrWhiteSpace(line)) + 1;
        var dashes = Array.FindLastIndex(lines, line => line is "-- " or "--");
        if (dashes >= 0 && end - dashes <= LongestSignature)
        {
            return (lines[..dashes], lines[dashes..]);
        }

        return end > 0 && QuoteMarks.IsPhoneSignature(lines[end - 1]) ? (lines[..(end - 1)], lines[(end - 1)..]) : (lines, []);
    }

    private static string Join(string[] lines) => string.Join('\n', lines).Trim();
}
