using System.Globalization;

namespace PremiumSupport.Sla;

/// <summary>The facts of a request that decide what is promised about it.</summary>
public sealed record PromiseRequest
{
    public required string AccountName { get; init; }

    /// <summary>The account's key, by which an exception may be scoped.</summary>
    public string AccountKey { get; init; } = "";

    /// <summary>The plan that the account bought; null when none is named.</summary>
    public string? Plan { get; init; }

    /// <summary>The hubs that the account runs, by which an exception may be scoped.</summary>
    public IReadOnlyList<string> Hubs { get; init; } = [];

    /// <summary>Until when the account is entitled; told in the explanation. Null for channels open to any known contact.</summary>
    public DateTimeOffset? EntitledUntil { get; init; }

    public required string RequesterName { get; init; }
    public required RequesterRole Role { get; init; }
    public required Channel Channel { get; init; }
    public ClaimState Claim { get; init; }
    public ClaimCriterion? Criterion { get; init; }

    /// <summary>The server's commit time of the submission (rule 1), or, where <see cref="AskedAt"/> is given, the time from which a callback is wished.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it was asked, where the customer wished a callback for later or asked for it anew; every other promise starts here. Null otherwise.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>A claim counts from its creation until it is declined (rule 8).</summary>
    public Severity Severity => Claim is ClaimState.Pending or ClaimState.Confirmed ? Severity.BusinessCritical : Severity.Standard;
}

/// <summary>Turns a request and a policy version into obligations: start, warnings, due and the reasons.</summary>
public static class PromiseClock
{
    /// <summary>
    /// The obligations that a new request creates, one per metric promised; empty when the policy has no rule for it. No exception has moved them yet:
    /// see <see cref="ObligationClock.Begin"/>.
    /// </summary>
    public static IReadOnlyList<ObligationFacts> Promise(SlaPolicy policy, PromiseRequest request) =>
        [.. RulesFor(policy, request, request.Severity)
            .Where(rule => rule.Metric != Metric.NextResponse)
            .Select(rule => Promise(policy, rule, rule.Metric == Metric.Callback || request.AskedAt is null ? request : request with { StartedAt = request.AskedAt.Value, AskedAt = null }, request.Severity))];

    /// <summary>The rules of a policy that speak of a request at a severity: the first fitting one per metric.</summary>
    public static IEnumerable<PolicyRule> RulesFor(SlaPolicy policy, PromiseRequest request, Severity severity) => 
        policy.RulesFor(request.Channel, request.Role, severity, request.Plan);

    /// <summary>The obligation that one rule makes of a request, for the request's severity unless another is given. Its start is kept in whole milliseconds, as every instant is.</summary>
    public static ObligationFacts Promise(SlaPolicy policy, PolicyRule rule, PromiseRequest request, Severity? severity = null)
    {
        var calendar = policy.CalendarOf(rule.Calendar);
        var start = ObligationClock.Whole(request.StartedAt);
        var due = DueAt(calendar, rule.Target, start);
        var unscheduled = new ObligationFacts
        {
            Metric = rule.Metric,
            Commitment = rule.Commitment,
            Target = rule.Target,
            Calendar = rule.Calendar,
            PolicyVersion = policy.Version,
            Severity = severity ?? request.Severity,
            StartedAt = start,
            AnchorAt = start,
            BaseDueAt = due,
            GrossDueAt = due,
            DueAt = due,
            AtRiskAt = due,
            Explanation = [.. Reasons(policy, rule, request), Due(due)],
        };
        return Schedule(policy, rule.Warnings, unscheduled);
    }

