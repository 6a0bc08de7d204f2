using System.Globalization;

namespace PremiumSupport.Sla;

/// <summary>Says in English what a policy promises, line by line.</summary>
public static class PolicyWords
{
    private static readonly DayOfWeek[] Week = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday];

    /// <summary>Whom a rule speaks of: "email form, Super Admin, business critical, plan premium".</summary>
    public static string Scope(PolicyRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return string.Join(", ", new[] { Of(rule.Channel), Of(rule.Role), Of(rule.Severity), rule.Plan is null ? null : $"plan {rule.Plan}" }.Where(word => word is not null));
    }

    /// <summary>What it promises: "first response within 30 minutes on the clock 24 × 7, guaranteed".</summary>
    public static string Promise(PolicyRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return $"{Of(rule.Metric)} within {ExplanationWords.Target(rule.Target)} {Clock(rule.Calendar)}, {Of(rule.Commitment)}";
    }

    /// <summary>A case as the object of a sentence: "a Super Admin whose email is business critical".</summary>
    public static string Of(PolicyCase left)
    {
        var who = left.Role == RequesterRole.SuperAdmin ? "a Super Admin" : "a user who is no Super Admin";
        return left.Channel switch
        {
            Channel.Email => $"{who} who asks by the email form{(left.Role == RequesterRole.User ? "" : left.Severity == Severity.BusinessCritical ? ", business critical" : ", standard")}",
            Channel.Chat => $"{who} who asks by chat",
            Channel.Phone => $"{who} who asks for a call",
            _ => $"{who} who writes straight to the mailbox",
        };
    }

    /// <summary>A promise as the object of a sentence.</summary>
    public static string Promise(Metric metric) => metric switch { Metric.Callback => "a call back", Metric.NextResponse => "a next response", _ => "a first response" };

    /// <summary>The way a request comes.</summary>
    public static string Of(Channel channel) => channel switch { Channel.Email => "email form", Channel.Chat => "chat", Channel.Phone => "call back", _ => "mailbox" };

    /// <summary>Who asks.</summary>
    public static string Of(RequesterRole? role) => role switch { RequesterRole.SuperAdmin => "Super Admin", RequesterRole.User => "other users", _ => "anybody" };

    /// <summary>How grave it is; null for any, which needs no word.</summary>
    public static string? Of(Severity? severity) => severity switch { Severity.BusinessCritical => "business critical", Severity.Standard => "standard", _ => null };

    /// <summary>What is measured.</summary>
    public static string Of(Metric metric) => metric switch { Metric.Callback => "call back", Metric.NextResponse => "next response", _ => "first response" };

    /// <summary>Owed or aimed at.</summary>
    public static string Of(Commitment commitment) => commitment == Commitment.Guaranteed ? "guaranteed" : "a target";

    /// <summary>A warning: "at 50 %", "5 minutes before the end".</summary>
    public static string Of(WarningStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return step.Percent is { } percent ? $"at {percent} %" : $"{ExplanationWords.Duration(step.Before ?? default)} before the end";
    }

    /// <summary>Warnings in one phrase.</summary>
    public static string Of(IReadOnlyList<WarningStep> steps) => steps is { Count: > 0 } ? string.Join(", ", steps.Select(Of)) : "none";

    /// <summary>The clock that a promise runs on.</summary>
    public static string Clock(string calendar) => calendar == BusinessCalendar.AlwaysOpenKey ? "24 × 7" : $"in the hours of {calendar}";

    /// <summary>The hours of a day: "09:00 to 12:00 and 13:00 to 17:00", or "shut".</summary>
    public static string Of(IReadOnlyList<DaySpan> spans) => spans is { Count: > 0 } ? string.Join(" and ", spans.Select(span => $"{Time(span.From)} to {Time(span.To)}")) : "shut";

    /// <summary>A time of day; midnight at the end of the day is 24:00.</summary>
    public static string Time(TimeSpan time) => time == TimeSpan.FromDays(1) ? "24:00" : time.ToString(time.Seconds == 0 ? @"hh\:mm" : @"hh\:mm\:ss", CultureInfo.InvariantCulture);

    /// <summary>A date with its weekday.</summary>
    public static string Of(DateOnly date) => date.ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>A week in words, days of the same hours together: "Mon to Fri 09:00 to 17:00, Sat 10:00 to 14:00".</summary>
    public static string WeekOf(BusinessCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        var groups = new List<(DayOfWeek From, DayOfWeek To, string Hours)>();
        foreach (var day in Week.Where(day => calendar.Week.TryGetValue(day, out var open) && open.Count > 0))
        {
            var hours = Of(calendar.Week[day]);
            if (groups.Count > 0 && groups[^1].Hours == hours && ((int)groups[^1].To + 1) % 7 == (int)day)
            {
                groups[^1] = groups[^1] with { To = day };
            }
            else
            {
                groups.Add((day, day, hours));
            }
        }

        return string.Join(", ", groups.Select(group => $"{Abbreviated(group.From)}{(group.From == group.To ? "" : $" to {Abbreviated(group.To)}")} {group.Hours}"));
    }

    /// <summary>Weekdays from Monday on.</summary>
    public static IReadOnlyList<DayOfWeek> Days => Week;

    /// <summary>A weekday in three letters.</summary>
    public static string Abbreviated(DayOfWeek day) => day.ToString()[..3];

    /// <summary>Rules by the places that people count from one: "rule 2", "rules 2 and 4".</summary>
    internal static string Places(IReadOnlyList<int> places) =>
        places.Count == 1 ? $"rule {places[0] + 1}" : $"rules {string.Join(", ", places.SkipLast(1).Select(place => place + 1))} and {places[^1] + 1}";
}
