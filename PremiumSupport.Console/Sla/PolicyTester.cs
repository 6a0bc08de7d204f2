namespace PremiumSupport.Sla;

/// <summary>A request to try a policy with.</summary>
public sealed record PolicyQuestion(Channel Channel, RequesterRole Role, Severity Severity, string? Plan, DateTimeOffset At);

/// <summary>What a policy would promise it.</summary>
/// <param name="Place">The rule's place from the top, from 1.</param>
/// <param name="Rule">The rule that decides.</param>
/// <param name="Promise">The obligation, with deadline and warnings, if the clock started at the moment of the question.</param>
public sealed record PolicyReply(int Place, PolicyRule Rule, ObligationFacts Promise)
{
    /// <summary>Why the deadline is that instant: the version, the clock's walk and the end.</summary>
    public IReadOnlyList<ExplanationStep> Why => [.. Promise.Explanation.Where(step => step.Kind is ExplanationKind.Policy or ExplanationKind.Clock or ExplanationKind.Due)];
}

/// <summary>Answers "who would be promised what" of any policy, published or not, by the arithmetic that tickets are promised with.</summary>
public static class PolicyTester
{
    /// <summary>The promises, one per metric, in the order of the metrics; a next response counts from the moment as if the customer wrote then.</summary>
    public static IReadOnlyList<PolicyReply> Ask(SlaPolicy policy, PolicyQuestion question)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(question);
        var request = new PromiseRequest
        {
            AccountName = "",
            RequesterName = "",
            Role = question.Role,
            Channel = question.Channel,
            Claim = question.Severity == Severity.BusinessCritical ? ClaimState.Pending : ClaimState.None,
            StartedAt = question.At,
        };
        return
        [
            .. policy.RulesFor(question.Channel, question.Role, question.Severity, question.Plan)
                .OrderBy(rule => rule.Metric)
                .Select(rule => new PolicyReply(Place(policy, rule), rule, PromiseClock.Promise(policy, rule, request))),
        ];
    }

    private static int Place(SlaPolicy policy, PolicyRule rule) => policy.Rules.TakeWhile(other => !ReferenceEquals(other, rule)).Count() + 1;
}
