namespace PremiumSupport.Desk.Outbox;

/// <summary>Why a mail did not go.</summary>
/// <param name="IsPermanent">Trying again will not help: the server refused this mail for good (5xx).</param>
/// <param name="Answer">What the server said, or what happened on the way, in words.</param>
public sealed record SendFailure(bool IsPermanent, string Answer);

/// <summary>When a mail that did not go is tried again: pure.</summary>
public static class DeliveryRules
{
    /// <summary>How often a mail is tried: over about a day.</summary>
    public const int MostTries = 14;

    private static readonly TimeSpan First = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(4);

    /// <summary>
    /// When to try again after that many tries; null when the mail is dead. Each wait is twice the last, from half a minute to four hours, give or take a fifth,
    /// so that what failed together does not come back together.
    /// </summary>
    /// <param name="tries">How often it was tried, this time included; at least 1.</param>
    /// <param name="failure">What happened.</param>
    /// <param name="now">When.</param>
    /// <param name="chance">From 0 to 1, at random.</param>
    public static DateTimeOffset? NextTry(int tries, SendFailure failure, DateTimeOffset now, double chance)
    {
        if (failure.IsPermanent || tries >= MostTries)
        {
            return null;
        }

        var wait = First * Math.Pow(2, tries - 1);
        return Sla.ObligationClock.Whole(now + ((wait < Longest ? wait : Longest) * (0.8 + (0.4 * chance))));
    }
}
