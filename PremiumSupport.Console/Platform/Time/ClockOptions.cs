using System.Globalization;

namespace PremiumSupport.Platform.Time;

/// <summary>How the product takes the machine's clock (<c>Clock:*</c>).</summary>
public sealed record ClockOptions
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>How long a wall clock must hold a jump before it is believed. Default 5 minutes; from 10 seconds to a day.</summary>
    public TimeSpan BelieveAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Reads the options.</summary>
    /// <exception cref="InvalidOperationException">The time is not one, or outside its range; the message names the key.</exception>
    public static ClockOptions Read(IConfiguration configuration)
    {
        var word = configuration["Clock:BelieveAfter"];
        if (string.IsNullOrWhiteSpace(word))
        {
            return new();
        }

        return TimeSpan.TryParseExact(word, "c", CultureInfo.InvariantCulture, out var time) && time >= Shortest && time <= Longest
            ? new() { BelieveAfter = time }
            : throw new InvalidOperationException($"Clock:BelieveAfter (environment variable Clock__BelieveAfter) is '{word}'. Write a time from 00:00:10 to 1.00:00:00, for example 00:05:00.");
    }
}
