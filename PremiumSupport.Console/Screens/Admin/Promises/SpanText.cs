using PremiumSupport.Sla;

namespace PremiumSupport.Screens.Admin.Promises;

/// <summary>The hours of a day as people type them: "09:00-12:00, 13:00-17:00"; nothing for a day that is shut.</summary>
public static class SpanText
{
    /// <summary>A draft's spans as text.</summary>
    public static string Write(List<List<string?>?>? spans) => string.Join(", ", (spans ?? []).Select(span => string.Join('-', span ?? [])));

    /// <summary>Spans as text.</summary>
    public static string Write(IReadOnlyList<DaySpan> spans) => string.Join(", ", spans.Select(span => $"{PolicyWords.Time(span.From)}-{PolicyWords.Time(span.To)}"));

    /// <summary>Text as a draft's spans. What is no span is kept as it was typed, for the check to speak of. "9" and "9:30" are whole times.</summary>
    public static List<List<string?>?> Read(string? text) =>
    [
        .. (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(span => span.Split(['-', '–', '—'], StringSplitOptions.TrimEntries).Select(string? (time) => Whole(time)).ToList()),
    ];

    private static string Whole(string time)
    {
        var parts = time.Split(':');
        return parts.All(part => part.Length is 1 or 2 && part.All(char.IsAsciiDigit)) && parts.Length <= 3
            ? string.Join(':', parts.Concat(parts.Length == 1 ? ["00"] : []).Select(part => part.PadLeft(2, '0')))
            : time;
    }
}
