using System.Globalization;

namespace PremiumSupport.Sla;

/// <summary>
/// What the ledger keeps of each fact: all that a verifier needs to recompute deadline and outcome from the rows alone (rule 16). Instants are
/// <see cref="ObligationClock.Text"/>.
/// </summary>
public static class LedgerFacts
{
    /// <summary>
    /// A new promise and the inputs that it follows from. Its deadline is that of a clock that never stood; exceptions approved before follow as
    /// <see cref="Excluded"/>. One that begins at a wished time says when it was asked for.
    /// </summary>
    public static LedgerFact Promised(ObligationFacts obligation, PromiseRequest request, string tzdb) => Of(obligation, LedgerKind.Promised, obligation.StartedAt,
        [.. Inputs(obligation, request, tzdb), .. Given("askedAt", obligation.Metric == Metric.Callback ? request.AskedAt : null), ("dueAt", Text(obligation.BaseDueAt)), ("atRiskAt", Text(obligation.AtRiskAt))]);

    /// <summary>A promise that another ticket made and this one carries on: with the state that it had there (rule 9).</summary>
    /// <param name="obligation">As it goes on here, under its new cycle.</param>
    /// <param name="request">The request that it was promised to.</param>
    /// <param name="tzdb">The version of the time zones it was computed with.</param>
    /// <param name="from">Where it comes from: "number/metric/cycle".</param>
    public static LedgerFact Carried(ObligationFacts obligation, PromiseRequest request, string tzdb, string from) => Of(obligation, LedgerKind.Promised, obligation.StartedAt,
    [
        .. Inputs(obligation, request, tzdb),
        ("dueAt", Text(obligation.BaseDueAt)), ("atRiskAt", Text(obligation.AtRiskAt)), ("grossDueAt", Text(obligation.GrossDueAt)), ("netDueAt", Text(obligation.DueAt)),
        ("anchorAt", Text(obligation.AnchorAt)), ("carriedFrom", from),
        .. Given("breachedAt", obligation.BreachedAt), .. Given("pausedAt", obligation.PausedAt),
        ("stops", string.Join(' ', obligation.Stops.Select(stop => $"{StopWord(stop)}/{Text(stop.From)}/{Text(stop.To)}"))),
        ("warned", string.Join(' ', obligation.Warnings.Where(warning => warning.FiredAt is not null).Select(warning => warning.Step))),
        ("toWarn", string.Join(' ', obligation.Warnings.Where(warning => warning.FiredAt is null).Select(warning => warning.Step))),
    ]);

    /// <summary>An approved exception moved the deadline of <paramref name="moved"/> from where it was (rule 13).</summary>
    public static LedgerFact Excluded(ObligationFacts moved, DateTimeOffset from, ClockStop exception, DateTimeOffset now) => Of(moved, LedgerKind.Excluded, now,
    [
        ("exception", exception.Reference), ("from", Text(from)), ("dueAt", Text(moved.DueAt)), ("grossDueAt", Text(moved.GrossDueAt)), ("atRiskAt", Text(moved.AtRiskAt)),
        ("window", $"{Text(exception.From)}/{Text(exception.To)}"), ("reason", exception.Reason),
    ]);

    /// <summary>The promise was replaced: a claim declined, a severity raised, a policy applied, a pause over. The deadlines are those after all stops known at that moment.</summary>
    public static LedgerFact Retargeted(ObligationFacts moved, DateTimeOffset from, string reason, DateTimeOffset now) => Of(moved, LedgerKind.Retargeted, now,
    [
        ("reason", reason), ("from", Text(from)), ("dueAt", Text(moved.DueAt)), ("grossDueAt", Text(moved.GrossDueAt)), ("baseDueAt", Text(moved.BaseDueAt)),
        ("anchorAt", Text(moved.AnchorAt)), ("atRiskAt", Text(moved.AtRiskAt)), .. Terms(moved),
    ]);

    /// <summary>The clock stands because the ticket waits for the customer (rule 6).</summary>
    public static LedgerFact Paused(ObligationFacts paused, DateTimeOffset now) =>
        Of(paused, LedgerKind.Retargeted, now, [("reason", "paused"), ("from", Text(paused.DueAt)), ("severity", Word(paused.Severity))]);

