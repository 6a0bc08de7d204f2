namespace PremiumSupport.Desk.Knowledge.Asked;

/// <summary>How long questions are kept.</summary>
/// <param name="Keep"><c>Articles:KeepQuestions</c>, 180 days by default, from a day to two years; what is older is deleted each hour.</param>
public sealed record AskedOptions(TimeSpan Keep)
{
    private const string Key = "Articles:KeepQuestions";

    private static readonly TimeSpan Default = TimeSpan.FromDays(180);

    /// <summary>Reads the setting.</summary>
    /// <exception cref="InvalidOperationException">It is no such time; the message names the key and its environment variable.</exception>
    public static AskedOptions Read(IConfiguration configuration)
    {
        var text = configuration[Key];
        if (string.IsNullOrWhiteSpace(text))
        {
            return new(Default);
        }

        return TimeSpan.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var keep) && keep >= TimeSpan.FromDays(1) && keep <= TimeSpan.FromDays(730)
            ? new(keep)
            : throw new InvalidOperationException($"{Key} (environment variable Articles__KeepQuestions) is '{text}'. Give the time for which questions are kept as days, like 180.00:00:00, from 1 to 730 days.");
    }
}
