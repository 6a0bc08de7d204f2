using PremiumSupport.Channels.Help.Embedding;

namespace PremiumSupport.Channels.Help;

/// <summary>The widget on the vendor's pages (<c>Widget:*</c>).</summary>
public sealed record WidgetOptions
{
    /// <summary>Origins of the vendor's pages that may frame help and chat, beside our own and those that admins add. Default: none.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>Reads the options.</summary>
    /// <exception cref="InvalidOperationException">An origin is not one; the message names the key.</exception>
    public static WidgetOptions Read(IConfiguration configuration)
    {
        var words = (configuration["Widget:AllowedOrigins"] ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return new() { AllowedOrigins = [.. words.Select(Origin).Distinct()] };
    }

    private static string Origin(string word) => PageOrigin.Parse(word) is ({ } origin, _)
        ? origin
        : throw new InvalidOperationException(
            $"Widget:AllowedOrigins (environment variable Widget__AllowedOrigins) holds '{word}', which is not an origin. Write origins like https://app.example, separated by spaces.");
}
