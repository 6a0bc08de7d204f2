namespace PremiumSupport.Channels.Webhooks;

/// <summary>What the machine allows (<c>Webhooks:*</c>).</summary>
/// <param name="AllowPrivateAddress">Whether endpoints may lie in this machine or its network, and listen without TLS; off unless said.</param>
public sealed record WebhookOptions(bool AllowPrivateAddress)
{
    /// <summary>Reads the options.</summary>
    /// <exception cref="InvalidOperationException">One makes no sense; the message names the key.</exception>
    public static WebhookOptions Read(IConfiguration configuration) => configuration["Webhooks:AllowPrivateAddress"] switch
    {
        null or "" => new(false),
        var text when bool.TryParse(text, out var allows) => new(allows),
        var text => throw new InvalidOperationException($"Webhooks:AllowPrivateAddress (environment variable Webhooks__AllowPrivateAddress) is '{text}', which is neither true nor false."),
    };
}
