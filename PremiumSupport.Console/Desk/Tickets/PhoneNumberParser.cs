using PhoneNumbers;

namespace PremiumSupport.Desk.Tickets;

/// <summary>Telephone numbers as people type them, through libphonenumber.</summary>
public static class PhoneNumberParser
{
    /// <summary>What is said of a text that is no number.</summary>
    public const string HowToWrite = "That is not a complete phone number. Write it with its country code, like +1 617 555 0177.";

    /// <summary>The number in E.164, or null when it is none. A number without a country code counts as one of <paramref name="region"/>, an ISO country code.</summary>
    public static string? ToE164(string? typed, string? region = null)
    {
        var util = PhoneNumberUtil.GetInstance();
        try
        {
            var number = util.Parse(typed, region?.ToUpperInvariant() ?? "ZZ");
            return util.IsValidNumber(number) ? util.Format(number, PhoneNumberFormat.E164) : null;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }
}
