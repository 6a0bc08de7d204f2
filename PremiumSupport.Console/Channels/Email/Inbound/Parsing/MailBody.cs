using MimeKit;
using MimeKit.Tnef;

namespace PremiumSupport.Channels.Email.Inbound.Parsing;

/// <summary>Walks the parts of a mail and gathers text, HTML and files. What cannot be read is said; no part vanishes.</summary>
internal sealed class MailBody
{
    private readonly List<string> _texts = [];
    private readonly List<string> _htmls = [];
    private readonly List<MailFile> _files = [];
    private readonly List<string> _remarks = [];

    /// <summary>What was gathered.</summary>
    public sealed record Result(MailWords Words, string? Html, IReadOnlyList<MailFile> Files, IReadOnlyList<string> Remarks);

    /// <summary>Reads all parts of a message that <see cref="MailGauge"/> let through.</summary>
    public static Result Read(MimeMessage message)
    {
        var body = new MailBody();
        if (message.Body is { } root)
        {
            body.Walk(root);
        }

        return body.Finish();
    }

    private Result Finish()
    {
        var clean = _htmls.Count > 0 ? MailHtml.Clean(string.Join("<hr>", _htmls)) : null;
        _remarks.AddRange(clean?.Remarks ?? []);
        var text = MailText.Lines(string.Join("\n\n", _texts.Where(text => !string.IsNullOrWhiteSpace(text)))).Trim();
        var words = text.Length > 0 ? QuotedText.Split(text) : clean is null ? MailWords.None : Split(clean);
        if (words.Said.Length == 0 && clean is { Html: null })
        {
            _remarks.Add("It has no plain text besides; look at the original.");
        }

        if (words.Said.Length == 0 && clean?.Html is not { Length: > 0 } && _files.Count == 0 && _remarks.Count == 0)
        {
            _remarks.Add("Nothing in it could be shown; look at the original.");
        }

        return new(words, clean?.Html is { Length: > 0 } html ? html : null, _files, [.. _remarks.Distinct()]);
    }

    // Programs that mark what they quote have been heard already; others quote as in plain text.
    private static MailWords Split(CleanHtml clean)
    {
        var words = QuotedText.Split(MailText.Lines(clean.Said));
        return clean.Quoted.Length == 0 ? words : words with { Quoted = string.Join("\n\n", new[] { words.Quoted, MailText.Lines(clean.Quoted) }.Where(part => part.Length > 0)) };
    }

    private void Walk(MimeEntity entity)
    {
        switch (entity)
        {
            case MultipartAlternative alternative:
                Choose(alternative);
                break;
            case Multipart multipart:
                foreach (var part in multipart)
                {
                    Walk(part);
                }

                break;
            case MessageDeliveryStatus or MessageDispositionNotification or MessageFeedbackReport:
                break;
            case MessagePart nested:
                Nested(nested);
                break;
            case TnefPart tnef:
                Unwrap(tnef);
                break;
            case TextPart text when IsShown(text):
                Take(text);
                break;
            case MimePart part:
                Keep(part);
                break;
        }
    }

    // Programs give the same words as text and as HTML, from plain to rich; both are of use. What is in there besides, an invitation say, is a file.
    private void Choose(MultipartAlternative alternative)
    {
        var (texts, htmls) = (_texts.Count, _htmls.Count);
        foreach (var part in alternative)
        {
            if (part is TextPart plain && !plain.IsHtml && IsShown(plain) && _texts.Count > texts)
            {
                continue;
            }

            if (part is TextPart rich && rich.IsHtml && _htmls.Count > htmls)
            {
                continue;
            }

            Walk(part);
        }
    }

    private static bool IsShown(TextPart text) =>
        !text.IsAttachment && string.IsNullOrEmpty(text.FileName)
        && !text.ContentType.IsMimeType("text", "calendar") && !text.ContentType.IsMimeType("text", "rfc822-headers") && !text.ContentType.IsMimeType("text", "x-amp-html");

    private void Take(TextPart text)
    {
        var (words, remark) = MailCharset.Decode(text, Decode(text));
        if (remark is not null)
        {
            _remarks.Add(remark);
        }

        (text.IsHtml ? _htmls : _texts).Add(words);
    }

    private void Keep(MimePart part)
    {
        var bytes = Decode(part);
        var isCalendar = part.ContentType.IsMimeType("text", "calendar");
        if (isCalendar)
        {
            _remarks.Add("It holds an invitation, kept as a file. Answering it is up to you: nothing was accepted.");
        }

        var name = part.FileName is { Length: > 0 } given ? given : isCalendar ? "invitation.ics" : Nameless(part);
        _files.Add(new(Platform.Files.FileName.Clean(name), bytes, MailParser.Id(part.ContentId) ?? part.ContentId?.Trim('<', '>', ' ')));
    }

    private void Nested(MessagePart nested)
    {
        if (nested.Message is not { } message)
        {
            _remarks.Add("It holds another mail that could not be read; look at the original.");
            return;
        }

        using var stream = new MemoryStream();
        message.WriteTo(stream);
        var subject = MailText.Line(message.Subject, 80);
        _files.Add(new(Platform.Files.FileName.Clean((subject.Length > 0 ? subject : "mail") + ".eml"), stream.ToArray(), null));
    }

    private void Unwrap(TnefPart tnef)
    {
        var before = _texts.Count + _htmls.Count + _files.Count;
        try
        {
            // Outlook's own wrapping, which other programs show as winmail.dat.
            var inside = tnef.ConvertToMessage();
            if (inside.Body is { } body)
            {
                Walk(body);
            }

            if (_texts.Count + _htmls.Count + _files.Count > before)
            {
                return;
            }
        }
        catch (Exception broken) when (broken is TnefException or FormatException or IOException or ArgumentException or NotSupportedException or InvalidOperationException or IndexOutOfRangeException or OverflowException)
        {
            // Said below.
        }

        _remarks.Add("A part in Outlook's own format (winmail.dat) could not be opened; it is kept as it is.");
        _files.Add(new("winmail.dat", Decode(tnef), null));
    }

    private byte[] Decode(MimePart part)
    {
        if (part.Content is not { } content)
        {
            return [];
        }

        try
        {
            using var stream = new MemoryStream();
            content.DecodeTo(stream);
            return stream.ToArray();
        }
        catch (Exception broken) when (broken is FormatException or IOException)
        {
            _remarks.Add("A part of it is encoded in a way that could not be read; look at the original.");
            return [];
        }
    }

    private static string Nameless(MimePart part) => part.ContentType.MediaType.ToLowerInvariant() switch
    {
        "image" => "image." + MailText.Line(part.ContentType.MediaSubtype, 10).ToLowerInvariant(),
        "text" => "text.txt",
        _ => "file",
    };
}
