namespace PremiumSupport.Desk.Tickets.Handing;

/// <summary>When a ticket that somebody was given and does not answer goes back to everybody. Pure.</summary>
public static class TakeBackRules
{
    /// <summary>Minutes that can be set; beyond a day it would take nothing back in time.</summary>
    public const int MostMinutes = 24 * 60;

    /// <summary>Whether it goes back: its customer waits, and whoever has it has had it long enough since the customer wrote, or cannot answer at all.</summary>
    /// <param name="minutes">What is set; null for never.</param>
    /// <param name="isWaiting">Whether the last word is the customer's.</param>
    /// <param name="assignedAt">When it was given to whoever has it.</param>
    /// <param name="waitingSince">When the customer wrote.</param>
    /// <param name="isDisabled">Whether whoever has it was switched off.</param>
    public static bool GoesBack(int? minutes, bool isWaiting, DateTimeOffset assignedAt, DateTimeOffset waitingSince, bool isDisabled, DateTimeOffset now) =>
        isWaiting && (isDisabled || (minutes is { } after && now - (assignedAt > waitingSince ? assignedAt : waitingSince) >= TimeSpan.FromMinutes(after)));
}
