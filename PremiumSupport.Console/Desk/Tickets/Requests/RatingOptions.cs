namespace PremiumSupport.Desk.Tickets.Requests;

/// <summary>Ratings of solved requests (<c>Ratings:*</c>).</summary>
public sealed record RatingOptions
{
    /// <summary>How long a rating may be changed after it was first given (<c>Ratings:ChangeableFor</c>).</summary>
    public TimeSpan ChangeableFor { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Reads the options.</summary>
    /// <exception cref="InvalidOperationException">The duration is none; the message names the key.</exception>
    public static RatingOptions Read(IConfiguration configuration) =>
        configuration["Ratings:ChangeableFor"] is not { Length: > 0 } text ? new()
        : TimeSpan.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var duration) && duration >= TimeSpan.Zero ? new() { ChangeableFor = duration }
        : throw new InvalidOperationException($"Ratings:ChangeableFor (environment variable Ratings__ChangeableFor) is '{text}', which is not a duration like 7.00:00:00.");
}
