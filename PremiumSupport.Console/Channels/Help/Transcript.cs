using System.Globalization;
using System.Net;
using System.Text;
using NodaTime;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Files;

namespace PremiumSupport.Channels.Help;

/// <summary>A kind of file that a conversation is downloaded as.</summary>
internal sealed record TranscriptFormat(string MediaType, string Ending, Func<Transcript, string> Write);

/// <summary>
/// A conversation as a file, for its customer. It is made of what customers see and of nothing else: no type in it can carry an internal note (trust rule 5).
/// </summary>
/// <param name="ticket">The request with its public messages.</param>
/// <param name="language">One of <see cref="CustomerTexts.Languages"/>.</param>
/// <param name="zone">The reader's IANA zone; one that is not known is read as UTC, and the file names the zone that it uses.</param>
internal sealed class Transcript(CustomerTicket ticket, string language, string? zone)
{
    private const string Style =
        "body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color:#1c1b1a;background:#fff}h1{font-size:1.4rem}"
        + "article{margin:1.2rem 0}header{color:#5d5953;font-size:.85rem}p{white-space:pre-wrap;overflow-wrap:anywhere;margin:.2rem 0}"
        + "@media (prefers-color-scheme:dark){body{color:#eceae6;background:#1b1a19}header{color:#b3aea6}}";

    private static readonly TranscriptFormat Text = new("text/plain", "txt", transcript => transcript.ToText());
    private static readonly TranscriptFormat Html = new("text/html", "html", transcript => transcript.ToHtml());

    private readonly IReadOnlyDictionary<string, string> _texts = CustomerTexts.Of(language);
    private readonly CultureInfo _culture = CultureInfo.GetCultureInfo(language);
    private readonly DateTimeZone _zone = (string.IsNullOrEmpty(zone) ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone)) ?? DateTimeZone.Utc;

    /// <summary>The format of that word; text when none is said, null when there is no such format.</summary>
    public static TranscriptFormat? Words(string word) => word switch { "" or "text" => Text, "html" => Html, _ => null };

    /// <summary>The file's bytes; UTF-8, with the mark that makes every editor read it so.</summary>
    public byte[] ToFile(TranscriptFormat format) => [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(format.Write(this))];

    private string Title => $"{_texts["request.number"].Replace("{number}", ticket.Number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)}: {ticket.Subject}";

    private string ToText()
    {
        var text = new StringBuilder().AppendLine(Title).AppendLine(_zone.Id).AppendLine();
        foreach (var message in ticket.Messages)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"[{At(message)}] {Speaker(message)}:").AppendLine(Said(message)).AppendLine();
        }

        return text.ToString();
    }

    private string ToHtml()
    {
        var html = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"<!doctype html><html lang=\"{language}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">")
            .Append(CultureInfo.InvariantCulture, $"<title>{Encode(Title)}</title><style>{Style}</style></head><body><h1>{Encode(Title)}</h1><p>{Encode(_zone.Id)}</p>");
        foreach (var message in ticket.Messages)
        {
            html.Append(CultureInfo.InvariantCulture, $"<article><header><b>{Encode(Speaker(message))}</b> · <time datetime=\"{message.SentAt:O}\">{Encode(At(message))}</time></header>")
                .Append(CultureInfo.InvariantCulture, $"<p dir=\"auto\">{Encode(Said(message))}</p></article>");
        }

        return html.Append("</body></html>").ToString();
    }

    /// <summary>Its words, and below them its files by name: a message may have no words.</summary>
    private static string Said(PublicMessage message)
    {
        var files = AttachmentView.Of(message).Select(file => $"[{file.Name}, {file.Format}]");
        return string.Join('\n', message.Body.Length > 0 ? files.Prepend(message.Body) : files);
    }

    private string Speaker(PublicMessage message) => message.AuthorName.Length > 0 ? message.AuthorName : _texts[message.From == MessageFrom.Customer ? "you" : "support"];

    private string At(PublicMessage message) => Instant.FromDateTimeOffset(message.SentAt).InZone(_zone).ToDateTimeUnspecified().ToString("g", _culture);

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
