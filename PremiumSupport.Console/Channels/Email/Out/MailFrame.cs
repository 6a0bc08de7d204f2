using System.Net;
using PremiumSupport.Channels.Email.Out.Templates;

namespace PremiumSupport.Channels.Email.Out;

/// <summary>The two shapes of a mail, made of a template and its values. The preview shows the same.</summary>
/// <param name="Subject">One line.</param>
/// <param name="Text">Plain text.</param>
/// <param name="Html">A whole document that asks for nothing from anywhere.</param>
internal sealed record MailFrame(string Subject, string Text, string Html)
{
    // No style element and no class: most programs drop them.
    private const string Body = "margin:0;padding:16px;font:16px/1.5 system-ui,-apple-system,Segoe UI,sans-serif;max-width:40rem";
    private const string Marker = "margin:0 0 16px;font-size:13px;opacity:.7";

    /// <exception cref="InvalidOperationException">The template cannot be made into a mail; the message says why.</exception>
    public static MailFrame Of(TemplateText template, IReadOnlyDictionary<string, object> values, string language, bool takesReplies)
    {
        var marker = ReplyMarker.Of(language);
        var text = LiquidTemplate.ToText(template.Body, values);
        var html = LiquidTemplate.ToHtml(template.Body, values);
        return new(
            SingleLine(LiquidTemplate.ToText(template.Subject, values)),
            takesReplies ? $"{marker}\n\n{text}\n" : text + "\n",
            $"<!doctype html><html lang=\"{language}\"><head><meta charset=\"utf-8\"><meta name=\"color-scheme\" content=\"light dark\"></head><body style=\"{Body}\">"
                + (takesReplies ? $"<p style=\"{Marker}\">{WebUtility.HtmlEncode(marker)}</p>" : "") + html + "</body></html>");
    }

    /// <summary>A text that fits into a header: no line breaks, no control characters, no more than one blank in a row.</summary>
    public static string SingleLine(string text) =>
        string.Join(' ', new string([.. text.Select(letter => char.IsControl(letter) || letter is '\u2028' or '\u2029' ? ' ' : letter)]).Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
