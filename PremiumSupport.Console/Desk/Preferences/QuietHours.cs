using NodaTime;
using NodaTime.Extensions;

namespace PremiumSupport.Desk.Preferences;

/// <summary>When somebody wants to hear nothing.</summary>
/// <param name="Zone">IANA id of the zone on whose wall the hours stand.</param>
/// <param name="From">When they begin.</param>
/// <param name="To">When they end: the day after, where that is not later than their beginning. The same time twice is a whole day.</param>
/// <param name="Days">The days on which they begin; Friday from 22:00 to 07:00 ends on Saturday.</param>
public sealed record QuietHours(string Zone, TimeOnly From, TimeOnly To, IReadOnlyList<DayOfWeek> Days)
{
    /// <summary>Whether an instant lies in them; their first instant does, their last does not. A time that a night skips or has twice counts from its first instant.</summary>
    public bool IsQuiet(DateTimeOffset now)
    {
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(Zone) ?? DateTimeZone.Utc;
        var today = now.ToInstant().InZone(zone).Date;
        return Holds(today) || Holds(today.PlusDays(-1));

        bool Holds(LocalDate date) => Days.Contains(date.DayOfWeek.ToDayOfWeek())
            && At(date, From) <= now.ToInstant()
            && now.ToInstant() < At(To > From ? date : date.PlusDays(1), To);

        Instant At(LocalDate date, TimeOnly time) => date.At(time.ToLocalTime()).InZoneLeniently(zone).ToInstant();
    }

    /// <summary>What is wrong with them, in a sentence; null when nothing is.</summary>
    public string? Check() =>
        DateTimeZoneProviders.Tzdb.GetZoneOrNull(Zone) is null ? $"“{(Zone.Length > 60 ? Zone[..60] : Zone)}” is not a time zone. Write for example Europe/Berlin."
        : Days.Count == 0 ? "Choose at least one day, or switch quiet hours off."
        : null;
}