    /// <summary>A warning's moment came.</summary>
    public static LedgerFact Warned(ObligationFacts obligation, ScheduledWarning warning, DateTimeOffset now) =>
        Of(obligation, LedgerKind.Warned, warning.At, [("step", warning.Step), ("detectedAt", Text(now))]);

    /// <summary>The deadline passed unanswered; stamped with the deadline (rule 4).</summary>
    public static LedgerFact Breached(ObligationFacts obligation, DateTimeOffset now) => Of(obligation, LedgerKind.Breached, obligation.DueAt, [("detectedAt", Text(now))]);

    /// <summary>The answer came; in time it is <see cref="LedgerKind.Met"/>, late <see cref="LedgerKind.Answered"/>.</summary>
    public static LedgerFact Answered(ObligationFacts obligation, bool inTime, DateTimeOffset now) =>
        Of(obligation, inTime ? LedgerKind.Met : LedgerKind.Answered, now, [("dueAt", Text(obligation.DueAt))]);

    /// <summary>The only answer never arrived; the promise is owed again (rule 2).</summary>
    public static LedgerFact Reopened(ObligationFacts obligation, string reason, DateTimeOffset answered, DateTimeOffset now) =>
        Of(obligation, LedgerKind.Reopened, now, [("answeredAt", Text(answered)), ("dueAt", Text(obligation.DueAt)), ("reason", reason)]);

    /// <summary>Closed here because it goes on elsewhere, at "number/metric/cycle" (rule 9).</summary>
    public static LedgerFact Merged(ObligationFacts obligation, string into, DateTimeOffset now) => Of(obligation, LedgerKind.Merged, now, [("into", into)]);

    /// <summary>A callback ends at its customer's wish before it was missed: neither met nor breached.</summary>
    public static LedgerFact Withdrawn(ObligationFacts obligation, Withdrawal why, DateTimeOffset now) =>
        Of(obligation, LedgerKind.Withdrawn, now, [("reason", Word(why)), ("dueAt", Text(obligation.DueAt))]);

    /// <summary>A callback that was missed before its customer gave it up: the wait ends, and the breach stays.</summary>
    public static LedgerFact GivenUp(ObligationFacts obligation, Withdrawal why, DateTimeOffset now) =>
        Of(obligation, LedgerKind.Answered, now, [("dueAt", Text(obligation.DueAt)), ("withdrawn", Word(why))]);

    /// <summary>The API's word of a member: its name with a small first letter.</summary>
    public static string Word(Enum member)
    {
        var name = member.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    private static (string, string)[] Inputs(ObligationFacts obligation, PromiseRequest request, string tzdb) =>
    [
        ("channel", Word(request.Channel)), ("role", Word(request.Role)),
        .. request.Plan is { } plan ? [("plan", plan)] : Array.Empty<(string, string)>(),
        .. request.Hubs.Count > 0 ? [("hubs", string.Join('|', request.Hubs))] : Array.Empty<(string, string)>(),
        .. obligation.Calendar != BusinessCalendar.AlwaysOpenKey ? [("tzdb", tzdb)] : Array.Empty<(string, string)>(),
        .. Terms(obligation),
    ];

    private static (string, string)[] Terms(ObligationFacts obligation) =>
    [
        ("severity", Word(obligation.Severity)), ("commitment", Word(obligation.Commitment)), ("target", Target(obligation.Target)),
        ("calendar", obligation.Calendar), ("policyVersion", obligation.PolicyVersion.ToString(CultureInfo.InvariantCulture)),
    ];

    private static (string, string)[] Given(string key, DateTimeOffset? instant) => instant is { } at ? [(key, Text(at))] : [];

    private static string StopWord(ClockStop stop) => stop.Kind == StopKind.Exception ? stop.Reference : "waiting";

    private static string Text(DateTimeOffset instant) => ObligationClock.Text(instant);

    private static string Target(PromiseTarget target) =>
        target.BusinessDays is { } days ? string.Create(CultureInfo.InvariantCulture, $"{days} business days") : target.Duration!.Value.ToString("c", CultureInfo.InvariantCulture);

    private static LedgerFact Of(ObligationFacts obligation, LedgerKind kind, DateTimeOffset at, (string Key, string Value)[] data) =>
        new(kind, at, obligation.Metric, obligation.Cycle, data.ToDictionary(item => item.Key, item => item.Value));
}
