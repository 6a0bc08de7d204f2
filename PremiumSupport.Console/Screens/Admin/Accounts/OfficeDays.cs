using System.Globalization;
using NodaTime;
using NodaTime.Extensions;
using PremiumSupport.Desk.Accounts;

namespace PremiumSupport.Screens.Admin.Accounts;

/// <summary>Instants as days of the office, which is how subscriptions and purchases are sold.</summary>
internal static class OfficeDays
{
    /// <summary>The day that an instant falls into.</summary>
    public static DateOnly Of(DateTimeOffset at, Desk.Accounts.Workspace workspace) => at.ToInstant().InZone(DateTimeZoneProviders.Tzdb[workspace.Zone]).Date.ToDateOnly();

    /// <summary>The same in words.</summary>
    public static string Text(DateTimeOffset at, Desk.Accounts.Workspace workspace) => Of(at, workspace).ToString("d MMM yyyy", CultureInfo.InvariantCulture);
}
