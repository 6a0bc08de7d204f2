using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Data;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Reports;

/// <summary>Gathers what a forecast is made from. Each part reads a handful of rows along an index, whatever the desk holds.</summary>
internal sealed class ForecastInputQueries(SupportDb db, DateTimeOffset now)
{
    private static readonly TimeSpan Horizon = TimeSpan.FromHours(1);
    private static readonly TimeSpan Lately = TimeSpan.FromHours(3);
    private static readonly TimeSpan AnswersSince = TimeSpan.FromDays(7);
    private const int Weeks = 4;
    private const int MostAnswers = 300;

    // An open desk owes this many within an hour only when something is very wrong; the forecast then speaks of the most urgent.
    private const int MostOwed = 20_000;

    /// <summary>The input, and how many answers its handling times stand on.</summary>
    /// <param name="online">Who has the console open.</param>
    /// <param name="specialists">Those of them whose work is answering.</param>
    public async Task<(ForecastInput Input, int Answers)> ReadAsync(IReadOnlySet<Guid> online, IReadOnlySet<Guid> specialists, CancellationToken cancellation)
    {
        var owed = await OwedAsync(cancellation);
        var answers = await AnswersAsync(cancellation);
        // Leads and admins count when something that is due is theirs.
        var hands = online.Count(person => specialists.Contains(person) || owed.Any(work => work.Assignee == person));
        return (
            new()
            {
                Now = now,
                Horizon = Horizon,
                Specialists = hands,
                Owed = [.. owed.Select(work => new OwedWork(work.Ticket, work.Channel, work.DueAt, work.Assignee is { } person && online.Contains(person) ? work.TakenAt : null))],
                Handling = HandlingTimes.Of(answers),
                Arrivals = await ArrivalsAsync(cancellation),
            },
            answers.Count);
    }

    /// <summary>What is due within the hour or overdue, along the index of open tickets; what stands still is left out.</summary>
    private Task<List<Owed>> OwedAsync(CancellationToken cancellation)
    {
        var until = now + Horizon;
        return (
            from ticket in QueueRows.Open(db).Where(ticket => ticket.NextDueAt <= until).OrderBy(ticket => ticket.NextDueAt).Take(MostOwed)
            join owed in db.Set<Obligation>().Where(owed => owed.AnsweredAt == null && owed.MergedAt == null && owed.PausedAt == null && owed.DueAt <= until) on ticket.Number equals owed.TicketNumber
            select new Owed(
                ticket.Number, ticket.Channel, owed.DueAt, ticket.AssigneeId,
                // Asked only of what somebody has: of twenty thousand most may have nobody.
                ticket.AssigneeId == null ? null : db.Set<TicketEvent>().Where(happening => happening.TicketNumber == ticket.Number && happening.Kind == TicketEventKind.Assigned).OrderByDescending(happening => happening.Id).Select(happening => (DateTimeOffset?)happening.At).FirstOrDefault()))
            .AsNoTracking().ToListAsync(cancellation);
    }

    /// <summary>The latest answers, with when their tickets were taken and when the same person had answered before.</summary>
    private async Task<List<PastAnswer>> AnswersAsync(CancellationToken cancellation)
    {
        var since = now - AnswersSince;
        var answered = await (
            from owed in db.Set<Obligation>().Where(owed => owed.AnsweredAt >= since).OrderByDescending(owed => owed.AnsweredAt).Take(MostAnswers)
            join ticket in db.Set<Ticket>() on owed.TicketNumber equals ticket.Number
            select new { owed.TicketNumber, ticket.Channel, owed.StartedAt, owed.AnsweredAt, ticket.AssigneeId }).AsNoTracking().ToListAsync(cancellation);
        var numbers = answered.Select(answer => answer.TicketNumber).Distinct().ToList();
        var taken = (await db.Set<TicketEvent>().AsNoTracking()
            .Where(happening => numbers.Contains(happening.TicketNumber) && happening.Kind == TicketEventKind.Assigned)
            .Select(happening => new { happening.TicketNumber, happening.At }).ToListAsync(cancellation)).ToLookup(happening => happening.TicketNumber, happening => happening.At);
        var byPerson = answered.Where(answer => answer.AssigneeId is not null).ToLookup(answer => answer.AssigneeId!.Value, answer => answer.AnsweredAt!.Value);
        return [.. answered.Select(answer => new PastAnswer(
            answer.Channel, answer.StartedAt,
            Latest(taken[answer.TicketNumber].Where(at => at <= answer.AnsweredAt)),
            answer.AssigneeId is { } person ? Latest(byPerson[person].Where(at => at < answer.AnsweredAt)) : null,
            answer.AnsweredAt!.Value))];
    }

    /// <summary>What came in the last hours and in the same hour of past weeks, by channel and by how long it may wait.</summary>
    private async Task<IReadOnlyList<Arrivals>> ArrivalsAsync(CancellationToken cancellation)
    {
        var recent = await ArrivedAsync(now - Lately, now, cancellation);
        var first = await db.Set<Ticket>().Where(ticket => ticket.ExternalReference == null).OrderBy(ticket => ticket.Number).Select(ticket => (DateTimeOffset?)ticket.CreatedAt).FirstOrDefaultAsync(cancellation);
        var weeks = new List<List<Arrived>>();
        for (var week = 1; week <= Weeks && first <= now.AddDays(-7 * week); week++)
        {
            weeks.Add(await ArrivedAsync(now.AddDays(-7 * week), now.AddDays(-7 * week) + Horizon, cancellation));
        }

        return [.. recent.Concat(weeks.SelectMany(week => week)).GroupBy(arrived => arrived.Kind).Select(kind => new Arrivals(
            kind.Key.Channel,
            Forecast.PerHour(recent.Count(arrived => arrived.Kind == kind.Key), Lately, [.. weeks.Select(week => week.Count(arrived => arrived.Kind == kind.Key))]),
            Attainment.Percentile([.. kind.Select(arrived => arrived.DueAt - arrived.StartedAt).Order()], 50)!.Value))];
    }

    private Task<List<Arrived>> ArrivedAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation) => (
        from ticket in db.Set<Ticket>().Where(ticket => ticket.CreatedAt >= @from && ticket.CreatedAt < to)
        join owed in db.Set<Obligation>().Where(owed => owed.Cycle == 1 && owed.Metric != Metric.NextResponse) on ticket.Number equals owed.TicketNumber
        select new Arrived(ticket.Channel, owed.TargetDuration, owed.TargetBusinessDays, owed.StartedAt, owed.DueAt)).AsNoTracking().ToListAsync(cancellation);

    private static DateTimeOffset? Latest(IEnumerable<DateTimeOffset> instants) => instants.Select(at => (DateTimeOffset?)at).Max();

    private sealed record Owed(long Ticket, Channel Channel, DateTimeOffset DueAt, Guid? Assignee, DateTimeOffset? TakenAt);

    private sealed record Arrived(Channel Channel, TimeSpan? Duration, int? BusinessDays, DateTimeOffset StartedAt, DateTimeOffset DueAt)
    {
        public (Channel Channel, TimeSpan?, int?) Kind => (Channel, Duration, BusinessDays);
    }
}
