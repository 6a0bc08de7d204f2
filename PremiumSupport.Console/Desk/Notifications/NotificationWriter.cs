using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Notifications;

/// <summary>Writes notifications in the transaction that writes the flag or the answer, so that there is never one without the other.</summary>
public static class NotificationWriter
{
    // A context serves one group of writes, which lasts milliseconds: who leads is read once for all flags in it.
    private static readonly ConditionalWeakTable<SupportDb, IReadOnlyList<Guid>> KnownLeads = [];

    /// <summary>Tells whom <see cref="NotificationRules.Tell"/> names. Call with the flags that a unit of work has just recorded of a ticket; those of a promise that it also closed may be left out.</summary>
    /// <param name="db">The write queue's context; nothing is saved here.</param>
    /// <param name="ticketNumber">The ticket.</param>
    /// <param name="assigneeId">Who looks after it after this unit of work; null for nobody.</param>
    /// <param name="flags">Warnings and breaches, in any order.</param>
    /// <param name="now">The unit of work's now.</param>
    public static async Task AddAsync(SupportDb db, long ticketNumber, Guid? assigneeId, IReadOnlyList<FlagNotice> flags, DateTimeOffset now)
    {
        if (!flags.Any(NotificationRules.IsTold))
        {
            return;
        }

        var unheard = assigneeId is null
            ? []
            : (await RowsAsync(db, ticketNumber)).Where(row => IsOpen(row) && row.RecipientId == assigneeId).Select(row => (row.Metric, row.Cycle)).ToHashSet();
        var notices = NotificationRules.Tell(flags, assigneeId, await LeadsAsync(db), (metric, cycle) => unheard.Contains((metric, cycle)));
        db.AddRange(notices.Select(notice => New(ticketNumber, notice, now)));
    }

    /// <summary>
    /// The ticket changes hands. What was the last assignee's is settled, who takes it themselves knows, and whoever else has to know is told, as
    /// <see cref="NotificationRules.HandOver"/> says; nobody is told the same twice.
    /// </summary>
    /// <param name="db">The write queue's context.</param>
    /// <param name="ticketNumber">The ticket.</param>
    /// <param name="to">Who looks after it from now on; null for nobody.</param>
    /// <param name="by">Who decided so; null for the product itself.</param>
    /// <param name="now">The unit of work's now.</param>
    public static async Task HandOverAsync(SupportDb db, long ticketNumber, Guid? to, Guid? by, DateTimeOffset now)
    {
        var rows = await RowsAsync(db, ticketNumber);
        var open = rows.Where(IsOpen).ToList();
        if (open.Count == 0)
        {
            return;
        }

        var leads = to is null ? await LeadsAsync(db) : [];
        foreach (var row in open)
        {
            if (row.RecipientId == to && to == by)
            {
                row.AcknowledgedAt = now;
            }
            else if (row.Audience == NotificationAudience.Assignee && row.RecipientId != to)
            {
                row.SettledAt = now;
            }
        }

        FlagNotice[] flags = [.. open.GroupBy(row => (row.Metric, row.Cycle)).Select(group => group.MaxBy(row => row.CreatedAt)!).Select(row => new FlagNotice(row.Metric, row.Cycle, row.Step, row.CreatedAt, row.CreatedAt, row.DueAt) { Hours = row.Hours })];
        db.AddRange(NotificationRules.HandOver(flags, to, by, leads)
            .Where(notice => !rows.Any(row => (row.Metric, row.Cycle, row.Step, row.RecipientId) == (notice.Flag.Metric, notice.Flag.Cycle, notice.Flag.Step, notice.RecipientId)))
            .Select(notice => New(ticketNumber, notice, now)));
    }

    /// <summary>Settles what people were told of promises that are no longer owed: answered, or merged into another ticket. What this unit of work has just added counts.</summary>
    public static async Task SettleAsync(SupportDb db, long ticketNumber, IReadOnlyCollection<(Metric Metric, int Cycle)> closed, DateTimeOffset now)
    {
        if (closed.Count == 0)
        {
            return;
        }

        foreach (var row in (await RowsAsync(db, ticketNumber)).Where(row => IsOpen(row) && closed.Contains((row.Metric, row.Cycle))))
        {
            row.SettledAt = now;
        }
    }

    /// <summary>Those who are told as leads: team leads, or the admins where there is none. Disabled people are told nothing.</summary>
    internal static async Task<IReadOnlyList<Guid>> LeadsAsync(SupportDb db)
    {
        if (KnownLeads.TryGetValue(db, out var known))
        {
            return known;
        }

        var held = await db.UserRoles
            .Join(db.Roles.Where(role => role.Name == Roles.TeamLead || role.Name == Roles.Admin), held => held.RoleId, role => role.Id, (held, role) => new { held.UserId, role.Name })
            .Join(db.Users.Where(user => user.LockoutEnd == null || user.LockoutEnd != StaffCard.DisabledUntil), held => held.UserId, user => user.Id, (held, _) => held)
            .ToListAsync();
        var leads = held.Where(row => row.Name == Roles.TeamLead).Select(row => row.UserId).Distinct().Order().ToList();
        known = leads.Count > 0 ? leads : [.. held.Select(row => row.UserId).Distinct().Order()];
        KnownLeads.AddOrUpdate(db, known);
        return known;
    }

    /// <summary>Those of the staff who have one of these addresses and are not shut out.</summary>
    internal static async Task<IReadOnlyList<(Guid Id, string Address)>> PeopleAsync(SupportDb db, IReadOnlyList<string> addresses)
    {
        List<string> normalized = [.. addresses.Select(address => address.ToUpperInvariant())];
        var people = await db.Users.Where(user => normalized.Contains(user.NormalizedEmail!) && (user.LockoutEnd == null || user.LockoutEnd != StaffCard.DisabledUntil)).Select(user => new { user.Id, user.Email }).ToListAsync();
        return [.. people.Select(person => (person.Id, person.Email!))];
    }

    private static Notification New(long ticketNumber, Notice notice, DateTimeOffset now) => new()
    {
        TicketNumber = ticketNumber,
        Metric = notice.Flag.Metric,
        Cycle = notice.Flag.Cycle,
        Step = notice.Flag.Step,
        RecipientId = notice.RecipientId,
        Audience = notice.Audience,
        CreatedAt = now,
        DueAt = notice.Flag.DueAt,
        Hours = notice.Flag.Hours,
        EscalatedAt = notice.IsEscalated ? now : null,
    };

    private static bool IsOpen(Notification row) => row is { AcknowledgedAt: null, SettledAt: null };

    /// <summary>All that was told of a ticket, with what this unit of work has added, tracked. A ticket has few.</summary>
    private static async Task<IReadOnlyList<Notification>> RowsAsync(SupportDb db, long ticketNumber)
    {
        var stored = await db.Set<Notification>().Where(row => row.TicketNumber == ticketNumber).ToListAsync();
        // What was added is known as such without looking for changes, which a sweep over hundreds of tickets would do for each of them over all of them.
        var detects = db.ChangeTracker.AutoDetectChangesEnabled;
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            return [.. stored, .. db.ChangeTracker.Entries<Notification>().Where(entry => entry.State == EntityState.Added && entry.Entity.TicketNumber == ticketNumber).Select(entry => entry.Entity)];
        }
        finally
        {
            db.ChangeTracker.AutoDetectChangesEnabled = detects;
        }
    }
}
