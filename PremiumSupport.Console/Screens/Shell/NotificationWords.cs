using System.Globalization;
using PremiumSupport.Desk.Notifications;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Sla;

namespace PremiumSupport.Screens.Shell;

/// <summary>What a notification says, in English.</summary>
public static class NotificationWords
{
    /// <summary>What happened: "First response missed", "First response: 5 minutes left", "First response at risk: 75 % used".</summary>
    public static string Title(NotificationView told) => told.Step switch
    {
        NotificationRules.Breach => $"{Words.Of(told.Metric)} missed",
        ['-', .. var before] when TimeSpan.TryParse(before, CultureInfo.InvariantCulture, out var left) => $"{Words.Of(told.Metric)}: {ExplanationWords.Duration(left)} left",
        [.. var percent, '%'] => $"{Words.Of(told.Metric)} at risk: {percent} % used",
        _ => $"{Words.Of(told.Metric)} at risk",
    };

    /// <summary>Why it reached this person.</summary>
    /// <param name="told">What they were told.</param>
    /// <param name="row">The ticket; null when it is no longer open.</param>
    public static string Why(NotificationView told, QueueRow? row) => (told.Audience, row) switch
    {
        (NotificationAudience.Assignee, _) => "You look after it.",
        (NotificationAudience.Named, _) => "The policy names you for what nobody has acknowledged.",
        (_, { AssigneeName: { } name }) when told.Step == NotificationRules.Breach => $"{name} looks after it.",
        (_, { AssigneeName: { } name }) => $"{name} has not acknowledged it.",
        (_, { }) => "Nobody has it.",
        _ => "You are told as a lead.",
    };
}
