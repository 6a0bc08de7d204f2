using System.Globalization;

namespace PremiumSupport.Sla;

/// <summary>Says in English what a simulation found.</summary>
public static class SimulationWords
{
    /// <summary>
    /// One sentence, such as "Business critical by the email form (Super Admin) at 20 minutes: 7 more breaches between 1 Aug and 31 Oct 2026, 12 instead of 5."
    /// </summary>
    /// <param name="inForce">The policy that the tried one is held against, for what was changed.</param>
    /// <param name="tried">The policy of the simulation.</param>
    /// <param name="from">The first instant of the period.</param>
    /// <param name="to">The first instant behind it.</param>
    /// <param name="result">What was found.</param>
    public static string Sentence(SlaPolicy inForce, SlaPolicy tried, DateTimeOffset from, DateTimeOffset to, SimulationResult result)
    {
        var changed = tried.Rules.Where(rule => !inForce.Rules.Any(other => IsSame(rule, other))).Select(Name).ToList();
        var what = changed.Count switch
        {
            0 => "With the targets as they are",
            1 or 2 => Capital(string.Join(" and ", changed)),
            _ => $"With {changed.Count} rules changed",
        };
        var difference = (result.MoreBreaches - result.FewerBreaches) switch
        {
            0 when result.MoreBreaches > 0 => $"as many breaches as before, {result.MoreBreaches} of them others",
            0 => "no breach more and none less",
            > 0 and var more => $"{Count(more, "more")}, {result.Total.WouldBeBreached} instead of {result.Total.WasBreached}",
            var fewer => $"{Count(-fewer, "fewer")}, {result.Total.WouldBeBreached} instead of {result.Total.WasBreached}",
        };
        return $"{what}: {difference}, among promises made between {Day(from)} and {Day(to.AddTicks(-1))} (UTC).";
    }

    /// <summary>A rule's case and target, such as "business critical by the email form (Super Admin) at 20 minutes".</summary>
    public static string Name(PolicyRule rule) => $"{Case(rule)} at {Target(rule.Target)}";

    /// <summary>Whom a rule speaks of.</summary>
    public static string Case(PolicyRule rule)
    {
        var severity = rule.Severity switch { Severity.BusinessCritical => "business critical", Severity.Standard => "standard", _ => "anything" };
        var channel = rule.Channel switch { Channel.Email => "the email form", Channel.Chat => "chat", Channel.Phone => "call back", _ => "the mailbox" };
        var who = rule.Role switch { RequesterRole.SuperAdmin => "Super Admin", RequesterRole.User => "other users", _ => null };
        var metric = rule.Metric == Metric.NextResponse ? ", next response" : "";
        string[] inside = [.. new[] { who, rule.Plan is { } plan ? $"plan {plan}" : null }.OfType<string>()];
        return $"{severity} by {channel}{(inside.Length > 0 ? $" ({string.Join(", ", inside)})" : "")}{metric}";
    }

    /// <summary>A target, such as "20 minutes", "1 hour 30 minutes" or "2 business days".</summary>
    public static string Target(PromiseTarget target)
    {
        if (target.BusinessDays is { } days)
        {
            return Plural(days, "business day");
        }

        var left = target.Duration ?? TimeSpan.Zero;
        (int, string)[] parts = [((int)left.TotalHours, "hour"), (left.Minutes, "minute"), (left.Seconds, "second")];
        return string.Join(' ', parts.Where(part => part.Item1 > 0).Select(part => Plural(part.Item1, part.Item2)));
    }

    private static bool IsSame(PolicyRule rule, PolicyRule other) =>
        (rule.Channel, rule.Role, rule.Severity, rule.Metric, rule.Plan, rule.Target, rule.Calendar)
        == (other.Channel, other.Role, other.Severity, other.Metric, other.Plan, other.Target, other.Calendar);

    private static string Count(int breaches, string word) => string.Create(CultureInfo.InvariantCulture, $"{breaches} {word} {(breaches == 1 ? "breach" : "breaches")}");

    private static string Plural(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
