using System.Globalization;

namespace PremiumSupport.Desk.Tickets.Next;

/// <summary>How Next behaves (<c>Next:*</c>).</summary>
public sealed record NextOptions
{
    private static readonly TimeSpan LongestSkip = TimeSpan.FromDays(30);
    private static readonly TimeSpan LongestHold = TimeSpan.FromDays(1);

    /// <summary>For how long a skipped ticket is not offered to the same person again (<c>Next:SkipFor</c>). Default 4 hours.</summary>
    public TimeSpan SkipFor { get; init; } = TimeSpan.FromHours(4);

    /// <summary>For how long a colleague who only looks at a ticket holds it back once a promise on it is at risk or missed (<c>Next:HoldFor</c>). Default 3 minutes.</summary>
    public TimeSpan HoldFor { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Reads the options.</summary>
    /// <exception cref="InvalidOperationException">A duration is none, or longer than 30 days for a skip or a day for a hold; the message names the key.</exception>
    public static NextOptions Read(IConfiguration configuration)
    {
        var options = new NextOptions();
        return new()
        {
            SkipFor = Duration(configuration, nameof(SkipFor), options.SkipFor, LongestSkip, "30 days like 04:00:00"),
            HoldFor = Duration(configuration, nameof(HoldFor), options.HoldFor, LongestHold, "a day like 00:03:00"),
        };
    }

    private static TimeSpan Duration(IConfiguration configuration, string key, TimeSpan otherwise, TimeSpan longest, string atMost) =>
        configuration[$"Next:{key}"] is not { Length: > 0 } text ? otherwise
        : TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var duration) && duration > TimeSpan.Zero && duration <= longest ? duration
        : throw new InvalidOperationException($"Next:{key} (environment variable Next__{key}) is '{text}', which is not a duration of at most {atMost}.");
}
