using System.Globalization;

namespace PremiumSupport.Sla;

/// <summary>Says in English what a simulation found.</summary>
public static class SimulationWords
{
    /// <summary>
    /// One sentence, such as "Email form, Super Admin, business critical at 20 minutes: 7 more breaches, 12 instead of 5, among promises made between 1 Aug 2026 and 31 Oct 2026 (UTC)."
    /// </summary>
    /// <param name="inForce">The policy that the tried one is held against, for what was changed.</param>
    /// <param name="tried">The policy of the simulation.</param>
    /// <param name="from">The first instant of the period.</param>
    /// <param name="to">The first instant behind it.</param>
    /// <param name="result">What was found.</param>
    public static string Sentence(SlaPolicy inForce, SlaPolicy tried, DateTimeOffset from, DateTimeOffset to, SimulationResult result)
    {
        var changed = tried.Rules.Where(rule => !inForce.Rules.Any(other => IsSame(rule, other))).Select(rule => $"{PolicyWords.Scope(rule)} at {ExplanationWords.Target(rule.Target)}").ToList();
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

    private static bool IsSame(PolicyRule rule, PolicyRule other) =>
        (rule.Channel, rule.Role, rule.Severity, rule.Metric, rule.Plan, rule.Target, rule.Calendar)
        == (other.Channel, other.Role, other.Severity, other.Metric, other.Plan, other.Target, other.Calendar);

    private static string Count(int breaches, string word) => string.Create(CultureInfo.InvariantCulture, $"{breaches} {word} {(breaches == 1 ? "breach" : "breaches")}");

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
