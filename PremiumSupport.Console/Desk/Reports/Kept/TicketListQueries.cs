using Microsoft.EntityFrameworkCore;
using NodaTime;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Reports.Kept;

/// <summary>The lists behind arrivals and backlog: what came in, what left, and what was open at the end of the period.</summary>
public enum TicketList { Arrived, Left, Open }

/// <summary>A ticket of such a list.</summary>
/// <param name="At">When it came in, or left.</param>
public sealed record TicketLine(long Number, string Subject, string AccountKey, string AccountName, Channel Channel, Severity Severity, TicketStatus Status, string? SpecialistName, string? SpecialistEmail, DateTimeOffset At);

/// <summary>A place in such a list: behind the move at that instant of that ticket.</summary>
public readonly record struct TicketPosition(long At, long Number)
{
    /// <summary>As an address says it.</summary>
    public override string ToString() => FormattableString.Invariant($"{At}.{Number}");

    /// <summary>From an address; null for what is none.</summary>
    public static TicketPosition? Read(string? text) => text?.Split('.') is [var at, var number] && long.TryParse(at, out var instant) && long.TryParse(number, out var ticket) ? new(instant, ticket) : null;
}

/// <summary>A page of such a list; see <see cref="PromisePage"/>.</summary>
public sealed record TicketPage(ReportPeriod Period, IReadOnlyList<TicketLine> Lines, int Total, int Before, TicketPosition? Next);

/// <summary>Reads the lists behind arrivals and backlog, the latest move first.</summary>
public sealed class TicketListQueries(PeriodQueries periods, IDbContextFactory<SupportDb> factory)
{
    private const int Batch = 1_000;

    /// <summary>The page behind a position; the first where there is none.</summary>
    public async Task<TicketPage> PageAsync(PeriodChoice choice, PromiseFilter filter, TicketList list, DateTimeZone zone, TicketPosition? after, StaffCaller caller, CancellationToken cancellation = default)
    {
        var (period, moves) = await SortedAsync(choice, filter, list, zone, caller, cancellation);
        var before = after is { } position ? moves.TakeWhile(move => (move.At, move.Number).CompareTo((position.At, position.Number)) >= 0).Count() : 0;
        var shown = moves.GetRange(before, Math.Min(PromiseListQueries.PageSize, moves.Count - before));
        TicketPosition? next = before + shown.Count < moves.Count ? new(shown[^1].At, shown[^1].Number) : null;
        return new(period, await LinesAsync(shown, cancellation), moves.Count, before, next);
    }

    /// <summary>All of a list, in batches.</summary>
    public async Task<(ReportPeriod Period, IAsyncEnumerable<TicketLine> Lines)> AllAsync(PeriodChoice choice, PromiseFilter filter, TicketList list, DateTimeZone zone, StaffCaller caller, CancellationToken cancellation = default)
    {
        var (period, moves) = await SortedAsync(choice, filter, list, zone, caller, cancellation);
        return (period, Lines());

        async IAsyncEnumerable<TicketLine> Lines()
        {
            for (var begin = 0; begin < moves.Count; begin += Batch)
            {
                foreach (var line in await LinesAsync(moves.GetRange(begin, Math.Min(Batch, moves.Count - begin)), cancellation))
                {
                    yield return line;
                }
            }
        }
    }

    private async Task<(ReportPeriod Period, List<TicketMove> Moves)> SortedAsync(PeriodChoice choice, PromiseFilter filter, TicketList list, DateTimeZone zone, StaffCaller caller, CancellationToken cancellation)
    {
        var (period, moves) = await periods.SelectMovesAsync(choice, filter, list, zone, caller, cancellation);
        moves.Sort((left, right) => (right.At, right.Number).CompareTo((left.At, left.Number)));
        return (period, moves);
    }

    private async Task<IReadOnlyList<TicketLine>> LinesAsync(List<TicketMove> moves, CancellationToken cancellation)
    {
        long[] numbers = [.. moves.Select(move => move.Number).Distinct()];
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var tickets = await db.Set<Ticket>().AsNoTracking().Where(ticket => numbers.Contains(ticket.Number))
            .Select(ticket => new
            {
                ticket.Number, ticket.Subject, AccountKey = ticket.Account!.Key, AccountName = ticket.Account.Name, ticket.Status,
                Specialist = db.Users.Where(user => user.Id == ticket.AssigneeId).Select(user => new { user.DisplayName, user.Email }).FirstOrDefault(),
            })
            .ToDictionaryAsync(ticket => ticket.Number, cancellation);
        return [.. moves.Where(move => tickets.ContainsKey(move.Number)).Select(move =>
        {
            var ticket = tickets[move.Number];
            return new TicketLine(
                move.Number, ticket.Subject, ticket.AccountKey, ticket.AccountName, move.Channel, move.Severity, ticket.Status, ticket.Specialist?.DisplayName, ticket.Specialist?.Email,
                DateTimeOffset.FromUnixTimeMilliseconds(move.At));
        })];
    }
}
