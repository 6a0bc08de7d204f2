namespace PremiumSupport.Desk.Tickets.Calls;

/// <summary>When to try again: pure.</summary>
public static class CallPlan
{
    /// <summary>
    /// The next try after one that got nobody, or null when the rules allow no more. It is the attempt's pause away, but never outside the hours that the customer named: these are
    /// taken to hold on the following days too, by the clock on their wall.
    /// </summary>
    /// <param name="rules">How many attempts, and the pauses between them; the last pause repeats.</param>
    /// <param name="attempts">How many were made, this one included.</param>
    /// <param name="window">When they want to be called; null for any time.</param>
    /// <param name="zone">Their zone.</param>
    /// <param name="now">When the attempt ended.</param>
    public static DateTimeOffset? Next(PhoneRules rules, int attempts, CallWindow? window, string zone, DateTimeOffset now)
    {
        if (attempts >= rules.Attempts)
        {
            return null;
        }

        var next = now + TimeSpan.FromMinutes(rules.PauseMinutes[Math.Min(attempts, rules.PauseMinutes.Count) - 1]);
        if (window is null)
        {
            return next;
        }

        for (window = window with { Zone = window.Zone ?? zone }; window.To <= next;)
        {
            window = window.NextDay();
        }

        return next < window.From ? window.From : next;
    }
}
