using System.Globalization;
using NodaTime;
using NodaTime.Extensions;

namespace PremiumSupport.Screens.Shell;

/// <summary>Says an instant on two people's walls.</summary>
public static class ZoneWords
{
    /// <summary>"Wed 25 Nov, 11:10:00 Berlin · 05:10:00 Boston": in full where the viewer is, and where the customer is the time, with the day when it is another one. Once where both are the same.</summary>
    public static string Pair(DateTimeOffset at, string viewer, string customer)
    {
        var (mine, theirs) = (In(at, viewer), In(at, customer));
        var here = $"{mine.ToString("ddd d MMM, HH:mm:ss", CultureInfo.InvariantCulture)} {City(mine.Zone.Id)}";
        return mine.LocalDateTime == theirs.LocalDateTime
            ? here
            : $"{here} · {theirs.ToString(mine.Date == theirs.Date ? "HH:mm:ss" : "ddd HH:mm:ss", CultureInfo.InvariantCulture)} {City(theirs.Zone.Id)}";
    }

    private static ZonedDateTime In(DateTimeOffset at, string zone) => at.ToInstant().InZone(DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) ?? DateTimeZone.Utc);

    private static string City(string zone) => zone.Split('/')[^1].Replace('_', ' ');
}
