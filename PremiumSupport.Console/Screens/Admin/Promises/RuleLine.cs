using PremiumSupport.Sla;

namespace PremiumSupport.Screens.Admin.Promises;

/// <summary>A line of a draft in words, whatever state it is in.</summary>
internal static class RuleLine
{
    /// <summary>Whom it speaks of.</summary>
    public static string Who(RuleDraft rule) => string.Join(", ", new[]
    {
        Read<Channel>(rule.Channel) is { } channel ? PolicyWords.Of(channel) : rule.Channel ?? "no channel",
        string.IsNullOrEmpty(rule.Role) ? "anybody" : Read<RequesterRole>(rule.Role) is { } role ? PolicyWords.Of(role) : rule.Role,
        string.IsNullOrEmpty(rule.Severity) ? null : Read<Severity>(rule.Severity) is { } severity ? PolicyWords.Of(severity) : rule.Severity,
        string.IsNullOrWhiteSpace(rule.Plan) ? null : $"plan {rule.Plan}",
    }.Where(word => !string.IsNullOrEmpty(word)));

    /// <summary>What it promises.</summary>
    public static string What(RuleDraft rule)
    {
        var target = rule.Target switch
        {
            { BusinessDays: { } days } => ExplanationWords.Target(PromiseTarget.OfBusinessDays(days)),
            { Duration: { Length: > 0 } text } => TimeSpan.TryParseExact(text, "c", null, out var duration) && duration > TimeSpan.Zero ? ExplanationWords.Duration(duration) : text,
            _ => "no target",
        };
        return $"{(Read<Metric>(rule.Metric) is { } metric ? PolicyWords.Of(metric) : rule.Metric ?? "nothing")} within {target} {PolicyWords.Clock(rule.Calendar ?? "no calendar")}";
    }

    /// <summary>Whether the vendor owes it.</summary>
    public static bool IsGuaranteed(RuleDraft rule) => Read<Commitment>(rule.Commitment) == Commitment.Guaranteed;

    private static T? Read<T>(string? word)
        where T : struct, Enum => Enum.TryParse<T>(word, ignoreCase: true, out var member) && Enum.IsDefined(member) ? member : null;
}
