using System.Globalization;

namespace PremiumSupport.Sla;

/// <summary>The facts of a request that decide what is promised about it.</summary>
public sealed record PromiseRequest
{
    public required string AccountName { get; init; }

    /// <summary>Until when the account is entitled; told in the explanation. Null for channels open to any known contact.</summary>
    public DateTimeOffset? EntitledUntil { get; init; }

    public required string RequesterName { get; init; }
    public required RequesterRole Role { get; init; }
    public required Channel Channel { get; init; }
    public ClaimState Claim { get; init; }
    public ClaimCriterion? Criterion { get; init; }

    /// <summary>The server's commit time of the submission (rule 1).</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>A claim counts from its creation until it is declined (rule 8).</summary>
    public Severity Severity => Claim is ClaimState.Pending or ClaimState.Confirmed ? Severity.BusinessCritical : Severity.Standard;
}

/// <summary>Turns a request and a policy version into obligations: start, warnings, due and the reasons.</summary>
public static class PromiseClock
{
    /// <summary>The obligations that a new request creates, one per metric promised; empty when the policy has no rule for it.</summary>
    public static IReadOnlyList<ObligationFacts> Promise(SlaPolicy policy, PromiseRequest request) =>
        [.. policy.RulesFor(request.Channel, request.Role, request.Severity)
            .Where(rule => rule.Metric != Metric.NextResponse)
            .Select(rule => Promise(policy, rule, request))];

    /// <summary>The obligation that one rule makes of a request. Its start is kept in whole milliseconds, as every instant is.</summary>
    public static ObligationFacts Promise(SlaPolicy policy, PolicyRule rule, PromiseRequest request)
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
            StartedAt = start,
            DueAt = due,
            AtRiskAt = due,
            Explanation = Explain(policy, rule, calendar, request, start, due),
        };
        return Schedule(policy, rule, unscheduled);
    }

    /// <summary>
    /// The obligation after a severity was raised to critical at <paramref name="raisedAt"/>: due at min(old deadline, moment of raising + critical target) (rule 8).
    /// Where the old deadline is the earlier, it stands with the target and the calendar that made it.
    /// </summary>
    public static ObligationFacts Raise(SlaPolicy policy, PolicyRule criticalRule, PromiseRequest request, ObligationFacts current, DateTimeOffset raisedAt)
    {
        var raised = Promise(policy, criticalRule, request with { StartedAt = raisedAt });
        var stands = current.DueAt <= raised.DueAt;
        var due = stands ? current.DueAt : raised.DueAt;
        var decision = Step(ExplanationKind.Decision, ("state", "raised"), ("at", ObligationClock.Text(raisedAt)));
        return Schedule(policy, criticalRule, raised with
        {
            Target = stands ? current.Target : raised.Target,
            Calendar = stands ? current.Calendar : raised.Calendar,
            StartedAt = current.StartedAt,
            DueAt = due,
            Explanation =
            [
                .. raised.Explanation.Where(step => step.Kind < ExplanationKind.Decision), decision,
                .. raised.Explanation.Where(step => step.Kind is ExplanationKind.Policy or ExplanationKind.Clock),
                stands ? Step(ExplanationKind.Due, ("at", ObligationClock.Text(due)), ("stands", "true")) : Due(due),
            ],
        });
    }

    /// <summary>Fills in what follows from start, due and calendar: the open stretches, at risk, and the warnings in the order of their moments.</summary>
    private static ObligationFacts Schedule(SlaPolicy policy, PolicyRule rule, ObligationFacts promised)
    {
        var due = promised.DueAt;
        var open = policy.CalendarOf(promised.Calendar).OpenSpans(promised.StartedAt, due);
        var total = open.Aggregate(TimeSpan.Zero, (sum, span) => sum + span.Length);
        return promised with
        {
            OpenSpans = open,
            AtRiskAt = After(open, due, Share(total, policy.AtRiskPercent)),
            Warnings = [.. rule.Warnings.SelectMany(step => MomentOf(step, open, total, due)).DistinctBy(warning => warning.Step).OrderBy(warning => warning.At)],
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

    private static List<ExplanationStep> Explain(SlaPolicy policy, PolicyRule rule, BusinessCalendar calendar, PromiseRequest request, DateTimeOffset start, DateTimeOffset due)
    {
        var steps = new List<ExplanationStep>();
        if (request.EntitledUntil is { } until)
        {
            steps.Add(Step(ExplanationKind.Entitlement, ("account", request.AccountName), ("until", ObligationClock.Text(until))));
        }

        steps.Add(Step(ExplanationKind.Role, ("name", request.RequesterName), ("role", request.Role == RequesterRole.SuperAdmin ? "superAdmin" : "user")));
        steps.Add(Step(ExplanationKind.Channel, ("channel", request.Channel.ToString().ToLowerInvariant())));
        if (request.Claim != ClaimState.None)
        {
            var criterion = request.Criterion?.ToString() ?? "";
            steps.Add(Step(ExplanationKind.Claim, ("criterion", criterion.Length > 0 ? char.ToLowerInvariant(criterion[0]) + criterion[1..] : "")));
            steps.Add(Step(ExplanationKind.Decision, ("state", request.Claim.ToString().ToLowerInvariant())));
        }

        steps.Add(Step(ExplanationKind.Policy,
            ("version", policy.Version.ToString(CultureInfo.InvariantCulture)),
            ("commitment", rule.Commitment == Commitment.Guaranteed ? "guaranteed" : "target"),
            ("target", rule.Target.BusinessDays is { } days ? $"P{days}BD" : System.Xml.XmlConvert.ToString(rule.Target.Duration!.Value))));
        steps.Add(Clock(calendar, start, due));
        steps.Add(Due(due));
        return steps;
    }

    private static ExplanationStep Clock(BusinessCalendar calendar, DateTimeOffset start, DateTimeOffset due)
    {
        if (calendar.IsAlwaysOpen)
        {
            return Step(ExplanationKind.Clock, ("calendar", BusinessCalendar.AlwaysOpenKey), ("start", ObligationClock.Text(start)));
        }

        var walk = calendar.OpenSpans(start, due).Select(span => $"{ObligationClock.Text(span.From)}/{ObligationClock.Text(span.To)}");
        var (first, last) = (calendar.DateOf(start), calendar.DateOf(due));
        var skipped = calendar.SpecialDays
            .Where(day => day.Spans.Count == 0 && day.Date >= first && day.Date <= last && calendar.Week.TryGetValue(day.Date.DayOfWeek, out var usual) && usual.Count > 0)
            .OrderBy(day => day.Date)
            .Select(day => day.Name);
        return Step(ExplanationKind.Clock,
            ("calendar", calendar.Key), ("zone", calendar.Zone), ("start", ObligationClock.Text(start)),
            ("walk", string.Join(' ', walk)), ("holidays", string.Join(", ", skipped)));
    }

    private static ExplanationStep Due(DateTimeOffset due) => Step(ExplanationKind.Due, ("at", ObligationClock.Text(due)));

    private static ExplanationStep Step(ExplanationKind kind, params (string Key, string Value)[] values) =>
        new(kind, values.ToDictionary(item => item.Key, item => item.Value));
}
