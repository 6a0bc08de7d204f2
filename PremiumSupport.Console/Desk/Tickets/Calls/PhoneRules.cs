using PhoneNumbers;

namespace PremiumSupport.Desk.Tickets.Calls;

/// <summary>What "Call now" opens on a specialist's machine where no telephone system is told to dial.</summary>
public enum CallLink { Tel, Sip }

/// <summary>How calls are made: the workspace's settings (trust rule 22).</summary>
public sealed record PhoneRules
{
    /// <summary>How often a customer is tried until they ask again; 1 to 10.</summary>
    public int Attempts { get; init; } = 3;

    /// <summary>Minutes between one attempt and the next; the last repeats.</summary>
    public IReadOnlyList<int> PauseMinutes { get; init; } = [15, 60];

    /// <summary>ISO codes of the countries that are called; empty for all.</summary>
    public IReadOnlyList<string> Countries { get; init; } = [];

    /// <summary>Beginnings of numbers that are never called, in E.164, like +88.</summary>
    public IReadOnlyList<string> BlockedPrefixes { get; init; } = [];

    /// <summary>Premium-rate numbers are refused, by what libphonenumber knows of each country.</summary>
    public bool RefusesPremium { get; init; } = true;

    /// <summary>Shared-cost numbers are refused, likewise.</summary>
    public bool RefusesSharedCost { get; init; } = true;

    public CallLink Link { get; init; }

    /// <summary>The host of a <c>sip:</c> link.</summary>
    public string SipHost { get; init; } = "";

    /// <summary>Why a number is not called, as a sentence for whoever typed it; null when it is.</summary>
    /// <param name="number">E.164 and valid.</param>
    public string? Obstacle(string number)
    {
        var util = PhoneNumberUtil.GetInstance();
        var parsed = util.Parse(number, "ZZ");
        var country = util.GetRegionCodeForNumber(parsed);
        return Countries.Count > 0 && !Countries.Contains(country ?? "", StringComparer.OrdinalIgnoreCase) ? "We cannot call numbers of this country. Give another number, or write to us."
            : BlockedPrefixes.Any(prefix => number.StartsWith(prefix, StringComparison.Ordinal)) ? Refused
            : util.GetNumberType(parsed) switch
            {
                PhoneNumberType.PREMIUM_RATE when RefusesPremium => Refused,
                PhoneNumberType.SHARED_COST when RefusesSharedCost => Refused,
                _ => null,
            };
    }

    /// <summary>What a click on the number opens.</summary>
    public string LinkTo(string number) => Link == CallLink.Sip ? $"sip:{number}@{SipHost}" : $"tel:{number}";

    /// <summary>The number as people read it: "+1 617-555-0177".</summary>
    public static string InWords(string number)
    {
        var util = PhoneNumberUtil.GetInstance();
        try
        {
            return util.Format(util.Parse(number, "ZZ"), PhoneNumberFormat.INTERNATIONAL);
        }
        catch (NumberParseException)
        {
            return number;
        }
    }

    /// <summary>What is wrong with them, by field.</summary>
    public IEnumerable<(string Field, string Message)> Problems()
    {
        if (Attempts is < 1 or > 10)
        {
            yield return ("attempts", "Say 1 to 10 attempts.");
        }

        if (PauseMinutes.Count is < 1 or > 10 || PauseMinutes.Any(minutes => minutes is < 1 or > 7 * 24 * 60))
        {
            yield return ("pauseMinutes", "Say one to ten pauses of 1 minute to 7 days, in minutes.");
        }

        var known = PhoneNumberUtil.GetInstance().GetSupportedRegions();
        if (Countries.FirstOrDefault(country => !known.Contains(country.ToUpperInvariant())) is { } unknown)
        {
            yield return ("countries", $"'{MessageText.Beginning(unknown, 20)}' is no country's ISO code with phone numbers of its own; write like DE or US.");
        }

        if (BlockedPrefixes.FirstOrDefault(prefix => prefix.Length is < 2 or > 16 || prefix[0] != '+' || !prefix.AsSpan(1).ContainsAnyInRange('0', '9') || prefix.AsSpan(1).ContainsAnyExceptInRange('0', '9')) is { } odd)
        {
            yield return ("blockedPrefixes", $"'{MessageText.Beginning(odd, 20)}' is no beginning of a number; write it like +4990.");
        }

        if (Link == CallLink.Sip && Uri.CheckHostName(SipHost) is UriHostNameType.Unknown)
        {
            yield return ("sipHost", "Say the host that sip: links name, like pbx.example.com.");
        }
    }

    private const string Refused = "We do not call premium-rate numbers. Give an ordinary one.";
}
