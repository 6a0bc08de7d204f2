using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Entitlements;
using PremiumSupport.Desk.Notifications;
using PremiumSupport.Desk.Preferences;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Mail;

namespace PremiumSupport.Desk.Outbox;

/// <summary>
/// Writes the mails of notifications that nobody acknowledged in time, to those who want them (<see cref="AlertRules"/>). A notification is a row of the flag's own transaction; how far they have become mails is noted in
/// the transaction that writes those, so each becomes one mail or, acknowledged in time, none.
/// </summary>
public sealed class StaffMailCommands(WriteQueue writes, IDbContextFactory<SupportDb> factory, MailOutbox outbox, EmailOptions options, Policies policies, TimeProvider clock)
{
    private const string Key = "Mail:StaffToldUpTo";
    private const int Batch = 200;

    // What is older when mail is switched on, or when a node comes back after a night, is told by the console alone.
    private static readonly TimeSpan Newest = TimeSpan.FromHours(1);

    /// <summary>When the next notification has waited long enough; null when none waits or none is mailed.</summary>
    public async Task<DateTimeOffset?> NextAtAsync(CancellationToken cancellation = default)
    {
        if (!outbox.IsOn || options.NotifyStaffAfter is not { } after)
        {
            return null;
        }

        await using var db = await factory.CreateDbContextAsync(cancellation);
        var upTo = Number(await db.Set<Setting>().AsNoTracking().SingleOrDefaultAsync(setting => setting.Key == Key, cancellation));
        var first = await db.Set<Notification>().Where(row => row.Id > upTo).OrderBy(row => row.Id).Select(row => (DateTimeOffset?)row.CreatedAt).FirstOrDefaultAsync(cancellation);
        return first + after;
    }

    /// <summary>Writes what is due, at most a batch of it. Safe to run at any time, twice or never.</summary>
    public Task<int> WriteAsync(CancellationToken cancellation = default) => writes.RunAsync(
        async db =>
        {
            if (!outbox.IsOn || options.NotifyStaffAfter is not { } after)
            {
                return 0;
            }

            var now = Sla.ObligationClock.Whole(clock.GetUtcNow());
            var setting = await db.Set<Setting>().FindAsync(Key);
            var (upTo, due) = (Number(setting), now - after);
            var rows = await db.Set<Notification>().AsNoTracking().Where(row => row.Id > upTo).OrderBy(row => row.Id).Take(Batch).ToListAsync();
            rows = [.. rows.TakeWhile(row => row.CreatedAt <= due)];
            if (rows.Count == 0)
            {
                return 0;
            }

            var people = rows.Select(row => row.RecipientId).Distinct().ToList();
            var staff = await db.Users.AsNoTracking().Where(user => people.Contains(user.Id) && user.Email != null).ToDictionaryAsync(user => user.Id, user => (user.Email, user.DisplayName));
            var preferences = await PreferenceQueries.ReadAsync(db, people);
            foreach (var row in rows.Where(row => row is { AcknowledgedAt: null, SettledAt: null } && row.CreatedAt > now - Newest - after && staff.ContainsKey(row.RecipientId)
                && IsMailed(row, preferences.GetValueOrDefault(row.RecipientId, StaffPreferences.None), now)))
            {
                outbox.Add(db, now, new()
                {
                    Kind = MailKind.StaffNotice,
                    TicketNumber = row.TicketNumber,
                    To = staff[row.RecipientId].Email!,
                    ToName = staff[row.RecipientId].DisplayName,
                    Language = "en",
                    Zone = "",
                    Values = new(new Dictionary<string, string> { ["notification"] = row.Id.ToString(CultureInfo.InvariantCulture) }),
                });
            }

            if (setting is null)
            {
                db.Add(new Setting { Key = Key, Value = Text(rows[^1].Id) });
            }
            else
            {
                setting.Value = Text(rows[^1].Id);
            }

            return rows.Count;
        },
        null,
        cancellation);

    /// <summary>The notification of a mail; null when it was acknowledged or settled meanwhile, so that the mail is not needed.</summary>
    public async Task<Notification?> OpenAsync(OutgoingMail mail, CancellationToken cancellation = default)
    {
        var id = long.TryParse(mail.Values?.All.GetValueOrDefault("notification"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await db.Set<Notification>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.AcknowledgedAt == null && row.SettledAt == null, cancellation);
    }

    private bool IsMailed(Notification row, StaffPreferences preferences, DateTimeOffset now) => AlertRules.Told(
        new(AlertRules.EventOf(row.Step), row.CreatedAt, row.Hours is not null && policies.Current.IsOutside(row.Hours, now)), preferences, now).HasFlag(AlertMeans.Mail);

    private static long Number(Setting? setting) => long.TryParse(setting?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
