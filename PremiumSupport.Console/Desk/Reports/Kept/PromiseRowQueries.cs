using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Desk.Reports.Kept;

/// <summary>Reads the rows that a <see cref="PromiseBook"/> keeps, all of them or those of some tickets, through a context of the caller's.</summary>
/// <param name="db">The context.</param>
/// <param name="ids">Where accounts and people get their places.</param>
internal sealed class PromiseRowQueries(SupportDb db, IdTable ids)
{
    /// <summary>Promises with a deadline since an instant.</summary>
    /// <param name="since">The instant.</param>
    /// <param name="numbers">The tickets that are meant; null for all.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="onRow">Called for each row that was read.</param>
    public async Task<List<KeptPromise>> PromisesAsync(DateTimeOffset since, long[]? numbers, CancellationToken cancellation, Action? onRow = null)
    {
        since = since.ToUniversalTime();
        var obligations = db.Set<Obligation>().AsNoTracking().Where(owed => owed.MergedAt == null);
        obligations = numbers is null ? obligations.Where(owed => owed.DueAt >= since) : obligations.Where(owed => numbers.Contains(owed.TicketNumber) && owed.DueAt >= since);
        var rows =
            from owed in obligations
            join ticket in db.Set<Ticket>() on owed.TicketNumber equals ticket.Number
            select new
            {
                owed.TicketNumber, owed.Cycle, owed.Metric, owed.Commitment, ticket.Channel, ticket.Severity, ticket.AccountId, ticket.AssigneeId,
                owed.StartedAt, owed.GrossDueAt, owed.DueAt, owed.AnsweredAt, IsBreached = owed.BreachedAt != null,
            };
        var promises = new List<KeptPromise>(numbers?.Length ?? 0);
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellation))
        {
            promises.Add(new(
                row.TicketNumber, row.Cycle, row.Metric, row.Commitment, row.Channel, row.Severity, ids.PlaceOf(row.AccountId), row.AssigneeId is { } person ? ids.PlaceOf(person) : KeptPromise.Nobody,
                row.StartedAt, row.GrossDueAt, row.DueAt, row.AnsweredAt, row.IsBreached));
            onRow?.Invoke();
        }

        return promises;
    }

    /// <summary>The moves of tickets that came in since, or of those among some numbers.</summary>
    public async Task<List<TicketMove>> MovesAsync(DateTimeOffset since, long[]? numbers, CancellationToken cancellation, Action? onRow = null)
    {
        since = since.ToUniversalTime();
        var tickets = db.Set<Ticket>().AsNoTracking().Where(ticket => ticket.CreatedAt >= since && ticket.ExternalReference == null);
        if (numbers is not null)
        {
            tickets = tickets.Where(ticket => numbers.Contains(ticket.Number));
        }

        var events = new Dictionary<long, List<(long Id, TicketEventKind Kind, string Detail, DateTimeOffset At)>>();
        var happened =
            from ticket in tickets
            join happening in db.Set<TicketEvent>().AsNoTracking() on ticket.Number equals happening.TicketNumber
            where MoveRules.Kinds.Contains(happening.Kind)
            select new { happening.TicketNumber, happening.Id, happening.Kind, happening.Detail, happening.At };
        await foreach (var row in happened.AsAsyncEnumerable().WithCancellation(cancellation))
        {
            if (!events.TryGetValue(row.TicketNumber, out var known))
            {
                events[row.TicketNumber] = known = [];
            }

            known.Add((row.Id, row.Kind, row.Detail, row.At));
            onRow?.Invoke();
        }

        var moves = new List<TicketMove>();
        var rows = tickets.Select(ticket => new { ticket.Number, ticket.CreatedAt, ticket.Channel, ticket.Severity, ticket.AccountId, ticket.AssigneeId });
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellation))
        {
            var (account, specialist) = (ids.PlaceOf(row.AccountId), row.AssigneeId is { } person ? ids.PlaceOf(person) : KeptPromise.Nobody);
            var moved = events.GetValueOrDefault(row.Number)?.OrderBy(happening => happening.Id).Select(happening => (happening.Kind, happening.Detail, happening.At)) ?? [];
            moves.AddRange(MoveRules.Of(row.CreatedAt, moved).Select(move => new TicketMove(row.Number, move.At.ToUnixTimeMilliseconds(), move.Kind, row.Channel, row.Severity, account, specialist)));
            onRow?.Invoke();
        }

        return moves;
    }

    /// <summary>The arrivals of open tickets that came in before, of all or of those among some numbers.</summary>
    public async Task<List<TicketMove>> OlderAsync(DateTimeOffset before, long[]? numbers, CancellationToken cancellation)
    {
        before = before.ToUniversalTime();
        var open = QueueRows.Open(db).AsNoTracking().Where(ticket => ticket.CreatedAt < before);
        if (numbers is not null)
        {
            open = open.Where(ticket => numbers.Contains(ticket.Number));
        }

        var rows = await open.Select(ticket => new { ticket.Number, ticket.CreatedAt, ticket.Channel, ticket.Severity, ticket.AccountId, ticket.AssigneeId }).ToListAsync(cancellation);
        return [.. rows.Select(row => new TicketMove(
            row.Number, row.CreatedAt.ToUnixTimeMilliseconds(), MoveKind.Arrived, row.Channel, row.Severity, ids.PlaceOf(row.AccountId), row.AssigneeId is { } person ? ids.PlaceOf(person) : KeptPromise.Nobody))];
    }
}
