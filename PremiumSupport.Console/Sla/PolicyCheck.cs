namespace PremiumSupport.Sla;

/// <summary>
/// Makes a policy of a draft, or says everything that keeps it from being one: each line read by itself, then whether the lines together leave nobody without a promise.
/// A checked policy has a deadline for every request that can come: <see cref="PromiseClock"/> never fails on it.
/// </summary>
public static class PolicyCheck
{
    private const string Channels = "Say email, chat, phone or mailbox.";
    private const string Metrics = "Say firstResponse, nextResponse or callback.";

    /// <summary>The policy that the draft would be as that version, or what is wrong with it.</summary>
    public static CheckedPolicy Of(PolicyDraft draft, int version, string note)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var reader = new DraftReader();
        var calendars = CalendarCheck.Read(reader, draft.Calendars);
        if (draft.AtRiskPercent is < 1 or > 99)
        {
            reader.Refuse("atRiskPercent", "At risk begins at 1 to 99 percent of a target.");
        }

        var named = ReadNamed(reader, draft.EscalateTo);
        List<RuleRead> rules = [];
        if (draft.Rules is not { Count: > 0 } lines)
        {
            reader.Refuse("rules", "A policy without a rule promises nothing to anybody.");
        }
        else if (lines.Count > PolicyLimits.Rules)
        {
            reader.Refuse("rules", $"A policy has at most {PolicyLimits.Rules} rules; these are {lines.Count}.");
        }
        else
        {
            rules = [.. lines.Select((line, place) => ReadRule(reader, $"rules[{place}]", line, draft, calendars))];
            // Whom a line that cannot be read was meant for is not known, so nobody can be said to be left out.
            if (rules.TrueForAll(rule => rule.Scope is not null))
            {
                reader.Problems.AddRange(PolicyCases.LeftOut([.. rules.Select(rule => rule.Scope!)]));
            }
        }

        if (reader.Problems.Count > 0)
        {
            return new(null, reader.Problems, []);
        }

