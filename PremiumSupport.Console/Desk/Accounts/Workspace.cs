using NodaTime;

namespace PremiumSupport.Desk.Accounts;

/// <summary>The vendor of this deployment (<c>Workspace:*</c>).</summary>
public sealed record WorkspaceOptions
{
    /// <summary>The vendor's name, as customers know it.</summary>
    public string Name { get; init; } = "Premium Support";

    /// <summary>The dedicated number, E.164; empty when there is none.</summary>
    public string PhoneNumber { get; init; } = "";

    /// <summary>IANA zone of the office: of business days, of "today" and of the first policy's calendar.</summary>
    public string Zone { get; init; } = "Europe/Berlin";
}

/// <summary>The vendor of this deployment.</summary>
public sealed class Workspace(WorkspaceOptions options)
{
    /// <summary>The vendor's name.</summary>
    public string Name => options.Name;

    /// <summary>The dedicated number, E.164; empty when there is none.</summary>
    public string PhoneNumber => options.PhoneNumber;

    /// <summary>The office's IANA zone.</summary>
    public string Zone => options.Zone;

    /// <summary>The first instant of a day of the office.</summary>
    public DateTimeOffset StartOf(DateOnly day) => DateTimeZoneProviders.Tzdb[Zone].AtStartOfDay(LocalDate.FromDateOnly(day)).ToInstant().ToDateTimeOffset();

    /// <summary>The first instant of the office's day that an instant falls into.</summary>
    public DateTimeOffset StartOfDay(DateTimeOffset instant)
    {
        var zone = DateTimeZoneProviders.Tzdb[Zone];
        return zone.AtStartOfDay(Instant.FromDateTimeOffset(instant).InZone(zone).Date).ToInstant().ToDateTimeOffset();
    }
}
