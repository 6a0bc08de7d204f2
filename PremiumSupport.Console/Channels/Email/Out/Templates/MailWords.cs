using System.Globalization;
using System.Net;
using NodaTime;

namespace PremiumSupport.Channels.Email.Out.Templates;

/// <summary>Values as a mail shows them, in both of its shapes.</summary>
internal static class MailWords
{
    /// <summary>An instant to the second in the reader's language and zone, which is named; one that is not known is read as UTC.</summary>
    public static string At(DateTimeOffset instant, string zone, string language)
    {
        var known = (zone.Length == 0 ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone)) ?? DateTimeZone.Utc;
        var local = Instant.FromDateTimeOffset(instant).InZone(known).ToDateTimeUnspecified();
        return string.Create(CultureInfo.InvariantCulture, $"{local.ToString("D", CultureInfo.GetCultureInfo(language))}, {local:HH:mm:ss} ({known.Id})");
    }

    /// <summary>What somebody wrote, as they wrote it.</summary>
    public static MailText Paragraphs(string text) => new(text, $"<div dir=\"auto\">{WebUtility.HtmlEncode(text.ReplaceLineEndings("\n")).Replace("\n", "<br>", StringComparison.Ordinal)}</div>");

    /// <summary>An address of ours.</summary>
    public static MailText Link(string url) => new(url, $"<a href=\"{WebUtility.HtmlEncode(url)}\">{WebUtility.HtmlEncode(url)}</a>");
}
