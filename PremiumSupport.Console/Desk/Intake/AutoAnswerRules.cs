namespace PremiumSupport.Desk.Intake;

/// <summary>When a machine of ours may write to somebody who wrote to us. Whatever the other side is, even one that strips every sign of being a machine, no more than this comes of it (trust rule 11). Pure.</summary>
public static class AutoAnswerRules
{
    /// <summary>One automatic mail to an address in so long.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromHours(24);

    /// <summary>What the breaker of a mailbox looks back on.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>More than so many in the window, and the mailbox writes nothing automatic until the window has passed: a storm from ever new addresses ends there.</summary>
    public const int MostInWindow = 60;

    /// <summary>Whether one may go.</summary>
    /// <param name="lastToAddress">When the last one went to this address; null when none did.</param>
    /// <param name="inWindow">How many went from this mailbox within the window.</param>
    /// <param name="now">Now.</param>
    public static bool May(DateTimeOffset? lastToAddress, int inWindow, DateTimeOffset now) => (lastToAddress is null || now - lastToAddress >= Rest) && inWindow < MostInWindow;
}
