using System.Text.Json.Serialization;

namespace PremiumSupport.Sla;

/// <summary>
/// One line of a policy: who is promised what. The first rule that fits, from the top, decides.
/// </summary>
/// <param name="Channel">The channel that the rule is about.</param>
/// <param name="Role">The requester's role, or null for any.</param>
/// <param name="Severity">The severity, or null for any.</param>
/// <param name="Metric">What is promised.</param>
/// <param name="Commitment">Guaranteed or a target.</param>
/// <param name="Target">How long it may take.</param>
/// <param name="Calendar">The key of a calendar of the policy, or <see cref="BusinessCalendar.AlwaysOpen"/>.</param>
/// <param name="Warnings">Steps before the end; the end itself always counts.</param>
public sealed record PolicyRule(
    Channel Channel, RequesterRole? Role, Severity? Severity, Metric Metric,
    Commitment Commitment, PromiseTarget Target, string Calendar, IReadOnlyList<WarningStep> Warnings)
{
    /// <summary>The word of the account's purchase of Premium Support, or null for any. Letter case does not matter.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Plan { get; init; }

    /// <summary>Whether the rule speaks of this request. A rule of a plan speaks of no request without one.</summary>
    public bool Fits(Channel channel, RequesterRole role, Severity severity, string? plan = null) =>
        Channel == channel && (Role ?? role) == role && (Severity ?? severity) == severity && (Plan is null || Plan.Equals(plan, StringComparison.OrdinalIgnoreCase));
}

/// <summary>
/// An immutable version of what is promised. A ticket keeps the version it was promised under (rule 10); an edit makes a new one.
/// </summary>
public sealed record SlaPolicy(int Version, string Note, IReadOnlyList<PolicyRule> Rules, IReadOnlyList<BusinessCalendar> Calendars)
{
    /// <summary>Share of a target from which its obligation is at risk, in percent (rule 11).</summary>
    public int AtRiskPercent { get; init; } = 75;

    /// <summary>Addresses of staff who are told of a warning or a breach that neither its assignee nor any lead has acknowledged; null for nobody. It is no promise: the version in force names them for every ticket.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? EscalateTo { get; init; }

    /// <summary>The rules that apply to a request: the first fitting one per metric.</summary>
    public IEnumerable<PolicyRule> RulesFor(Channel channel, RequesterRole role, Severity severity, string? plan = null) =>
        Rules.Where(rule => rule.Fits(channel, role, severity, plan)).DistinctBy(rule => rule.Metric);

    /// <summary>The calendar of that key.</summary>
    /// <exception cref="KeyNotFoundException">The policy has none of that key and the key is not the always-open one.</exception>
    public BusinessCalendar CalendarOf(string key) =>
        key == BusinessCalendar.AlwaysOpenKey
            ? BusinessCalendar.AlwaysOpen
            : Calendars.FirstOrDefault(calendar => calendar.Key == key)
              ?? throw new KeyNotFoundException($"Policy version {Version} has no calendar '{key}'.");
}