        var policy = new SlaPolicy(version, note, [.. rules.Select(rule => rule.Rule!)], [.. calendars.Select(calendar => calendar!)]) { AtRiskPercent = draft.AtRiskPercent ?? 75, EscalateTo = named };
        return new(policy, [], PolicyHints.Of(policy));
    }

    /// <summary>One calendar of a draft by itself; null while something is wrong with it.</summary>
    public static BusinessCalendar? CalendarOf(CalendarDraft? calendar) => CalendarCheck.Read(new(), [calendar])[0];

    /// <summary>The addresses, each once and in their order; null for nobody. Whether they are anybody's is for who knows the staff.</summary>
    private static List<string>? ReadNamed(DraftReader reader, List<string?>? addresses)
    {
        List<string> named = [.. (addresses ?? []).Select(address => address?.Trim() ?? "").Where(address => address.Length > 0).DistinctBy(address => address.ToUpperInvariant())];
        if (named.Count > PolicyLimits.EscalateTo)
        {
            reader.Refuse("escalateTo", $"At most {PolicyLimits.EscalateTo} people are told after the leads; these are {named.Count}.");
        }

        foreach (var address in named.Where(address => address.Length > 254 || address.IndexOf('@', StringComparison.Ordinal) is <= 0))
        {
            reader.Refuse("escalateTo", $"'{DraftReader.Beginning(address)}' is no address of anybody.");
        }

        return named.Count == 0 ? null : named;
    }

    private static RuleRead ReadRule(DraftReader reader, string field, RuleDraft? line, PolicyDraft draft, IReadOnlyList<BusinessCalendar?> calendars)
    {
        if (line is null)
        {
            reader.Refuse(field, "A rule is an object, never null.");
            return default;
        }

        var problems = reader.Problems.Count;
        var channel = reader.Word<Channel>($"{field}.channel", line.Channel, Channels);
        var isRole = reader.WordOrAny<RequesterRole>($"{field}.role", line.Role, "Say superAdmin or user, or leave it out for anybody.", out var role);
        var isSeverity = reader.WordOrAny<Severity>($"{field}.severity", line.Severity, "Say standard or businessCritical, or leave it out for any.", out var severity);
        var metric = reader.Word<Metric>($"{field}.metric", line.Metric, Metrics);
        var plan = string.IsNullOrWhiteSpace(line.Plan) ? null : line.Plan.Trim();
        if (plan?.Length > PolicyLimits.Key)
        {
            reader.Refuse($"{field}.plan", $"A plan's word has at most {PolicyLimits.Key} characters.");
        }

        var commitment = reader.Word<Commitment>($"{field}.commitment", line.Commitment, "Say guaranteed or target.");
        var target = ReadTarget(reader, $"{field}.target", line.Target);
        var calendar = ReadCalendar(reader, $"{field}.calendar", line.Calendar, draft, calendars);
        if (target is not null && calendar is not null)
        {
            CheckReach(reader, $"{field}.target", target, calendar);
        }

        var warnings = ReadWarnings(reader, $"{field}.warnings", line.Warnings);
        var scope = channel is null || metric is null || !isRole || !isSeverity
            ? null
            : new PolicyRule(channel.Value, role, severity, metric.Value, commitment ?? Commitment.Target, target ?? new(), line.Calendar?.Trim() ?? "", warnings) { Plan = plan };
        return new(scope, reader.Problems.Count == problems ? scope : null);
    }

    private static PromiseTarget? ReadTarget(DraftReader reader, string field, TargetDraft? target)
    {
        switch (target)
        {
            case null or { Duration: null or "", BusinessDays: null }:
                reader.Refuse(field, "Say how long it may take: a duration like 00:30:00 or a number of business days.");
                return null;
            case { Duration.Length: > 0, BusinessDays: not null }:
                reader.Refuse(field, "A target is a duration or a number of business days, never both.");
                return null;
            case { BusinessDays: { } days }:
                if (days is < 1 or > PolicyLimits.BusinessDays)
                {
                    reader.Refuse(field, $"A target is 1 to {PolicyLimits.BusinessDays} business days; this one is {days}.");
                    return null;
                }

                return PromiseTarget.OfBusinessDays(days);
            default:
                return reader.Length(field, target.Duration!, "A target") is { } duration ? PromiseTarget.Of(duration) : null;
        }
    }

    /// <summary>The calendar of that key; null when there is none or when it has problems of its own, which are told where they are.</summary>
    private static BusinessCalendar? ReadCalendar(DraftReader reader, string field, string? text, PolicyDraft draft, IReadOnlyList<BusinessCalendar?> calendars)
    {
        var key = text?.Trim() ?? "";
        if (key == BusinessCalendar.AlwaysOpenKey)
        {
            return BusinessCalendar.AlwaysOpen;
        }

        if (key.Length == 0)
        {
            reader.Refuse(field, $"Say {BusinessCalendar.AlwaysOpenKey} or the key of a calendar of this policy.");
        }
        else if (draft.Calendars?.Any(calendar => calendar?.Key?.Trim() == key) != true)
        {
            reader.Refuse(field, $"This policy has no calendar '{DraftReader.Beginning(key)}'.");
        }

        return calendars.FirstOrDefault(calendar => calendar?.Key == key);
    }

    /// <summary>A target must come to its end within a year of usual weeks, or no search for its deadline could be sure to find it.</summary>
    private static void CheckReach(DraftReader reader, string field, PromiseTarget target, BusinessCalendar calendar)
    {
        var weeks = target.BusinessDays is { } days
            ? (double)days / calendar.Week.Count(day => day.Value.Count > 0)
            : target.Duration!.Value / calendar.Week.Values.SelectMany(spans => spans).Aggregate(TimeSpan.Zero, (sum, span) => sum + (span.To - span.From));
        if (weeks > 52)
        {
            reader.Refuse(field, $"{ExplanationWords.Target(target)} take more than a year on the calendar {calendar.Key}, which is open so little.");
        }
    }

    private static List<WarningStep> ReadWarnings(DraftReader reader, string field, List<WarningDraft?>? steps)
    {
        var result = new List<WarningStep>();
        if (steps?.Count > PolicyLimits.Warnings)
        {
            reader.Refuse(field, $"A rule has at most {PolicyLimits.Warnings} warnings; these are {steps.Count}.");
            return result;
        }

        foreach (var (step, place) in (steps ?? []).Select((step, place) => (step, place)))
        {
            var here = $"{field}[{place}]";
            if (ReadWarning(reader, here, step) is not { } read)
            {
                continue;
            }

            if (result.Exists(other => other.Key == read.Key))
            {
                reader.Refuse(here, $"The warning {PolicyWords.Of(read)} stands here twice.");
                continue;
            }

            result.Add(read);
        }

        return result;
    }

    private static WarningStep? ReadWarning(DraftReader reader, string field, WarningDraft? step)
    {
        switch (step)
        {
            case { Percent: { } percent, Before: null or "" }:
                if (percent is < 1 or > 99)
                {
                    reader.Refuse(field, $"A warning comes at 1 to 99 percent of the target; this one at {percent}.");
                    return null;
                }

                return WarningStep.At(percent);
            case { Percent: null, Before.Length: > 0 }:
                return reader.Length(field, step.Before, "A warning's time before the end") is { } before ? WarningStep.BeforeEnd(before) : null;
            default:
                reader.Refuse(field, "A warning is a percent of the target or a time before its end, one of the two.");
                return null;
        }
    }

    /// <summary>A line as it was read: whom and what it is about, and the whole rule where nothing is wrong with it.</summary>
    private readonly record struct RuleRead(PolicyRule? Scope, PolicyRule? Rule);
}
