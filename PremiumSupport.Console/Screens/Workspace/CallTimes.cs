using System.Globalization;
using NodaTime;
using PremiumSupport.Desk.Tickets.Calls;
using PremiumSupport.Screens.Shell;

namespace PremiumSupport.Screens.Workspace;

/// <summary>Words for calls and for the times at which customers want them.</summary>
public static class CallTimes
{
    // Nobody is glad of a call between nine in the evening and eight in the morning.
    private const int Evening = 21;
    private const int Morning = 8;

    /// <summary>"Sat 28 Nov, 14:00 to 16:00", on the customer's wall.</summary>
    public static string Span(CallWindow window)
    {
        var (from, to) = (Local(window.From, window.Zone), Local(window.To, window.Zone));
        return $"{from.ToString("ddd d MMM, HH:mm", CultureInfo.InvariantCulture)} to {to.ToString(from.Date == to.Date ? "HH:mm" : "ddd HH:mm", CultureInfo.InvariantCulture)}";
    }

    /// <summary>Why now is not the time to call; null when it is.</summary>
    public static string? Hint(CallbackView? callback, string zone, DateTimeOffset now)
    {
        if (callback?.Window is { } window && !window.Holds(now))
        {
            return now < window.From ? "They asked for a later time; a try before it answers nothing." : "The time that they asked for is over.";
        }

        // Whoever asks to be called at once knows what time it is.
        return callback is { Window: null, State: CallbackState.Due, Attempts: 0 } || Local(now, zone).Hour is >= Morning and < Evening ? null : "That is night for them.";
    }

    /// <summary>What goes on in a running call.</summary>
    public static string Phase(CallView call) => call switch
    {
        { AnsweredAt: not null } => "speaking with them",
        { Source: CallSource.Pbx } => "ringing them",
        _ => "calling",
    };

    /// <summary>What came of a call that is over.</summary>
    public static string Outcome(CallView call) => call switch
    {
        { Outcome: null } => "Not called",
        { Direction: CallDirection.Incoming, Outcome: CallOutcome.Reached } => "They rang us",
        { Direction: CallDirection.Incoming } => "They rang, missed",
        _ => Words.Of(call.Outcome.Value),
    };

    /// <summary>"4:05"; empty where nobody counted.</summary>
    public static string Length(CallView call) =>
        call is { Outcome: not null, Duration: { TotalSeconds: >= 1 } time } ? string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalMinutes}:{time.Seconds:00}") : "";

    private static DateTime Local(DateTimeOffset at, string zone) =>
        Instant.FromDateTimeOffset(at).InZone(DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) ?? DateTimeZone.Utc).ToDateTimeUnspecified();
}
