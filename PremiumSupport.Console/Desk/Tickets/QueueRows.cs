using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Accounts.Teams;
using PremiumSupport.Platform.Data;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets;

/// <summary>Reads queue rows of open tickets.</summary>
internal static class QueueRows
{
    /// <summary>What is neither solved nor closed.</summary>
    public static IQueryable<Ticket> Open(SupportDb db) =>
        db.Set<Ticket>().Where(ticket => ticket.Status == TicketStatus.New || ticket.Status == TicketStatus.Open || ticket.Status == TicketStatus.Waiting);

    /// <summary>What is open and not put away.</summary>
    public static IQueryable<Ticket> InSight(SupportDb db) => Open(db).Where(ticket => ticket.SnoozedUntil == null);

    /// <summary>The open tickets of a view; says in SQL what <see cref="QueueRow.IsIn"/> says in memory, and a test holds them against each other.</summary>
    public static IQueryable<Ticket> In(SupportDb db, QueueView view, Guid viewer, DateTimeOffset now) => view switch
    {
        QueueView.All => Open(db),
        QueueView.Snoozed => Open(db).Where(ticket => ticket.SnoozedUntil != null),
        QueueView.AtRisk => Pressing(Open(db), now).Where(ticket => ticket.NextDueAt >= now),
        QueueView.Breached => Open(db).Where(ticket => ticket.NextDueAt < now),
        QueueView.Mine => InSight(db).Where(ticket => ticket.AssigneeId == viewer),
        QueueView.MyAccounts => InSight(db).Where(ticket => TeamQueries.Preferred(db, viewer).Contains(ticket.AccountId)),
        QueueView.Unassigned => InSight(db).Where(ticket => ticket.AssigneeId == null),
        QueueView.Critical => InSight(db).Where(ticket => ticket.Severity == Severity.BusinessCritical),
        QueueView.Chat => InSight(db).Where(ticket => ticket.Channel == Channel.Chat),
        QueueView.Email => InSight(db).Where(ticket => ticket.Channel == Channel.Email || ticket.Channel == Channel.Mailbox),
        _ => InSight(db).Where(ticket => ticket.Channel == Channel.Phone),
    };

    /// <summary>Those on which a promise is in danger or missed; see <see cref="QueueRow.IsPressing"/>.</summary>
    public static IQueryable<Ticket> Pressing(IQueryable<Ticket> tickets, DateTimeOffset now) => tickets.Where(ticket => ticket.NextDueAt < now
        || ticket.Obligations.Any(obligation => obligation.AnsweredAt == null && obligation.MergedAt == null && obligation.PausedAt == null && obligation.DueAt == ticket.NextDueAt && obligation.AtRiskAt <= now));

    /// <summary>
    /// The first numbers behind a position, by their deadlines alone, as programs are promised; screens place a call's next try among them (<see cref="QueueRow.PressingAt"/>). What owes nothing is asked for by itself: an order that put it last in
    /// one query could not walk the index of open tickets, and would sort them all for the first fifty.
    /// </summary>
    public static async Task<List<long>> SoonestDueAsync(IQueryable<Ticket> tickets, int limit, QueuePosition? after = null, CancellationToken cancellation = default)
    {
        List<long> numbers = [];
        if (after is not { DueAt: null })
        {
            var dated = tickets.Where(ticket => ticket.NextDueAt != null);
            if (after is { DueAt: { } due, Number: var number })
            {
                dated = dated.Where(ticket => ticket.NextDueAt >= due && (ticket.NextDueAt > due || ticket.Number > number));
            }

            numbers = await dated.OrderBy(ticket => ticket.NextDueAt).ThenBy(ticket => ticket.Number).Take(limit).Select(ticket => ticket.Number).ToListAsync(cancellation);
        }

        if (numbers.Count < limit)
        {
            var behind = after is { DueAt: null } ? after.Number : 0;
            numbers.AddRange(await tickets
                .Where(ticket => ticket.NextDueAt == null && ticket.Number > behind)
                .OrderBy(ticket => ticket.Number)
                .Take(limit - numbers.Count)
                .Select(ticket => ticket.Number)
                .ToListAsync(cancellation));
        }

        return numbers;
    }

    /// <summary>Rows of all open tickets, or of those among <paramref name="numbers"/>.</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="numbers">Null for all.</param>
    /// <param name="care">Who is dedicated to what; null for nobody to anything.</param>
    public static async Task<List<QueueRow>> ReadAsync(SupportDb db, IReadOnlyCollection<long>? numbers = null, CareBook? care = null)
    {
        var open = Open(db);
        if (numbers is not null)
        {
            open = open.Where(ticket => numbers.Contains(ticket.Number));
        }

        var rows = await open
            .AsNoTracking()
            .AsSplitQuery()
            .Select(ticket => new
            {
                ticket.Number, ticket.Subject, ticket.Channel, ticket.Status, ticket.Severity, ticket.Claim, ticket.AccountId,
                AccountKey = ticket.Account!.Key, AccountName = ticket.Account.Name,
                RequesterName = ticket.Requester!.Name, RequesterEmail = ticket.Requester.Email, ticket.RequesterRole, ticket.AssigneeId,
                AssigneeName = db.Users.Where(user => user.Id == ticket.AssigneeId).Select(user => user.DisplayName).FirstOrDefault(),
                ticket.Snippet, ticket.SnippetAuthor, ticket.LastFromCustomer, ticket.CreatedAt, ticket.UpdatedAt, ticket.NextDueAt, ticket.SnoozedUntil, ticket.Version, ticket.Tags,
                Call = db.Set<Calls.Callback>().Where(callback => callback.TicketNumber == ticket.Number).Select(callback => new { callback.NextCallAt, callback.Attempts }).FirstOrDefault(),
                // What a badge is made of; the explanations are the largest part of a row and no queue shows them.
                Promises = ticket.Obligations.Where(owed => !owed.IsWithdrawn).Select(owed => new BadgeFacts(
                    owed.Metric, owed.Commitment, owed.StartedAt, owed.AtRiskAt, owed.DueAt, owed.AnsweredAt, owed.BreachedAt, owed.OpenSpans, owed.Calendar,
                    owed.Stops, owed.PausedAt, owed.MergedAt)).ToList(),
            })
            .ToListAsync();
        return [.. rows.Select(row => new QueueRow(
            row.Number, row.Subject, row.Channel, row.Status, row.Severity, row.Claim, row.AccountKey, row.AccountName,
            row.RequesterName, row.RequesterEmail, row.RequesterRole, row.AssigneeId, row.AssigneeName,
            row.Snippet, row.SnippetAuthor, row.LastFromCustomer, row.CreatedAt, row.UpdatedAt, row.NextDueAt, BadgeFacts.Of(row.Promises), row.Version) { NextCallAt = row.Call?.NextCallAt, CallAttempts = row.Call?.Attempts ?? 0, Tags = row.Tags, SnoozedUntil = row.SnoozedUntil, Carers = care?.Of(row.AccountId) ?? CareBook.Nobody })];
    }
}
