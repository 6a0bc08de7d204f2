namespace PremiumSupport.Sla;

/// <summary>
/// A policy as somebody is writing it: the same shape as <see cref="SlaPolicy"/> in the API's JSON, but of words that may be missing or wrong, so that a draft can be kept
/// half-finished and everything wrong with it be told at once. <see cref="PolicyCheck"/> makes a policy of it.
/// </summary>
public sealed record PolicyDraft
{
    /// <summary>The rules in the order in which they are matched.</summary>
    public List<RuleDraft?>? Rules { get; set; }

    public List<CalendarDraft?>? Calendars { get; set; }

    /// <summary>See <see cref="SlaPolicy.AtRiskPercent"/>; null for its default.</summary>
    public int? AtRiskPercent { get; set; }

    /// <summary>See <see cref="SlaPolicy.EscalateTo"/>.</summary>
    public List<string?>? EscalateTo { get; set; }
}

/// <summary>A line of a draft. Words are those of the API, e.g. "superAdmin"; null or empty means any where any is possible.</summary>
public sealed record RuleDraft
{
    public string? Channel { get; set; }
    public string? Role { get; set; }
    public string? Severity { get; set; }
    public string? Plan { get; set; }
    public string? Metric { get; set; }
    public string? Commitment { get; set; }
    public TargetDraft? Target { get; set; }
    public string? Calendar { get; set; }
    public List<WarningDraft?>? Warnings { get; set; }

    /// <summary>A copy that shares nothing with this one.</summary>
    public RuleDraft Copy() => this with { Target = Target is null ? null : Target with { }, Warnings = Warnings is null ? null : [.. Warnings.Select(step => step is null ? null : step with { })] };
}

/// <summary>A target of a draft: a duration such as "00:30:00" or a number of business days.</summary>
public sealed record TargetDraft
{
    public string? Duration { get; set; }
    public int? BusinessDays { get; set; }
}

/// <summary>A warning of a draft: a share in percent or a time such as "00:05:00" before the end.</summary>
public sealed record WarningDraft
{
    public int? Percent { get; set; }
    public string? Before { get; set; }
}

/// <summary>A calendar of a draft.</summary>
public sealed record CalendarDraft
{
    public string? Key { get; set; }

    /// <summary>An IANA id such as "Europe/Berlin".</summary>
    public string? Zone { get; set; }

    /// <summary>Spans by day, e.g. "mon": [["09:00", "17:00"]]; a day that is missing is shut.</summary>
    public Dictionary<string, List<List<string?>?>?>? Week { get; set; }

    public List<DayDraft?>? Holidays { get; set; }
    public List<DayDraft?>? ShortDays { get; set; }
}

/// <summary>A holiday of a draft, or a short day with its spans.</summary>
public sealed record DayDraft
{
    /// <summary>A date such as "2026-12-25".</summary>
    public string? Date { get; set; }

    public string? Name { get; set; }
    public List<List<string?>?>? Spans { get; set; }
}