    /// <summary>
    /// The obligation after a severity was raised to critical at <paramref name="raisedAt"/>: due at min(old deadline, moment of raising + critical target) (rule 8),
    /// each moved by the stops that it meets. Where the old deadline is the earlier, it stands with the target and the calendar that made it.
    /// </summary>
    public static ObligationFacts Raise(
        SlaPolicy policy, PolicyRule criticalRule, PromiseRequest request, ObligationFacts current, DateTimeOffset raisedAt, IReadOnlyList<ClockStop>? exceptions = null)
    {
        var raised = Promise(policy, criticalRule, request with { StartedAt = raisedAt }, Severity.BusinessCritical);
        raised = WithStops(policy, raised, Stops(current, exceptions));
        var stands = current.DueAt <= raised.DueAt;
        var decision = Step(ExplanationKind.Decision, ("state", "raised"), ("at", ObligationClock.Text(raisedAt)));
        var kept = stands ? raised.Standing(current) : raised with { StartedAt = current.StartedAt, Stops = Stops(current, exceptions) };
        var scheduled = Schedule(policy, criticalRule.Warnings, kept);
        return scheduled with
        {
            Explanation =
            [
                .. raised.Explanation.Where(step => step.Kind < ExplanationKind.Decision), decision,
                .. raised.Explanation.Where(step => step.Kind is ExplanationKind.Policy or ExplanationKind.Clock),
                .. scheduled.Explanation.Where(step => step.Kind is ExplanationKind.Exception or ExplanationKind.Waiting),
                stands ? Step(ExplanationKind.Due, ("at", ObligationClock.Text(kept.DueAt)), ("stands", "true")) : Due(kept.DueAt),
            ],
        };
    }

    /// <summary>The obligation after the claim was declined: the standard promise from creation, moved by the stops that it meets (rule 8).</summary>
    public static ObligationFacts Decline(SlaPolicy policy, PolicyRule standardRule, PromiseRequest request, ObligationFacts current, IReadOnlyList<ClockStop> exceptions) =>
        WithStops(policy, Promise(policy, standardRule, request with { StartedAt = current.StartedAt }, Severity.Standard), Stops(current, exceptions));

    /// <summary>
    /// The obligation under a policy version that an admin applies to open tickets (rule 10): due as the version promises from the start, or, where that has passed
    /// already, from the moment of applying. Null when that is not earlier, because no edit moves a deadline later (rule 8).
    /// </summary>
    public static ObligationFacts? Apply(
        SlaPolicy policy, PolicyRule rule, PromiseRequest request, ObligationFacts current, DateTimeOffset appliedAt, IReadOnlyList<ClockStop> exceptions)
    {
        ObligationFacts From(DateTimeOffset anchor) =>
            WithStops(policy, Promise(policy, rule, request with { StartedAt = anchor }, current.Severity), Stops(current, exceptions));

        var applied = From(current.AnchorAt);
        if (applied.DueAt <= appliedAt)
        {
            applied = From(appliedAt);
        }

        if (applied.DueAt >= current.DueAt)
        {
            return null;
        }

        return Schedule(policy, rule.Warnings, applied with
        {
            StartedAt = current.StartedAt,
            Stops = Stops(current, exceptions),
            Explanation =
            [
                .. applied.Explanation.Select(step => step.Kind != ExplanationKind.Policy ? step : new(step.Kind, new Dictionary<string, string>(step.Values) { ["appliedAt"] = ObligationClock.Text(appliedAt) })),
            ],
        });
    }

    /// <summary>The obligation with its clock standing during <paramref name="stops"/>: deadlines, warnings and reasons follow (rule 13). Warnings that fired stay as they were.</summary>
    public static ObligationFacts WithStops(SlaPolicy policy, ObligationFacts obligation, IReadOnlyList<ClockStop> stops)
    {
        var calendar = policy.CalendarOf(obligation.Calendar);
        return Schedule(policy, [.. obligation.Warnings.Select(warning => WarningStep.Parse(warning.Step))], obligation with
        {
            Stops = stops,
            GrossDueAt = ClockStops.Deadline(calendar, obligation.AnchorAt, obligation.BaseDueAt, stops.Where(stop => stop.Kind == StopKind.Waiting)),
            DueAt = ClockStops.Deadline(calendar, obligation.AnchorAt, obligation.BaseDueAt, stops),
        });
    }

