using PremiumSupport.Platform.Web;

namespace PremiumSupport.Channels.Phone;

/// <summary>The telephone system (<c>Telephony:*</c>). Without secrets its messages are not taken, without an address it is not told to dial.</summary>
public sealed record TelephonyOptions
{
    /// <summary>What signs messages both ways, the newest first: it signs ours, each of them is believed (<c>Telephony:Secrets</c>, <c>whsec_…</c> separated by spaces).</summary>
    public IReadOnlyList<byte[]> Secrets { get; init; } = [];

    /// <summary>Where it is told to dial (<c>Telephony:DialUrl</c>).</summary>
    public Uri? DialUrl { get; init; }

    /// <summary>Whether that address may lie in this machine or its network (<c>Telephony:AllowPrivateAddress</c>; trust rule 20).</summary>
    public bool AllowPrivateAddress { get; init; }

    /// <summary>How long it may take to say that it dials (<c>Telephony:DialWithin</c>).</summary>
    public TimeSpan DialWithin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether it can be told to dial.</summary>
    public bool CanDial => DialUrl is not null;

    /// <summary>Reads the options.</summary>
    /// <exception cref="InvalidOperationException">One of them is wrong; the message names the key.</exception>
    public static TelephonyOptions Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("Telephony");
        var options = new TelephonyOptions();
        byte[][] secrets = [.. (section["Secrets"] ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(text => SignedWebhook.ReadSecret(text) ?? throw Wrong("Secrets", "holds something that is no secret: write whsec_ and at least 24 random bytes in base64, two of them separated by a space while one replaces the other."))];
        options = options with { Secrets = secrets };
        if (section["DialUrl"] is { Length: > 0 } url)
        {
            options = Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0
                ? options with { DialUrl = address }
                : throw Wrong("DialUrl", $"is '{url}', which is not an address like https://pbx.example.com/dial.");
            if (secrets.Length == 0)
            {
                throw Wrong("Secrets", "is missing: what tells a telephone system to dial has to be signed.");
            }
        }

        if (section["AllowPrivateAddress"] is { Length: > 0 } allows)
        {
            options = options with { AllowPrivateAddress = bool.TryParse(allows, out var may) ? may : throw Wrong("AllowPrivateAddress", $"is '{allows}'; say true or false.") };
        }

        if (section["DialWithin"] is { Length: > 0 } within)
        {
            options = options with
            {
                DialWithin = TimeSpan.TryParse(within, System.Globalization.CultureInfo.InvariantCulture, out var time) && time > TimeSpan.Zero && time <= TimeSpan.FromMinutes(1)
                    ? time
                    : throw Wrong("DialWithin", $"is '{within}', which is not a duration of up to a minute like 00:00:10."),
            };
        }

        return options;
    }

    private static InvalidOperationException Wrong(string key, string what) => new($"Telephony:{key} (environment variable Telephony__{key}) {what}");
}
