using System.Globalization;
using PremiumSupport.Sla;

namespace PremiumSupport.Tests.Sla;

/// <summary>The words in which these tests describe instants, offices, policies and requests.</summary>
internal static class Given
{
    /// <summary>An instant such as "2026-01-13 15:45:30" or "2026-01-13 15:45:30.001", in UTC unless it says an offset such as "+01:00".</summary>
    public static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    /// <summary>A duration such as "00:30:00".</summary>
    public static TimeSpan Long(string text) => TimeSpan.ParseExact(text, "c", CultureInfo.InvariantCulture);

    /// <summary>Spans such as "09:00-12:00 13:00-24:00"; nothing for a day that is shut.</summary>
    public static IReadOnlyList<DaySpan> Spans(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(span => span.Split('-')).Select(ends => new DaySpan(Clock(ends[0]), Clock(ends[1])))];

    /// <summary>Open Monday to Friday at the same hours.</summary>
    public static BusinessCalendar Office(string zone, string hours, params SpecialDay[] special) =>
        new("office", zone, Enumerable.Range(1, 5).ToDictionary(day => (DayOfWeek)day, _ => Spans(hours)), special);

    /// <summary>Open on all seven days at the same hours.</summary>
    public static BusinessCalendar Daily(string zone, string hours, params SpecialDay[] special) =>
        new("daily", zone, Enum.GetValues<DayOfWeek>().ToDictionary(day => day, _ => Spans(hours)), special);

    /// <summary>A day on which the office is shut.</summary>
    public static SpecialDay Holiday(string date, string name = "Holiday") => new(DateOnly.Parse(date, CultureInfo.InvariantCulture), name, []);

    /// <summary>A day with hours of its own.</summary>
    public static SpecialDay ShortDay(string date, string hours) => new(DateOnly.Parse(date, CultureInfo.InvariantCulture), "Short day", Spans(hours));

    /// <summary>The default policy of an office in Berlin.</summary>
    public static SlaPolicy Policy(params SpecialDay[] special) => DefaultPolicy.Create(new(), "Europe/Berlin", special);

    /// <summary>A request of Ada, a Super Admin of Acme, by the email form.</summary>
    public static PromiseRequest Request(string startedAt, ClaimState claim = ClaimState.None) => new()
    {
        AccountName = "Acme", RequesterName = "Ada", Role = RequesterRole.SuperAdmin, Channel = Channel.Email,
        Claim = claim, Criterion = claim == ClaimState.None ? null : ClaimCriterion.SignIn, StartedAt = At(startedAt),
    };

    /// <summary>The first response promised to a request.</summary>
    public static ObligationFacts Promised(PromiseRequest request, SlaPolicy? policy = null) => PromiseClock.Promise(policy ?? Policy(), request).Single();

    /// <summary>A rule of its own making for a Super Admin's emails.</summary>
    public static PolicyRule Rule(PromiseTarget target, string calendar, params WarningStep[] warnings) =>
        new(Channel.Email, RequesterRole.SuperAdmin, null, Metric.FirstResponse, Commitment.Guaranteed, target, calendar, warnings);

    private static TimeSpan Clock(string text) => text == "24:00" ? TimeSpan.FromDays(1) : TimeSpan.ParseExact(text, [@"hh\:mm", @"hh\:mm\:ss"], CultureInfo.InvariantCulture);
}