    /// <summary>Everything that stops the clock of a promise that replaces <paramref name="current"/>: what stopped it before, and what was approved meanwhile.</summary>
    private static ClockStop[] Stops(ObligationFacts current, IReadOnlyList<ClockStop>? exceptions) =>
        [.. current.Stops.Concat(exceptions ?? []).DistinctBy(stop => (stop.Kind, stop.Reference, stop.Kind == StopKind.Waiting ? stop.From : default))];

    /// <summary>The new terms under the old deadline, which is the earlier.</summary>
    private static ObligationFacts Standing(this ObligationFacts raised, ObligationFacts current) => raised with
    {
        Target = current.Target,
        Calendar = current.Calendar,
        StartedAt = current.StartedAt,
        AnchorAt = current.AnchorAt,
        BaseDueAt = current.BaseDueAt,
        GrossDueAt = current.GrossDueAt,
        DueAt = current.DueAt,
        Stops = current.Stops,
    };

    /// <summary>Fills in what follows from start, due, calendar and stops: the open stretches, at risk, the warnings in the order of their moments, and the reasons' clock.</summary>
    private static ObligationFacts Schedule(SlaPolicy policy, IReadOnlyList<WarningStep> steps, ObligationFacts promised)
    {
        var due = promised.DueAt;
        var calendar = policy.CalendarOf(promised.Calendar);
        var open = ClockStops.Without(calendar.OpenSpans(promised.StartedAt, due), promised.Stops, promised.StartedAt);
        var total = open.Aggregate(TimeSpan.Zero, (sum, span) => sum + span.Length);
        var fired = promised.Warnings.Where(warning => warning.FiredAt is not null);
        var stops = promised.Stops.Where(stop => calendar.OpenTime(Later(stop.From, promised.StartedAt), stop.To < due ? stop.To : due) > TimeSpan.Zero).ToList();
        return promised with
        {
            OpenSpans = open,
            AtRiskAt = After(open, due, Share(total, policy.AtRiskPercent)),
            Warnings = [.. fired.Concat(steps.SelectMany(step => MomentOf(step, open, total, due))).DistinctBy(warning => warning.Step).OrderBy(warning => warning.At)],
            // A wait stays even where this calendar was shut through it: another, of a policy applied later, may not have been.
            Stops = [.. promised.Stops.Where(stop => stop.Kind == StopKind.Waiting || stops.Contains(stop))],
            Explanation =
            [
                .. promised.Explanation.Where(step => step.Kind < ExplanationKind.Clock),
                Clock(calendar, promised.AnchorAt, due, open),
                .. stops.OrderBy(stop => stop.From).Select(Stood),
                .. promised.Explanation.Where(step => step.Kind == ExplanationKind.Due).Select(step => new ExplanationStep(step.Kind, new Dictionary<string, string>(step.Values) { ["at"] = ObligationClock.Text(due) })),
            ],
        };
    }

    private static DateTimeOffset DueAt(BusinessCalendar calendar, PromiseTarget target, DateTimeOffset start) => target switch
    {
        { BusinessDays: { } days } => calendar.AddBusinessDays(start, days),
        { Duration: { } duration } => calendar.AddOpenTime(start, duration),
        _ => throw new ArgumentException("A target is a duration or a number of business days.", nameof(target)),
    };

    private static IEnumerable<ScheduledWarning> MomentOf(WarningStep step, IReadOnlyList<OpenSpan> open, TimeSpan total, DateTimeOffset due)
    {
        if (step.Percent is { } percent)
        {
            yield return new(step.Key, After(open, due, Share(total, percent)));
        }
        else if (step.Before is { } before && before * 2 <= total)
        {
            yield return new(step.Key, After(open, due, total - before));
        }
    }

    private static TimeSpan Share(TimeSpan total, int percent) =>
        TimeSpan.FromMilliseconds(total.Ticks / TimeSpan.TicksPerMillisecond * percent / 100);

