using Microsoft.JSInterop;
using NodaTime;
using NodaTime.Extensions;

namespace PremiumSupport.Screens.Shell;

/// <summary>The time zone of the browser at the other end of this circuit. Unknown, and UTC, until it was asked once.</summary>
public sealed class ViewerZone(IJSRuntime js)
{
    private DateTimeZone _zone = DateTimeZone.Utc;

    /// <summary>Whether the browser was asked.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>The zone itself.</summary>
    public DateTimeZone Zone => _zone;

    /// <summary>Its IANA id.</summary>
    public string Id => _zone.Id;

    /// <summary>Asks the browser, once; call after the first render.</summary>
    public async Task LearnAsync()
    {
        if (IsKnown)
        {
            return;
        }

        var id = await js.InvokeAsync<string>("psLook.zone");
        _zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) ?? DateTimeZone.Utc;
        IsKnown = true;
    }

    /// <summary>Midnight there, or the first instant of the day where there is none, of the day <paramref name="daysBack"/> days before the one of <paramref name="now"/>.</summary>
    public DateTimeOffset StartOfDay(DateTimeOffset now, int daysBack = 0) => _zone.AtStartOfDay(now.ToInstant().InZone(_zone).Date.PlusDays(-daysBack)).ToDateTimeOffset();

    /// <summary>What a clock on the wall there shows as an instant; the later one's hour where a clock is put back, and the first after the gap where it is put forward.</summary>
    public DateTimeOffset At(DateTime wall) => LocalDateTime.FromDateTime(wall).InZoneLeniently(_zone).ToDateTimeOffset();

    /// <summary>An hour of the day there that is so many days after that of <paramref name="now"/>.</summary>
    public DateTimeOffset At(DateTimeOffset now, int daysAhead, int hour) => now.ToInstant().InZone(_zone).Date.PlusDays(daysAhead).At(new(hour, 0)).InZoneLeniently(_zone).ToDateTimeOffset();

    /// <summary>The instant on that zone's wall.</summary>
    public DateTimeOffset Local(DateTimeOffset at) => at.ToInstant().InZone(_zone).ToDateTimeOffset();
}
