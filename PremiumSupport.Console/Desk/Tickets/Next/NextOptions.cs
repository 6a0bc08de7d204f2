using System.Globalization;

namespace PremiumSupport.Desk.Tickets.Next;

/// <summary>How Next behaves (<c>Next:*</c>).</summary>
public sealed record NextOptions
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <summary>For how long a skipped ticket is not offered to the same person again (<c>Next:SkipFor</c>). Default 4 hours.</summary>
    public TimeSpan SkipFor { get; init; } = TimeSpan.FromHours(4);

    /// <summary>Reads the options.</summary>
    /// <exception cref="InvalidOperationException">The duration is none, or longer than 30 days; the message names the key.</exception>
    public static NextOptions Read(IConfiguration configuration) =>
        configuration["Next:SkipFor"] is not { Length: > 0 } text ? new()
        : TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var duration) && duration > TimeSpan.Zero && duration <= Longest ? new() { SkipFor = duration }
        : throw new InvalidOperationException($"Next:SkipFor (environment variable Next__SkipFor) is '{text}', which is not a duration of at most 30 days like 04:00:00.");
}
