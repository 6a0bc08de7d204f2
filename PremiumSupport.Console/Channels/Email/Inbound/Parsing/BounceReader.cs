using System.Text.RegularExpressions;
using MimeKit;

namespace PremiumSupport.Channels.Email.Inbound.Parsing;

/// <summary>
/// Reads reports of what could not be delivered: the standard's (RFC 3464) and the letters of older mailer daemons. It says what they claim; that a mail of ours is meant, its signed
/// Message-ID proves or nothing does.
/// </summary>
internal static partial class BounceReader
{
    private const int LongestReason = 300;

    /// <summary>The report; null when the message is none.</summary>
    public static BounceReport? Read(MimeMessage message, MailWords words)
    {
        var parts = message.BodyParts.Take(ParsingLimits.Parts).ToList();
        var status = parts.OfType<MessageDeliveryStatus>().FirstOrDefault();
        if (status is null && !IsClassic(message))
        {
            return null;
        }

        var fields = Fields(status);
        var action = Value(fields, "Action")?.ToLowerInvariant();
        var code = Value(fields, "Status") ?? "";
        var said = Value(fields, "Diagnostic-Code") ?? FirstComplaint(words.Said) ?? MailText.Line(message.Subject, LongestReason);
        var isFinal = status is not null ? action == "failed" || (action is null && code.StartsWith('5')) : !IsDelay(message.Subject);
        return new([.. Ids(message, parts, words).Distinct().Take(10)], isFinal, MailText.Line($"{code} {DiagnosticType().Replace(said, "")}", LongestReason) is { Length: > 0 } reason ? reason : "The mail system gave no reason.");
    }

    private static List<HeaderList> Fields(MessageDeliveryStatus? status)
    {
        try
        {
            return status is null ? [] : [.. status.StatusGroups];
        }
        catch (FormatException)
        {
            return [];
        }
    }

    // Of several recipients, one that failed speaks for the report: ours go to one.
    private static string? Value(List<HeaderList> groups, string field) =>
        (groups.FirstOrDefault(group => group["Action"]?.Trim().Equals("failed", StringComparison.OrdinalIgnoreCase) == true && group.Contains(field)) ?? groups.FirstOrDefault(group => group.Contains(field)))?[field]?.Trim();

    private static IEnumerable<string> Ids(MimeMessage message, List<MimeEntity> parts, MailWords words)
    {
        foreach (var part in parts)
        {
            switch (part)
            {
                case MessagePart { Message: { } original }:
                    foreach (var id in MailParser.Ids(original.Headers[HeaderId.MessageId]))
                    {
                        yield return id;
                    }

                    break;
                case MimePart headers when headers.ContentType.IsMimeType("text", "rfc822-headers") || headers.ContentType.IsMimeType("text", "rfc822"):
                    foreach (var id in In(TextOf(headers)))
                    {
                        yield return id;
                    }

                    break;
            }
        }

        foreach (var id in MailParser.Ids(message.Headers[HeaderId.InReplyTo]).Concat(MailParser.Ids(message.Headers["X-Failed-Message-Id"])))
        {
            yield return id;
        }

        // Older daemons copy the header into their letter.
        foreach (var id in In(words.Said).Concat(In(words.Quoted)))
        {
            yield return id;
        }
    }

    private static IEnumerable<string> In(string text) => MessageIdLine().Matches(text.Length > 1 << 20 ? text[..(1 << 20)] : text).Take(10).SelectMany(match => MailParser.Ids(match.Groups["id"].Value));

    private static string TextOf(MimePart part)
    {
        using var stream = new MemoryStream();
        part.Content?.DecodeTo(stream);
        return System.Text.Encoding.Latin1.GetString(stream.GetBuffer(), 0, (int)Math.Min(stream.Length, 1 << 20));
    }

    private static bool IsClassic(MimeMessage message)
    {
        var from = message.From.Mailboxes.FirstOrDefault()?.Address ?? "";
        return (Daemon().IsMatch(from) || message.Headers.Any(header => header.Id == HeaderId.ReturnPath && header.Value.Trim() == "<>") || message.Headers.Contains("X-Failed-Recipients"))
            && (message.Headers.Contains("X-Failed-Recipients") || Complaint().IsMatch(message.Subject ?? "") || IsDelay(message.Subject));
    }

    private static bool IsDelay(string? subject) => Delay().IsMatch(subject ?? "");

    private static string? FirstComplaint(string text) => text.Split('\n').Take(100).FirstOrDefault(line => SmtpAnswer().IsMatch(line));

    [GeneratedRegex(@"^(mailer-daemon|postmaster|mail-daemon|mdaemon)@", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Daemon();

    [GeneratedRegex(@"undeliver|delivery (status notification|failure|failed|has failed|report)|returned mail|failure notice|mail delivery (failed|system|subsystem)|unzustellbar|nicht zugestellt|zustellung|non remis|échec de|no se (pudo|ha podido) entregar|no entregado|mancata consegna|non recapitabile|kunne ikke leveres|ikke levert", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Complaint();

    [GeneratedRegex(@"delay|warning: |verzögert|retardé|retraso|ritardo|forsinket", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Delay();

    [GeneratedRegex(@"\b5[0-9][0-9][ -]|\b5\.[0-9]{1,3}\.[0-9]{1,3}\b", RegexOptions.NonBacktracking)]
    private static partial Regex SmtpAnswer();

    [GeneratedRegex(@"^[a-z0-9-]{1,20};\s*", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex DiagnosticType();

    [GeneratedRegex(@"message-id:\s{0,10}(?<id><[^<>\s]{3,250}>)", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex MessageIdLine();
}
