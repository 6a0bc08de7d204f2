using System.Globalization;
using NodaTime;
using NodaTime.TimeZones;

namespace PremiumSupport.Desk.Tickets.Calls;

/// <summary>When a customer wants to be called, as they said it: wall-clock times of their own zone. Nothing in it is trusted yet.</summary>
/// <param name="From">"2026-11-28T14:00"; null with <paramref name="To"/> for as soon as possible.</param>
/// <param name="To">The end on the same day or a later one, exclusive.</param>
/// <param name="Zone">IANA.</param>
public sealed record CallWish(string? From, string? To, string? Zone);

/// <summary>The stretch in which a customer wants to be called. Half-open.</summary>
public sealed record CallWindow(DateTimeOffset From, DateTimeOffset To, string Zone)
{
    /// <summary>Shorter ones nobody could keep: a quarter of an hour.</summary>
    public static TimeSpan Shortest { get; } = TimeSpan.FromMinutes(15);

    /// <summary>Longer ones say nothing: a day.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromDays(1);

    /// <summary>Farther ahead nobody plans a call: 14 days.</summary>
    public static TimeSpan Farthest { get; } = TimeSpan.FromDays(14);

    // A wall-clock time that does not exist is the first instant after the gap; one that exists twice is the earlier (rule 12).
    private static readonly ZoneLocalMappingResolver Resolver = Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    /// <summary>Whether they want to be called at an instant.</summary>
    public bool Holds(DateTimeOffset at) => From <= at && at < To;

    /// <summary>The same wall-clock times a day later.</summary>
    public CallWindow NextDay()
    {
        var zone = DateTimeZoneProviders.Tzdb[Zone];
        DateTimeOffset Later(DateTimeOffset at) => zone.ResolveLocal(Instant.FromDateTimeOffset(at).InZone(zone).LocalDateTime.PlusDays(1), Resolver).ToInstant().ToDateTimeOffset();
        return new(Later(From), Later(To), Zone);
    }

    /// <summary>The window of a wish; null when they want to be called as soon as possible, and a sentence when the wish cannot be kept.</summary>
    public static Outcome<CallWindow?> Read(CallWish? wish, DateTimeOffset now)
    {
        if (wish is null || (wish.Zone is null && wish.From is null && wish.To is null))
        {
            return new(null, null);
        }

        if (wish.Zone is null || DateTimeZoneProviders.Tzdb.GetZoneOrNull(wish.Zone) is not { } zone)
        {
            return Wrong("Say the time zone by its IANA name, like Europe/Berlin.");
        }

        if (wish.From is null && wish.To is null)
        {
            return new(null, null);
        }

        if (ReadTime(wish.From, zone) is not { } from || ReadTime(wish.To, zone) is not { } to)
        {
            return Wrong("Say from when until when, like 2026-11-28T14:00 and 2026-11-28T16:00.");
        }

        return from <= now ? Wrong("That time has passed. Choose a later one, or as soon as possible.")
            : from > now + Farthest ? Wrong($"We plan calls up to {Farthest.Days} days ahead.")
            : to - from < Shortest ? Wrong($"Give us at least {Shortest.Minutes} minutes, the end after the beginning.")
            : to - from > Longest ? Wrong("Choose a stretch of at most a day.")
            : new CallWindow(from, to, zone.Id);
    }

    private static DateTimeOffset? ReadTime(string? text, DateTimeZone zone) =>
        DateTime.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local.Year is > 2000 and < 2200
            ? zone.ResolveLocal(LocalDateTime.FromDateTime(local), Resolver).ToInstant().ToDateTimeOffset()
            : null;

    private static Refusal Wrong(string message) => Refusal.Invalid(("callWindow", message));
}
