namespace PremiumSupport.Sla;

/// <summary>What is allowed in a policy and yet probably not meant.</summary>
internal static class PolicyHints
{
    public static IReadOnlyList<PolicyProblem> Of(SlaPolicy policy) =>
    [
        .. policy.Rules.SelectMany((rule, place) => OfRule(policy, rule, place)),
        .. policy.Calendars.Select((calendar, place) => (calendar, place))
            .Where(item => policy.Rules.All(rule => rule.Calendar != item.calendar.Key))
            .Select(item => new PolicyProblem($"calendars[{item.place}]", $"No rule uses the calendar {item.calendar.Key}.")),
    ];

    private static IEnumerable<PolicyProblem> OfRule(SlaPolicy policy, PolicyRule rule, int place)
    {
        var field = $"rules[{place}]";
        if (CoveredBy(policy, place) is { Count: > 0 } above)
        {
            yield return new(field, $"Rule {place + 1} never decides: {PolicyWords.Places(above)} above {(above.Count == 1 ? "speaks" : "speak")} of everything that it speaks of.");
        }

        if (rule.Metric == Metric.Callback && rule.Channel != Channel.Phone)
        {
            yield return new($"{field}.metric", $"Rule {place + 1} promises a call back to people who did not ask for one; only a logged call keeps it.");
        }
    }

    /// <summary>The rules above that between them decide every request of which this one speaks; empty when something is left for it.</summary>
    private static List<int> CoveredBy(SlaPolicy policy, int place)
    {
        var rule = policy.Rules[place];
        var deciders = new SortedSet<int>();
        string?[] plans = [null, .. policy.Rules.Select(other => other.Plan).Distinct(StringComparer.OrdinalIgnoreCase)];
        foreach (var role in Enum.GetValues<RequesterRole>())
        {
            foreach (var severity in Enum.GetValues<Severity>())
            {
                foreach (var plan in plans.Where(plan => rule.Fits(rule.Channel, role, severity, plan)))
                {
                    var first = Enumerable.Range(0, place + 1).First(other => policy.Rules[other].Metric == rule.Metric && policy.Rules[other].Fits(rule.Channel, role, severity, plan));
                    if (first == place)
                    {
                        return [];
                    }

                    deciders.Add(first);
                }
            }
        }

        return [.. deciders];
    }
}
