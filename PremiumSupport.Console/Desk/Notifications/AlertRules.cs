using PremiumSupport.Desk.Preferences;

namespace PremiumSupport.Desk.Notifications;

/// <summary>What has happened, for the one person whom it concerns.</summary>
/// <param name="Event">What.</param>
/// <param name="At">When.</param>
/// <param name="IsOutsideHours">It is about a target in business hours, and those are over for now.</param>
/// <param name="IsBeforeEyes">The window that asks shows it already: words of a customer whose ticket is open there.</param>
public readonly record struct AlertFacts(AlertEvent Event, DateTimeOffset At, bool IsOutsideHours = false, bool IsBeforeEyes = false);

/// <summary>How somebody is told of what happened: pure. That it stands in the list of the bell is not decided here; it does.</summary>
public static class AlertRules
{
    /// <summary>What is older than this is no news: whoever wakes a machine, or comes back after an outage, sees it and is not rung for it.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(2);

    /// <summary>
    /// What the person chose for the event, less what time takes away: outside the hours of a target nothing (zammad#4432), in quiet hours all that sounds, leaves the page or is
    /// mailed, and of what is no longer fresh what sounds or leaves the page. What the window shows anyway makes no card.
    /// </summary>
    public static AlertMeans Told(AlertFacts facts, StaffPreferences preferences, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(preferences);
        var means = facts.IsOutsideHours ? AlertMeans.None : preferences.MeansOf(facts.Event);
        if (preferences.Quiet?.IsQuiet(now) == true)
        {
            means &= AlertMeans.Toast;
        }

        if (now - facts.At > Fresh)
        {
            means &= AlertMeans.Toast | AlertMeans.Mail;
        }

        return facts.IsBeforeEyes ? means & ~AlertMeans.Toast : means;
    }

    /// <summary>The event of a warning's step.</summary>
    public static AlertEvent EventOf(string step) => step == NotificationRules.Breach ? AlertEvent.Breached : AlertEvent.AtRisk;
}
