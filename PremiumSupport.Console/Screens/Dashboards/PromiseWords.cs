using System.Globalization;
using PremiumSupport.Desk.Reports.Kept;
using PremiumSupport.Screens.Shell;
using PremiumSupport.Sla;

namespace PremiumSupport.Screens.Dashboards;

/// <summary>Says what promises a list is about.</summary>
public static class PromiseWords
{
    private static readonly string[] Weekdays = ["Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays"];

    /// <summary>A word of an address on a chip.</summary>
    public static string Of(string key, string value)
    {
        var (filter, _) = PromiseFilter.Read(other => other == key ? value : null);
        return filter switch
        {
            { Metric: { } metric } => Words.Of(metric),
            { Channel: { } channel } => Name(channel),
            { Severity: { } severity } => Name(severity),
            { Account: { } account } => $"Account {account}",
            { Specialist: "" } => "With nobody",
            { Specialist: { } specialist } => $"With {specialist}",
            { Outcome: { } outcome } => Name(outcome),
            { Weekday: { } weekday } => $"On {Weekdays[weekday]}",
            { Hour: { } hour } => string.Create(CultureInfo.InvariantCulture, $"Due from {hour:00}:00 to {hour:00}:59"),
            { Took: { } took } => Span(took.Over, took.UpTo),
            _ => value,
        };
    }

    /// <summary>What is listed, in the plural: "first responses", "missed promises by chat".</summary>
    public static string Things(PromiseFilter filter, int count)
    {
        var outcome = filter.Outcome switch { PromiseOutcome.Met => "kept ", PromiseOutcome.Missed => "missed ", PromiseOutcome.Owed => "missed and still owed ", PromiseOutcome.Moved => "moved ", _ => "" };
        var thing = (filter.Metric, count == 1) switch
        {
            (Metric.FirstResponse, true) => "first response", (Metric.FirstResponse, false) => "first responses",
            (Metric.NextResponse, true) => "next response", (Metric.NextResponse, false) => "next responses",
            (Metric.Callback, true) => "callback", (Metric.Callback, false) => "callbacks",
            (_, true) => "promise", _ => "promises",
        };
        return outcome + thing;
    }

    /// <summary>What a metric's promises are called: "First responses".</summary>
    public static string Plural(Metric metric) => metric switch { Metric.NextResponse => "Next responses", Metric.Callback => "Callbacks", _ => "First responses" };

    /// <summary>The way in, as the head of a line.</summary>
    public static string Name(Channel channel) => channel switch { Channel.Email => "Email form", Channel.Chat => "Chat", Channel.Phone => "Call back", _ => "Mailbox" };

    /// <summary>How grave.</summary>
    public static string Name(Severity severity) => severity == Severity.BusinessCritical ? "Business critical" : "Standard";

    /// <summary>What became of it.</summary>
    public static string Name(PromiseOutcome outcome) => outcome switch { PromiseOutcome.Met => "Kept", PromiseOutcome.Missed => "Missed", PromiseOutcome.Owed => "Missed and still owed", _ => "Moved by an exception" };

    /// <summary>A span of durations: "over 30m 00s, up to 1h 00m".</summary>
    public static string Span(int over, int? upTo) => (over, upTo) switch
    {
        (0, { } most) => $"Up to {Durations.Round(TimeSpan.FromSeconds(most))}",
        (_, { } most) => $"Over {Durations.Round(TimeSpan.FromSeconds(over))}, up to {Durations.Round(TimeSpan.FromSeconds(most))}",
        _ => $"Over {Durations.Round(TimeSpan.FromSeconds(over))}",
    };
}
