using System.Globalization;

namespace PremiumSupport.Platform.Web.Limits;

/// <summary>How strict all limits are (<c>Limits:*</c>).</summary>
public sealed record LimitOptions
{
    private const string Key = "Limits:Scale";

    /// <summary>Every allowance times this. Default 1; more where many people share one address, or for a load test.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>Reads the options.</summary>
    /// <exception cref="InvalidOperationException">The scale is no number from 0.01 to 10,000; the message names the key.</exception>
    public static LimitOptions Read(IConfiguration configuration) =>
        configuration[Key] is not { Length: > 0 } text ? new()
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var scale) && scale is >= 0.01 and <= 10_000 ? new() { Scale = scale }
        : throw new InvalidOperationException($"{Key} (environment variable Limits__Scale) is '{text}'. Write a number from 0.01 to 10000; 1 is the default.");
}
