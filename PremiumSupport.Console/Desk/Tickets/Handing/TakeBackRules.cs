namespace PremiumSupport.Desk.Tickets.Handing;

/// <summary>When a ticket that somebody was given and does not answer goes back to everybody. Pure.</summary>
public static class TakeBackRules
{
    /// <summary>Minutes that can be set; beyond a day it would take nothing back in time.</summary>
    public const int MostMinutes = 24 * 60;

    /// <summary>
    /// What was given, or last written to by its customer, at that instant or before goes back; null where nothing does by its time. Whoever was switched off cannot answer at all: what they have
    /// goes back at once.
    /// </summary>
    /// <param name="minutes">What is set; null for never.</param>
    /// <param name="now">When.</param>
    public static DateTimeOffset? DueBefore(int? minutes, DateTimeOffset now) => minutes is { } after ? now.AddMinutes(-after) : null;
}
