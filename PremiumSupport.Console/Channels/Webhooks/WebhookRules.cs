namespace PremiumSupport.Channels.Webhooks;

/// <summary>Where messages may go and when one that was not taken is tried again. Pure.</summary>
public static class WebhookRules
{
    // As Standard Webhooks recommends: soon at first, then over a day and a half.
    private static readonly TimeSpan[] Waits =
        [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5), TimeSpan.FromHours(10), TimeSpan.FromHours(14)];

    /// <summary>How long whoever takes a message has it for themselves; longer than any answer is waited for.</summary>
    public static readonly TimeSpan LeaseFor = TimeSpan.FromMinutes(2);

    /// <summary>How long an answer is waited for.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromSeconds(15);

    /// <summary>How long the one before a new secret signs as well.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    /// <summary>How long what came to an end is kept to be looked at.</summary>
    public static readonly TimeSpan Keeps = TimeSpan.FromDays(14);

    /// <summary>When to try again after that many tries; null when it is dead.</summary>
    /// <param name="tries">This one included; at least 1.</param>
    /// <param name="status">The answer's; null when there was none. 410 says that nobody listens there any more.</param>
    /// <param name="chance">From 0 to 1, at random: what failed together does not come back together.</param>
    public static DateTimeOffset? NextTry(int tries, int? status, DateTimeOffset now, double chance) =>
        status == StatusCodes.Status410Gone || tries > Waits.Length ? null : Sla.ObligationClock.Whole(now + (Waits[tries - 1] * (0.9 + (0.2 * chance))));

    /// <summary>An address as it is kept, or a sentence that says what is wrong with it. Whether it lies in the world is looked at when it is connected to.</summary>
    public static (Uri? Url, string? Problem) Address(string? text, bool mayBePrivate) =>
        !Uri.TryCreate(text?.Trim(), UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http") || url.Host.Length == 0 ? (null, "Write a whole address, like https://app.example/hooks.")
        : text!.Trim().Length > WebhookLimits.Url ? (null, $"An address has at most {WebhookLimits.Url} characters.")
        : url.UserInfo.Length > 0 ? (null, "Leave name and password out of the address: messages are signed instead.")
        : url.Scheme == "http" && !mayBePrivate ? (null, "Messages hold what customers wrote, so they go by https alone.")
        : (url, null);
}
