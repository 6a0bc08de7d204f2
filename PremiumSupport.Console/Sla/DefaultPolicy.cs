namespace PremiumSupport.Sla;

/// <summary>The figures that seed the first policy version (<c>Sla:Defaults:*</c>). Afterwards the policy itself is the truth.</summary>
public sealed record SlaDefaults
{
    /// <summary>First response to a business-critical email of a Super Admin. Default 30 minutes.</summary>
    public TimeSpan CriticalGuarantee { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>First response to any other email of a Super Admin. Default 1 hour.</summary>
    public TimeSpan StandardGuarantee { get; init; } = TimeSpan.FromHours(1);

    /// <summary>First call attempt. Default 5 minutes.</summary>
    public TimeSpan CallbackTarget { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>First human answer in a chat. Default 2 minutes.</summary>
    public TimeSpan ChatTarget { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>First response to any other user. Default 1 business day.</summary>
    public int UserTargetBusinessDays { get; init; } = 1;
}

/// <summary>Makes the first policy version out of the defaults.</summary>
public static class DefaultPolicy
{
    /// <summary>The key of the calendar that business days are counted on.</summary>
    public const string OfficeCalendar = "office";

    private static readonly WarningStep[] Warnings = [WarningStep.At(50), WarningStep.At(75), WarningStep.BeforeEnd(TimeSpan.FromMinutes(5))];

    /// <summary>Version 1: the promise table of the product with the given figures.</summary>
    /// <param name="defaults">The figures.</param>
    /// <param name="zone">The office's IANA zone.</param>
    /// <param name="holidays">Days on which the office is shut or shorter.</param>
    public static SlaPolicy Create(SlaDefaults defaults, string zone, IReadOnlyList<SpecialDay>? holidays = null)
    {
        PolicyRule Rule(Channel channel, RequesterRole? role, Severity? severity, Metric metric, Commitment commitment, PromiseTarget target, string calendar = BusinessCalendar.AlwaysOpenKey) =>
            new(channel, role, severity, metric, commitment, target, calendar, Warnings);

        IReadOnlyList<DaySpan> office = [new(TimeSpan.FromHours(9), TimeSpan.FromHours(17))];
        var week = new[] { DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday }.ToDictionary(day => day, _ => office);
        var businessDays = PromiseTarget.OfBusinessDays(defaults.UserTargetBusinessDays);

        return new(
            1,
            "The defaults of the first start",
            [
                Rule(Channel.Email, RequesterRole.SuperAdmin, Severity.BusinessCritical, Metric.FirstResponse, Commitment.Guaranteed, PromiseTarget.Of(defaults.CriticalGuarantee)),
                Rule(Channel.Email, RequesterRole.SuperAdmin, Severity.Standard, Metric.FirstResponse, Commitment.Guaranteed, PromiseTarget.Of(defaults.StandardGuarantee)),
                Rule(Channel.Email, RequesterRole.User, null, Metric.FirstResponse, Commitment.Target, businessDays, OfficeCalendar),
                Rule(Channel.Mailbox, null, null, Metric.FirstResponse, Commitment.Target, businessDays, OfficeCalendar),
                Rule(Channel.Phone, null, null, Metric.Callback, Commitment.Target, PromiseTarget.Of(defaults.CallbackTarget)),
                Rule(Channel.Chat, null, null, Metric.FirstResponse, Commitment.Target, PromiseTarget.Of(defaults.ChatTarget)),
            ],
            [new BusinessCalendar(OfficeCalendar, zone, week, holidays)]);
    }
}
