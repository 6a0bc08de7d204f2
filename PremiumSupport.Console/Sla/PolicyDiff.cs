namespace PremiumSupport.Sla;

/// <summary>What became of a part of a policy.</summary>
public enum PolicyChangeKind { Added, Removed, Changed, Moved }

/// <summary>One difference between two policies.</summary>
/// <param name="Kind">What became of it.</param>
/// <param name="Subject">The part, in words: a rule's scope, a calendar's key.</param>
/// <param name="Words">The difference, in words.</param>
public sealed record PolicyChange(PolicyChangeKind Kind, string Subject, string Words);

/// <summary>Says rule by rule and calendar by calendar what differs between two policies. Notes and version numbers are not compared.</summary>
public static class PolicyDiff
{
    /// <summary>The differences, rules first in the order of the newer policy.</summary>
    public static IReadOnlyList<PolicyChange> Between(SlaPolicy before, SlaPolicy after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var changes = new List<PolicyChange>();
        changes.AddRange(Rules(before, after));
        if (before.AtRiskPercent != after.AtRiskPercent)
        {
            changes.Add(new(PolicyChangeKind.Changed, "At risk", $"begins at {after.AtRiskPercent} % of a target instead of {before.AtRiskPercent} %"));
        }

        if (!(before.EscalateTo ?? []).SequenceEqual(after.EscalateTo ?? []))
        {
            changes.Add(new(PolicyChangeKind.Changed, "After the leads", $"{Named(after)} told instead of {(before.EscalateTo is { } others ? string.Join(", ", others) : "nobody")}"));
        }

        foreach (var calendar in before.Calendars.Where(known => after.Calendars.All(other => other.Key != known.Key)))
        {
            changes.Add(new(PolicyChangeKind.Removed, $"Calendar {calendar.Key}", PolicyWords.WeekOf(calendar)));
        }

        foreach (var calendar in after.Calendars)
        {
            var known = before.Calendars.FirstOrDefault(other => other.Key == calendar.Key);
            changes.AddRange(known is null
                ? [new(PolicyChangeKind.Added, $"Calendar {calendar.Key}", $"{PolicyWords.WeekOf(calendar)}, {calendar.Zone}")]
                : Calendar(known, calendar).Select(words => new PolicyChange(PolicyChangeKind.Changed, $"Calendar {calendar.Key}", words)));
        }

        return changes;
    }

    private static string Named(SlaPolicy policy) => policy.EscalateTo switch { null => "nobody is", [var one] => $"{one} is", var many => $"{string.Join(", ", many)} are" };

    private static IEnumerable<PolicyChange> Rules(SlaPolicy before, SlaPolicy after)
    {
        // A rule is the same one while it speaks of the same requests; several of the same scope count by their order.
        var (old, young) = (Keyed(before.Rules), Keyed(after.Rules));
        foreach (var rule in old.Where(rule => !young.ContainsKey(rule.Key)))
        {
            yield return new(PolicyChangeKind.Removed, Subject(rule.Value.Rule), $"no longer promised: {PolicyWords.Promise(rule.Value.Rule)}");
        }

        var stayed = Stayed([.. old.Keys.Where(young.ContainsKey)], [.. young.Keys.Where(old.ContainsKey)]);
        foreach (var (key, (rule, place)) in young)
        {
            if (!old.TryGetValue(key, out var known))
            {
                yield return new(PolicyChangeKind.Added, Subject(rule), $"place {place + 1}: {PolicyWords.Promise(rule)}; warnings {PolicyWords.Of(rule.Warnings)}");
                continue;
            }

            if (Rule(known.Rule, rule).ToList() is { Count: > 0 } words)
            {
                yield return new(PolicyChangeKind.Changed, Subject(rule), string.Join("; ", words));
            }

            if (!stayed.Contains(key))
            {
                yield return new(PolicyChangeKind.Moved, Subject(rule), $"matched at place {place + 1} instead of {known.Place + 1}");
            }
        }
    }

