namespace PremiumSupport.Sla;

/// <summary>A kind of request that can come, as far as a policy tells kinds apart.</summary>
public readonly record struct PolicyCase(Channel Channel, RequesterRole Role, Severity Severity);

/// <summary>Every kind of request that can come, and whom a policy leaves out.</summary>
public static class PolicyCases
{
    /// <summary>
    /// All of them. Business critical is claimed by a Super Admin on the email form alone; a request that a specialist raises has its promise already and keeps the earlier deadline (rule 8).
    /// </summary>
    public static IReadOnlyList<PolicyCase> All { get; } =
    [
        .. from channel in new[] { Channel.Email, Channel.Mailbox, Channel.Chat, Channel.Phone }
           from role in new[] { RequesterRole.SuperAdmin, RequesterRole.User }
           from severity in new[] { Severity.BusinessCritical, Severity.Standard }
           where severity == Severity.Standard || (channel == Channel.Email && role == RequesterRole.SuperAdmin)
           select new PolicyCase(channel, role, severity),
    ];

    /// <summary>The first thing that is promised on a channel: a call where a call was asked for, an answer everywhere else.</summary>
    public static Metric FirstOf(Channel channel) => channel == Channel.Phone ? Metric.Callback : Metric.FirstResponse;

    /// <summary>A sentence for each case that is promised no answer. A rule of a plan helps nobody outside that plan, so only rules of any plan close a gap.</summary>
    public static IEnumerable<PolicyProblem> LeftOut(IReadOnlyList<PolicyRule> rules)
    {
        foreach (var left in All)
        {
            var metric = FirstOf(left.Channel);
            if (rules.Any(rule => rule.Metric == metric && rule.Fits(left.Channel, left.Role, left.Severity)))
            {
                continue;
            }

            var plans = rules.Where(rule => rule.Metric == metric && rule.Fits(left.Channel, left.Role, left.Severity, rule.Plan)).Select(rule => rule.Plan).Distinct().ToList();
            yield return new("rules", $"No rule promises {PolicyWords.Promise(metric)} to {PolicyWords.Of(left)}"
                + (plans.Count == 0 ? ". Add one." : $" outside the plan {string.Join(" or ", plans)}. Add one for any plan."));
        }
    }
}
