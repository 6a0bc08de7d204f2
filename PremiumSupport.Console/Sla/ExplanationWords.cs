using System.Globalization;
using NodaTime;

namespace PremiumSupport.Sla;

/// <summary>Says in English why a deadline is what it is (rule 15). Customer pages say the same from the same steps in their own language.</summary>
public static class ExplanationWords
{
    // Exceptions may lie weeks away, so a weekday alone would not say which.
    private const string Moment = "ddd d MMM HH:mm:ss";

    /// <summary>One sentence per reason; instants in <paramref name="zone"/>, an IANA id, or in UTC when it is not known.</summary>
    public static IReadOnlyList<string> InEnglish(IReadOnlyList<ExplanationStep> steps, string? zone = null) =>
        [.. steps.Select(step => Sentence(step, zone))];

    /// <summary>A target in words: "30 minutes", "1 hour", "1 business day".</summary>
    public static string Target(PromiseTarget target) => target switch
    {
        { BusinessDays: { } days } => Count(days, "business day"),
        { Duration: { } duration } => Duration(duration),
        _ => "",
    };

    /// <summary>A duration in full words, none of its units left out: "1 hour 30 minutes".</summary>
    public static string Duration(TimeSpan duration)
    {
        (int Number, string Unit)[] units = [((int)duration.TotalHours, "hour"), (duration.Minutes, "minute"), (duration.Seconds, "second")];
        var words = units.Where(unit => unit.Number != 0).Select(unit => Count(unit.Number, unit.Unit)).ToList();
        return words.Count == 0 ? "0 seconds" : string.Join(' ', words);
    }

    private static string Sentence(ExplanationStep step, string? zone) => step.Kind switch
    {
        ExplanationKind.Entitlement => $"{Value(step, "account")} has Premium Support until {At(Value(step, "until"), zone, "d MMM yyyy")}.",
        ExplanationKind.Role => Value(step, "role") == "superAdmin"
            ? $"{Value(step, "name")} is a designated Super Admin."
            : $"{Value(step, "name")} is a user of the account, not a designated Super Admin.",
        ExplanationKind.Channel => Value(step, "channel") switch
        {
            "email" => "The request came by the email form, which is open 24 hours a day, 7 days a week.",
            "chat" => "The request came by chat.",
            "phone" when Value(step, "from") is { Length: > 0 } from => $"A call back was requested, not before {At(from, zone, Moment)}{ZoneSuffix(zone)}.",
            "phone" => "A call back was requested.",
            _ => "The request came by mail to the mailbox, not by the form.",
        },
        ExplanationKind.Claim => $"It was claimed to be business critical: {Criterion(Value(step, "criterion"))}.",
        ExplanationKind.Decision => Value(step, "state") switch
        {
            "pending" => "No specialist has decided on the claim yet, so it stands.",
            "confirmed" => "A specialist confirmed the claim.",
            "raised" => $"A specialist raised the request to business critical at {At(Value(step, "at"), zone, "ddd HH:mm:ss")}{ZoneSuffix(zone)}.",
            _ => "A specialist declined the claim, so the standard promise counts from the creation of the request.",
        },
        ExplanationKind.Policy => $"Policy version {Value(step, "version")}{(step.Values.TryGetValue("appliedAt", out var applied) ? $", applied to open tickets at {At(applied, zone, "ddd HH:mm:ss")}{ZoneSuffix(zone)}," : "")} promises {TargetWords(Value(step, "target"))}, {(Value(step, "commitment") == "guaranteed" ? "guaranteed" : "as a target, not guaranteed")}.",
        ExplanationKind.Clock => Clock(step, zone),
        ExplanationKind.Exception =>
            $"{Reason(Value(step, "reason"))}: the clock stands still from {At(Value(step, "from"), zone, Moment)} until {At(Value(step, "to"), zone, Moment)}{ZoneSuffix(zone)}. “{Value(step, "note")}”",
        ExplanationKind.Waiting =>
            $"While the ticket waited for the customer, the clock stood still: from {At(Value(step, "from"), zone, Moment)} until {At(Value(step, "to"), zone, Moment)}{ZoneSuffix(zone)}.",
        _ when Value(step, "stands") == "true" =>
            $"The deadline promised before is not later, so it stands: {At(Value(step, "at"), zone, "ddd d MMM yyyy HH:mm:ss")}{ZoneSuffix(zone)}.",
        _ => $"So the deadline is {At(Value(step, "at"), zone, "ddd d MMM yyyy HH:mm:ss")}{ZoneSuffix(zone)}.",
    };

    /// <summary>The reason of an exception, by the API's word, as the beginning of a sentence.</summary>
    public static string Reason(string word) => word switch
    {
        "holiday" => "Holiday",
        "incident" => "Incident",
        "maintenance" => "Maintenance",
        "forceMajeure" => "Force majeure",
        "event" => "Company event",
        _ => "Exception",
    };

    /// <summary>The published criterion of that word of the API, as part of a sentence.</summary>
    public static string Criterion(string word) => word switch
    {
        "signIn" => "most or all users cannot sign in or reach essential tools",
        "outage" => "a system-wide outage stops core operations or a time-critical launch",
        "content" => "published content is unreachable for several teams or the whole organisation",
        "dataLoss" => "serious data loss or a security breach",
        _ => "no criterion was named",
    };

    private static string Clock(ExplanationStep step, string? zone)
    {
        var start = At(Value(step, "start"), zone, "ddd HH:mm:ss");
        if (Value(step, "calendar") == BusinessCalendar.AlwaysOpenKey)
        {
            return $"The clock runs 24 × 7 and started at {start}{ZoneSuffix(zone)}.";
        }

        var holidays = Value(step, "holidays");
        var walk = Value(step, "walk").Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(span => span.Split('/'))
            .Select(ends => (From: At(ends[0], zone, "ddd HH:mm:ss"), To: At(ends[1], zone, "ddd HH:mm:ss")))
            .Select(span => $"{span.From} to {(span.From[..4] == span.To[..4] ? span.To[4..] : span.To)}");
        return $"The clock runs in the business hours of {Value(step, "calendar")} ({Value(step, "zone")}) and started at {start}{ZoneSuffix(zone)}"
            + $"; it counts {string.Join(", then ", walk)}{(holidays.Length > 0 ? $"; shut for {holidays}" : "")}.";
    }

    private static string TargetWords(string target) =>
        target.EndsWith("BD", StringComparison.Ordinal)
            ? Count(int.Parse(target.AsSpan(1, target.Length - 3), CultureInfo.InvariantCulture), "business day")
            : Duration(System.Xml.XmlConvert.ToTimeSpan(target));

    private static string At(string instant, string? zone, string pattern)
    {
        var utc = DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture);
        var local = ZoneOf(zone) is { } known ? Instant.FromDateTimeOffset(utc).InZone(known).ToDateTimeUnspecified() : utc.UtcDateTime;
        return local.ToString(pattern, CultureInfo.InvariantCulture);
    }

    private static string ZoneSuffix(string? zone) => ZoneOf(zone) is { Id: var id } ? $" ({id})" : " UTC";

    private static DateTimeZone? ZoneOf(string? zone) => zone is null ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone);

    private static string Value(ExplanationStep step, string key) => step.Values.GetValueOrDefault(key, "");

    private static string Count(int number, string unit) => number == 1 ? $"1 {unit}" : $"{number} {unit}s";
}