    private static IEnumerable<string> Rule(PolicyRule before, PolicyRule after)
    {
        if (before.Target != after.Target)
        {
            yield return $"{ExplanationWords.Target(after.Target)} instead of {ExplanationWords.Target(before.Target)}";
        }

        if (before.Commitment != after.Commitment)
        {
            yield return $"{PolicyWords.Of(after.Commitment)} instead of {PolicyWords.Of(before.Commitment)}";
        }

        if (before.Calendar != after.Calendar)
        {
            yield return $"clock {PolicyWords.Clock(after.Calendar)} instead of {PolicyWords.Clock(before.Calendar)}";
        }

        if (!before.Warnings.Select(step => step.Key).SequenceEqual(after.Warnings.Select(step => step.Key)))
        {
            yield return $"warnings {PolicyWords.Of(after.Warnings)} instead of {PolicyWords.Of(before.Warnings)}";
        }
    }

    private static IEnumerable<string> Calendar(BusinessCalendar before, BusinessCalendar after)
    {
        if (before.Zone != after.Zone)
        {
            yield return $"zone {after.Zone} instead of {before.Zone}";
        }

        foreach (var day in PolicyWords.Days)
        {
            var (old, young) = (before.Week.GetValueOrDefault(day) ?? [], after.Week.GetValueOrDefault(day) ?? []);
            if (!old.SequenceEqual(young))
            {
                yield return $"{day}s {PolicyWords.Of(young)} instead of {PolicyWords.Of(old)}";
            }
        }

        var (known, special) = (before.SpecialDays.ToDictionary(day => day.Date), after.SpecialDays.ToDictionary(day => day.Date));
        foreach (var date in known.Keys.Union(special.Keys).Order())
        {
            var words = (known.GetValueOrDefault(date), special.GetValueOrDefault(date)) switch
            {
                (null, { } added) => $"new: {Day(added)}",
                ({ } removed, null) => $"no longer: {Day(removed)}",
                ({ } old, { } young) when !old.Spans.SequenceEqual(young.Spans) || old.Name != young.Name => $"{Day(young)} instead of {Hours(old)}{(old.Name == young.Name ? "" : $" ({old.Name})")}",
                _ => null,
            };
            if (words is not null)
            {
                yield return words;
            }
        }
    }

    private static string Day(SpecialDay day) => $"{PolicyWords.Of(day.Date)} {day.Name}, {Hours(day)}";

    private static string Hours(SpecialDay day) => PolicyWords.Of(day.Spans);

    private static string Subject(PolicyRule rule) => $"{char.ToUpperInvariant(PolicyWords.Scope(rule)[0])}{PolicyWords.Scope(rule)[1..]}, {PolicyWords.Of(rule.Metric)}";

    private static Dictionary<(Channel, RequesterRole?, Severity?, string?, Metric, int), (PolicyRule Rule, int Place)> Keyed(IReadOnlyList<PolicyRule> rules)
    {
        var seen = new Dictionary<(Channel, RequesterRole?, Severity?, string?, Metric), int>();
        var result = new Dictionary<(Channel, RequesterRole?, Severity?, string?, Metric, int), (PolicyRule, int)>();
        for (var place = 0; place < rules.Count; place++)
        {
            var rule = rules[place];
            var scope = (rule.Channel, rule.Role, rule.Severity, rule.Plan?.ToLowerInvariant(), rule.Metric);
            var occurrence = seen[scope] = seen.GetValueOrDefault(scope) + 1;
            result[(rule.Channel, rule.Role, rule.Severity, scope.Item4, rule.Metric, occurrence)] = (rule, place);
        }

        return result;
    }

    /// <summary>The most that kept their order: a longest common subsequence. What is not in it has moved.</summary>
    private static HashSet<T> Stayed<T>(IReadOnlyList<T> before, IReadOnlyList<T> after)
        where T : notnull
    {
        var longest = new int[before.Count + 1, after.Count + 1];
        for (var i = before.Count - 1; i >= 0; i--)
        {
            for (var j = after.Count - 1; j >= 0; j--)
            {
                longest[i, j] = before[i].Equals(after[j]) ? longest[i + 1, j + 1] + 1 : Math.Max(longest[i + 1, j], longest[i, j + 1]);
            }
        }

        var stayed = new HashSet<T>();
        for (var (i, j) = (0, 0); i < before.Count && j < after.Count;)
        {
            if (before[i].Equals(after[j]))
            {
                stayed.Add(before[i]);
                (i, j) = (i + 1, j + 1);
            }
            else if (longest[i + 1, j] >= longest[i, j + 1])
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return stayed;
    }
}