    /// <summary>The instant at which so much open time is used up; a share that ends exactly at a close is that close.</summary>
    private static DateTimeOffset After(IReadOnlyList<OpenSpan> open, DateTimeOffset due, TimeSpan used)
    {
        foreach (var span in open)
        {
            if (used <= span.Length)
            {
                return span.From + used;
            }

            used -= span.Length;
        }

        return due;
    }

    /// <summary>The reasons up to the policy; those of the clock follow from the schedule.</summary>
    private static List<ExplanationStep> Reasons(SlaPolicy policy, PolicyRule rule, PromiseRequest request)
    {
        var steps = new List<ExplanationStep>();
        if (request.EntitledUntil is { } until)
        {
            steps.Add(Step(ExplanationKind.Entitlement, ("account", request.AccountName), ("until", ObligationClock.Text(until))));
        }

        steps.Add(Step(ExplanationKind.Role, ("name", request.RequesterName), ("role", LedgerFacts.Word(request.Role))));
        steps.Add(request.AskedAt < request.StartedAt
            ? Step(ExplanationKind.Channel, ("channel", LedgerFacts.Word(request.Channel)), ("from", ObligationClock.Text(request.StartedAt)))
            : Step(ExplanationKind.Channel, ("channel", LedgerFacts.Word(request.Channel))));
        if (request.Claim != ClaimState.None)
        {
            steps.Add(Step(ExplanationKind.Claim, ("criterion", request.Criterion is { } criterion ? LedgerFacts.Word(criterion) : "")));
            steps.Add(Step(ExplanationKind.Decision, ("state", LedgerFacts.Word(request.Claim))));
        }

        steps.Add(Step(ExplanationKind.Policy,
            ("version", policy.Version.ToString(CultureInfo.InvariantCulture)),
            ("commitment", LedgerFacts.Word(rule.Commitment)),
            ("target", rule.Target.BusinessDays is { } days ? $"P{days}BD" : System.Xml.XmlConvert.ToString(rule.Target.Duration!.Value))));
        return steps;
    }

    private static ExplanationStep Clock(BusinessCalendar calendar, DateTimeOffset start, DateTimeOffset due, IReadOnlyList<OpenSpan> open)
    {
        if (calendar.IsAlwaysOpen)
        {
            return Step(ExplanationKind.Clock, ("calendar", BusinessCalendar.AlwaysOpenKey), ("start", ObligationClock.Text(start)));
        }

        var walk = open.Where(span => span.To > start).Select(span => span.From < start ? span with { From = start } : span).Select(span => $"{ObligationClock.Text(span.From)}/{ObligationClock.Text(span.To)}");
        var (first, last) = (calendar.DateOf(start), calendar.DateOf(due));
        var skipped = calendar.SpecialDays
            .Where(day => day.Spans.Count == 0 && day.Date >= first && day.Date <= last && calendar.Week.TryGetValue(day.Date.DayOfWeek, out var usual) && usual.Count > 0)
            .OrderBy(day => day.Date)
            .Select(day => day.Name);
        return Step(ExplanationKind.Clock,
            ("calendar", calendar.Key), ("zone", calendar.Zone), ("start", ObligationClock.Text(start)),
            ("walk", string.Join(' ', walk)), ("holidays", string.Join(", ", skipped)));
    }

    private static ExplanationStep Stood(ClockStop stop) => stop.Kind == StopKind.Waiting
        ? Step(ExplanationKind.Waiting, ("from", ObligationClock.Text(stop.From)), ("to", ObligationClock.Text(stop.To)))
        : Step(ExplanationKind.Exception,
            ("id", stop.Reference), ("reason", stop.Reason), ("note", stop.Note), ("from", ObligationClock.Text(stop.From)), ("to", ObligationClock.Text(stop.To)));

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static ExplanationStep Due(DateTimeOffset due) => Step(ExplanationKind.Due, ("at", ObligationClock.Text(due)));

    private static ExplanationStep Step(ExplanationKind kind, params (string Key, string Value)[] values) =>
        new(kind, values.ToDictionary(item => item.Key, item => item.Value));
}
