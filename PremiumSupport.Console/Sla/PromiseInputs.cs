namespace PremiumSupport.Sla;

/// <summary>
/// What a promise was made for: by these a rule is found and an exception covers it, for as long as it lives (rule 10), also where another ticket carries it on (rule 9).
/// </summary>
/// <param name="Channel">The channel on which the request came.</param>
/// <param name="Role">The requester's role at that time.</param>
/// <param name="Plan">The plan that the account had then; null when none was named.</param>
/// <param name="Hubs">The hubs that it ran then.</param>
public sealed record PromiseInputs(Channel Channel, RequesterRole Role, string? Plan, IReadOnlyList<string> Hubs)
{
    /// <summary>The inputs of a request.</summary>
    public static PromiseInputs Of(PromiseRequest request) => new(request.Channel, request.Role, request.Plan, request.Hubs);

    /// <summary>The request as if it had been made with these inputs; who asked, and what was claimed, stay.</summary>
    public PromiseRequest In(PromiseRequest request) => request with { Channel = Channel, Role = Role, Plan = Plan, Hubs = Hubs };
}
