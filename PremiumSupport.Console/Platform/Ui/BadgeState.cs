using PremiumSupport.Sla;

namespace PremiumSupport.Platform.Ui;

/// <summary>
/// The contract's word for the state of a badge, for the first paint. From then on the browser's formatter keeps it, by the same rules.
/// </summary>
public static class BadgeState
{
    /// <summary>The word without any promise.</summary>
    public const string None = "none";

    /// <summary>
    /// The word at an instant. Due is inclusive; a late answer stays breached. What waits for the customer, or stands in an exception, is paused; what another ticket carries on
    /// promises nothing here.
    /// </summary>
    public static string Of(
        DateTimeOffset? answeredAt, DateTimeOffset? breachedAt, DateTimeOffset atRiskAt, DateTimeOffset dueAt, DateTimeOffset now,
        IReadOnlyList<ClockStop>? stops = null, DateTimeOffset? pausedAt = null, DateTimeOffset? mergedAt = null) => (answeredAt, breachedAt) switch
    {
        _ when mergedAt is not null => None,
        (_, not null) => "breached",
        ({ } answered, _) => answered <= dueAt ? "met" : "breached",
        _ when pausedAt is not null => "paused",
        _ when now > dueAt => "breached",
        _ when stops?.Any(stop => stop.Kind == StopKind.Exception && stop.From <= now && now < stop.To) == true => "paused",
        _ when now >= atRiskAt => "at-risk",
        _ => "on-track",
    };

    /// <summary>How the browser draws the state: a late answer is outlined, not filled.</summary>
    public static string LookOf(string state, DateTimeOffset? answeredAt) => state == "breached" && answeredAt is not null ? "late" : state;

    /// <summary>The exceptions among the stops as the browser reads them; nothing where there is none.</summary>
    public static string? Exceptions(IReadOnlyList<ClockStop> stops) =>
        stops.Any(stop => stop.Kind == StopKind.Exception) ? Text(stops.Where(stop => stop.Kind == StopKind.Exception).OrderBy(stop => stop.From).Select(stop => (stop.From, stop.To))) : null;

    /// <summary>The open stretches as the browser reads them: <c>from/to from/to</c>. Nothing where the clock never stopped, which start and due say as well.</summary>
    public static string? Spans(IReadOnlyList<OpenSpan> spans, DateTimeOffset? start, DateTimeOffset due) =>
        spans.Count == 0 || (spans.Count == 1 && spans[0].From == start && spans[0].To == due) ? null : Text(spans.Select(span => (span.From, span.To)));

    private static string Text(IEnumerable<(DateTimeOffset From, DateTimeOffset To)> spans) => string.Join(' ', spans.Select(span => $"{ObligationClock.Text(span.From)}/{ObligationClock.Text(span.To)}"));
}
