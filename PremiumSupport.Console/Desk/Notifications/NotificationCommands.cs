using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Realtime;

namespace PremiumSupport.Desk.Notifications;

/// <summary>How warnings travel (<c>Notifications:*</c>).</summary>
public sealed record NotificationOptions
{
    /// <summary>How long an assignee's warning may stay unacknowledged before the leads are told as well, and the leads' before those whom the policy names are. Default 2 minutes.</summary>
    public TimeSpan EscalateAfter { get; init; } = TimeSpan.FromMinutes(2);
}

/// <summary>Acknowledges, and tells the leads of what nobody acknowledged. New notifications are written with the flags they are about, by <see cref="NotificationWriter"/>.</summary>
public sealed class NotificationCommands(WriteQueue writes, ChangeBus changes, NotificationOptions options, TimeProvider clock)
{
    /// <summary>The topic under which the change bus says that somebody's notifications changed; the id says whose (<see cref="NewsOf"/>), or is 0 for anybody's.</summary>
    public const string Topic = "notification";

    /// <summary>What leads were told before is left to them: a policy that begins to name people does not tell them of last week.</summary>
    public static readonly TimeSpan Newest = TimeSpan.FromHours(1);

    private const int Batch = 500;

    /// <summary>The news that one person's notifications changed, so that the circuits of all others need not look.</summary>
    public static Change NewsOf(Guid staffId) => new(Topic, BitConverter.ToInt64(staffId.ToByteArray()));

    /// <summary>Whether a change is news for that person.</summary>
    public static bool IsFor(Change change, Guid staffId) => change.Topic == Topic && (change.Id == 0 || change == NewsOf(staffId));

    /// <summary>The caller knows. False when there is no such notification of theirs; saying it twice changes nothing.</summary>
    public Task<bool> AcknowledgeAsync(long id, StaffCaller caller, CancellationToken cancellation = default) => AcknowledgeAsync(
        db => db.Set<Notification>().Where(row => row.Id == id && row.RecipientId == caller.StaffId), onlyOpen: false, caller, cancellation);

    /// <summary>The caller knows everything that is open about a ticket, e.g. because they take it or open it.</summary>
    public Task<bool> AcknowledgeTicketAsync(long ticketNumber, StaffCaller caller, CancellationToken cancellation = default) => AcknowledgeAsync(
        db => db.Set<Notification>().Where(row => row.TicketNumber == ticketNumber && row.RecipientId == caller.StaffId), onlyOpen: true, caller, cancellation);

    /// <summary>The caller knows everything that is open.</summary>
    public Task<bool> AcknowledgeAllAsync(StaffCaller caller, CancellationToken cancellation = default) => AcknowledgeAsync(
        db => db.Set<Notification>().Where(row => row.RecipientId == caller.StaffId), onlyOpen: true, caller, cancellation);

    /// <summary>
    /// Tells the leads of warnings that their assignees have not acknowledged in time. Safe to run at any time, twice or never: a warning is claimed by marking it, and only
    /// who marked it tells. Returns the tickets concerned.
    /// </summary>
    public Task<IReadOnlyList<long>> EscalateAsync(CancellationToken cancellation = default) => writes.RunAsync<IReadOnlyList<long>>(
        async db =>
        {
            var now = Sla.ObligationClock.Whole(clock.GetUtcNow());
            var since = now - options.EscalateAfter;
            var leads = await NotificationWriter.LeadsAsync(db);
            var told = new List<long>();
            foreach (var row in await NotificationQueries.Unheard(db).Where(row => row.CreatedAt <= since).OrderBy(row => row.CreatedAt).Take(Batch).AsNoTracking().ToListAsync())
            {
                if (await db.Set<Notification>().Where(other => other.Id == row.Id && other.EscalatedAt == null).ExecuteUpdateAsync(set => set.SetProperty(other => other.EscalatedAt, now)) == 0)
                {
                    continue;
                }

                db.AddRange(NotificationRules.Above(row.RecipientId, leads).Select(lead => new Notification
                {
                    TicketNumber = row.TicketNumber,
                    Metric = row.Metric,
                    Cycle = row.Cycle,
                    Step = row.Step,
                    RecipientId = lead,
                    Audience = NotificationAudience.Lead,
                    CreatedAt = now,
                    DueAt = row.DueAt,
                    Hours = row.Hours,
                    EscalatedAt = now,
                }));
                told.Add(row.TicketNumber);
            }

            return told;
        },
        told =>
        {
            if (told.Count > 0)
            {
                changes.Publish(new(Topic, 0));
            }
        },
        cancellation);

    /// <summary>
    /// Tells those whom the policy names of what the leads have not acknowledged in time, unless somebody who was told of it has: one who knows is enough. Safe to run at any time, twice or
    /// never: a lead's warning is claimed by marking it. Returns the tickets concerned.
    /// </summary>
    /// <param name="addresses">Whom the policy in force names.</param>
    /// <param name="cancellation">Gives up waiting for a turn.</param>
    public Task<IReadOnlyList<long>> PassOnAsync(IReadOnlyList<string> addresses, CancellationToken cancellation = default) => writes.RunAsync<IReadOnlyList<long>>(
        async db =>
        {
            var now = Sla.ObligationClock.Whole(clock.GetUtcNow());
            var (from, until) = (now - options.EscalateAfter - Newest, now - options.EscalateAfter);
            var named = await NotificationWriter.PeopleAsync(db, addresses);
            var passed = new List<long>();
            foreach (var told in (await NotificationQueries.UnheardByLeads(db).Where(row => row.CreatedAt >= from && row.CreatedAt <= until).OrderBy(row => row.CreatedAt).Take(Batch).ToListAsync()).GroupBy(row => (row.TicketNumber, row.Metric, row.Cycle, row.Step)))
            {
                var (ticket, metric, cycle, step) = told.Key;
                var rows = await db.Set<Notification>().Where(row => row.TicketNumber == ticket && row.Metric == metric && row.Cycle == cycle && row.Step == step).ToListAsync();
                foreach (var row in rows.Where(row => row.Audience == NotificationAudience.Lead))
                {
                    row.PassedOnAt ??= now;
                }

                passed.Add(ticket);
                db.AddRange(NotificationRules.Named([.. rows.Select(row => (row.RecipientId, row.AcknowledgedAt is not null))], [.. named.Select(person => person.Id)]).Select(person => new Notification
                {
                    TicketNumber = ticket,
                    Metric = metric,
                    Cycle = cycle,
                    Step = step,
                    RecipientId = person,
                    Audience = NotificationAudience.Named,
                    CreatedAt = now,
                    DueAt = told.First().DueAt,
                    Hours = told.First().Hours,
                    EscalatedAt = now,
                }));
            }

            return passed;
        },
        passed =>
        {
            if (passed.Count > 0)
            {
                changes.Publish(new(Topic, 0));
            }
        },
        cancellation);

    private Task<bool> AcknowledgeAsync(Func<SupportDb, IQueryable<Notification>> which, bool onlyOpen, StaffCaller caller, CancellationToken cancellation) => writes.RunAsync(
        async db =>
        {
            var now = Sla.ObligationClock.Whole(clock.GetUtcNow());
            var rows = await (onlyOpen ? which(db).Where(row => row.AcknowledgedAt == null && row.SettledAt == null) : which(db)).ToListAsync();
            foreach (var row in rows)
            {
                row.AcknowledgedAt ??= now;
            }

            return rows.Count > 0;
        },
        found =>
        {
            if (found)
            {
                changes.Publish(NewsOf(caller.StaffId));
            }
        },
        cancellation);
}
