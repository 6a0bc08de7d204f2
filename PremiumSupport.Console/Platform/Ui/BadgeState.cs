using PremiumSupport.Sla;

namespace PremiumSupport.Platform.Ui;

/// <summary>
/// The contract's word for the state of a badge, for the first paint. From then on the browser's formatter keeps it, by the same rules.
/// </summary>
public static class BadgeState
{
    /// <summary>The word without any promise.</summary>
    public const string None = "none";

    /// <summary>The word at an instant. Due is inclusive; a late answer stays breached.</summary>
    public static string Of(DateTimeOffset? answeredAt, DateTimeOffset? breachedAt, DateTimeOffset atRiskAt, DateTimeOffset dueAt, DateTimeOffset now) => (answeredAt, breachedAt) switch
    {
        (_, not null) => "breached",
        ({ } answered, _) => answered <= dueAt ? "met" : "breached",
        _ when now > dueAt => "breached",
        _ when now >= atRiskAt => "at-risk",
        _ => "on-track",
    };

    /// <summary>How the browser draws the state: a late answer is outlined, not filled.</summary>
    public static string LookOf(string state, DateTimeOffset? answeredAt) => state == "breached" && answeredAt is not null ? "late" : state;

    /// <summary>The open stretches as the browser reads them: <c>from/to from/to</c>. Nothing where the clock never stopped, which start and due say as well.</summary>
    public static string? Spans(IReadOnlyList<OpenSpan> spans, DateTimeOffset? start, DateTimeOffset due) =>
        spans.Count == 0 || (spans.Count == 1 && spans[0].From == start && spans[0].To == due) ? null : string.Join(' ', spans.Select(span => $"{ObligationClock.Text(span.From)}/{ObligationClock.Text(span.To)}"));
}
