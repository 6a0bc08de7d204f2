using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using PremiumSupport.Desk.Accounts;
using PremiumSupport.Desk.Outbox;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Mail;
using PremiumSupport.Platform.Realtime;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Reports;

/// <summary>
/// Writes the weekly report to every team lead: on Monday morning at the office, about the week before. Which week was written is noted in the transaction that writes it, so each lead gets each week once, whoever asks
/// how often; what the mail says is read when it goes. A week that passed while nobody was there is not made up for.
/// </summary>
public sealed class WeeklyReportCommands(WriteQueue writes, MailOutbox outbox, EmailOptions options, Workspace workspace, ChangeBus changes, TimeProvider clock)
{
    private const string Key = "Mail:WeeklyReportOf";

    private static readonly LocalTime Morning = new(7, 0);

    /// <summary>The Monday of the last week that is over and may be told of at an instant: from seven o'clock of the next Monday on.</summary>
    public static LocalDate LastWeek(DateTimeOffset now, string zone)
    {
        var local = Instant.FromDateTimeOffset(now).InZone(DateTimeZoneProviders.Tzdb[zone]).LocalDateTime;
        var monday = local.Date.With(DateAdjusters.PreviousOrSame(IsoDayOfWeek.Monday));
        return (local < monday + Morning ? monday.PlusWeeks(-1) : monday).PlusWeeks(-1);
    }

    /// <summary>The week that begins on a Monday, as instants of the office's zone; the end is exclusive.</summary>
    public static (DateTimeOffset From, DateTimeOffset To) Span(LocalDate monday, string zone)
    {
        var place = DateTimeZoneProviders.Tzdb[zone];
        return (place.AtStartOfDay(monday).ToDateTimeOffset().ToUniversalTime(), place.AtStartOfDay(monday.PlusWeeks(1)).ToDateTimeOffset().ToUniversalTime());
    }

    /// <summary>Writes what is due. Safe to run at any time, twice or never, on any node.</summary>
    /// <returns>How many mails were written.</returns>
    public Task<int> WriteAsync(CancellationToken cancellation = default) => writes.RunAsync(
        async db =>
        {
            if (!outbox.IsOn || !options.WeeklyReport)
            {
                return 0;
            }

            var now = ObligationClock.Whole(clock.GetUtcNow());
            var week = LastWeek(now, workspace.Zone).ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
            var setting = await db.Set<Setting>().FindAsync(Key);
            if (setting?.Value == week)
            {
                return 0;
            }

            var isFirst = setting is null;
            setting ??= db.Add(new Setting { Key = Key, Value = week }).Entity;
            setting.Value = week;
            // A desk that begins has no week behind it, and one that was updated on a Thursday waits for Monday.
            return isFirst ? 0 : await AddAsync(db, week, now);
        },
        written =>
        {
            if (written > 0)
            {
                changes.Publish(new(OutboxCommands.Topic, 0));
            }
        },
        cancellation);

    private async Task<int> AddAsync(SupportDb db, string week, DateTimeOffset now)
    {
        var leads = await db.Users.AsNoTracking()
            .Where(user => user.Email != null && (user.LockoutEnd == null || user.LockoutEnd != StaffCard.DisabledUntil) && db.UserRoles.Any(held => held.UserId == user.Id && db.Roles.Any(role => role.Id == held.RoleId && role.Name == Roles.TeamLead)))
            .Select(user => new { user.Email, user.DisplayName }).ToListAsync();
        foreach (var lead in leads)
        {
            outbox.Add(db, now, new() { Kind = MailKind.WeeklyReport, To = lead.Email!, ToName = lead.DisplayName, Language = "en", Zone = "", Values = new(new Dictionary<string, string> { ["week"] = week }) });
        }

        return leads.Count;
    }
}
