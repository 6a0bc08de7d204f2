using PremiumSupport.Sla;

namespace PremiumSupport.Screens.Dashboards;

/// <summary>The units in which a target is tried.</summary>
public enum TargetUnit { Minutes, Hours, BusinessDays }

/// <summary>A rule of the policy in force with the target that is tried on it.</summary>
public sealed class RuleTrial
{
    /// <summary>Starts with the target as it is.</summary>
    public RuleTrial(PolicyRule rule)
    {
        Rule = rule;
        (Amount, Unit) = rule.Target switch
        {
            { BusinessDays: { } days } => (days, TargetUnit.BusinessDays),
            { Duration: { } duration } when duration.Ticks % TimeSpan.TicksPerHour == 0 => ((decimal)duration.TotalHours, TargetUnit.Hours),
            var target => ((decimal)(target.Duration ?? default).TotalMinutes, TargetUnit.Minutes),
        };
    }

    /// <summary>The rule in force.</summary>
    public PolicyRule Rule { get; }

    /// <summary>How many units.</summary>
    public decimal? Amount { get; set; }

    /// <summary>Of which.</summary>
    public TargetUnit Unit { get; set; }

    /// <summary>Whether it differs from what is in force.</summary>
    public bool IsChanged => Target != Rule.Target;

    /// <summary>Why the target is none; null when it is one.</summary>
    public string? Problem => Target switch
    {
        null when Unit == TargetUnit.BusinessDays => $"Say 1 to {PolicyLimits.BusinessDays} whole business days.",
        null => $"Say a time above nothing and up to {PolicyLimits.Duration.TotalDays:0} days, in thousandths of a second at the finest.",
        _ => null,
    };

    /// <summary>The target that is tried; null when it is none.</summary>
    public PromiseTarget? Target => (Unit, Amount) switch
    {
        (TargetUnit.BusinessDays, { } days) when days >= 1 && days <= PolicyLimits.BusinessDays && days == decimal.Truncate(days) => PromiseTarget.OfBusinessDays((int)days),
        (TargetUnit.Minutes, { } minutes) => Of(minutes, TimeSpan.TicksPerMinute),
        (TargetUnit.Hours, { } hours) => Of(hours, TimeSpan.TicksPerHour),
        _ => null,
    };

    private static PromiseTarget? Of(decimal amount, long unit) =>
        amount > 0 && amount <= (decimal)PolicyLimits.Duration.Ticks / unit && PromiseTarget.Of(TimeSpan.FromTicks((long)decimal.Round(amount * unit))) is { IsValid: true } target ? target : null;
}
