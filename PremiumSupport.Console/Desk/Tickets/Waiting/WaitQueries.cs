using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets.Waiting;

/// <summary>What somebody who waits in a chat, or would begin one, can be told.</summary>
/// <param name="IsSomebodyHere">Whether a specialist has the console open.</param>
/// <param name="Position">The place in the line, 1 being next; null for a chat that waits for no first answer.</param>
/// <param name="Expected">From recent first answers; null where there is no basis or nobody to answer.</param>
/// <param name="WaitedSince">When the chat began; null for one that waits for no first answer, or has not begun.</param>
public sealed record ChatWait(bool IsSomebodyHere, int? Position, TimeSpan? Expected, DateTimeOffset? WaitedSince);

/// <summary>Reads the line of chats. Everybody who waits asks again and again, so what they share is read once in a while for all.</summary>
public sealed class WaitQueries(IDbContextFactory<SupportDb> factory, QueueProjection queue, PresenceQueries presence, TimeProvider clock) : IDisposable
{
    private const int MostAnswers = 50;

    private static readonly TimeSpan Recent = TimeSpan.FromHours(2);
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile Shared? _shared;

    /// <summary>The wait of the customer's chat of that number, or of one that they would begin now; null when that chat is not theirs.</summary>
    public async Task<ChatWait?> OfAsync(long? number, CustomerCaller caller, CancellationToken cancellation = default)
    {
        var shared = await ReadAsync(cancellation);
        if (number is null)
        {
            return shared.At(shared.Line.Count + 1, null);
        }

        await using var db = await factory.CreateDbContextAsync(cancellation);
        if (!await db.Set<Ticket>().AnyAsync(ticket => ticket.Number == number && ticket.RequesterId == caller.ContactId, cancellation))
        {
            return null;
        }

        var place = shared.Line.FindIndex(waiting => waiting.Number == number);
        return place < 0 ? new(shared.IsSomebodyHere, null, null, null) : shared.At(place + 1, shared.Line[place].CreatedAt);
    }

    /// <inheritdoc />
    public void Dispose() => _reading.Dispose();

    private async Task<Shared> ReadAsync(CancellationToken cancellation)
    {
        if (_shared is { } known && clock.GetElapsedTime(known.ReadAt) < Fresh)
        {
            return known;
        }

        await _reading.WaitAsync(cancellation);
        try
        {
            return _shared is { } meanwhile && clock.GetElapsedTime(meanwhile.ReadAt) < Fresh ? meanwhile : _shared = await ReadNowAsync(cancellation);
        }
        finally
        {
            _reading.Release();
        }
    }

    private async Task<Shared> ReadNowAsync(CancellationToken cancellation)
    {
        var (readAt, since) = (clock.GetTimestamp(), clock.GetUtcNow() - Recent);
        var (_, specialists) = await presence.OnlineAsync(cancellation);
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var answers = await db.Set<Obligation>().AsNoTracking()
            .Where(owed => owed.Metric == Metric.FirstResponse && owed.AnsweredAt != null && owed.AnsweredAt >= since)
            .Join(db.Set<Ticket>().Where(ticket => ticket.Channel == Channel.Chat), owed => owed.TicketNumber, ticket => ticket.Number, (owed, _) => new { owed.StartedAt, owed.AnsweredAt })
            .OrderByDescending(answer => answer.AnsweredAt)
            .Take(MostAnswers)
            .ToListAsync(cancellation);
        return new(
            readAt, specialists.Count > 0, [.. queue.Rows.Where(IsWaiting).OrderBy(row => row.CreatedAt).ThenBy(row => row.Number)],
            [.. answers.Select(answer => new FirstAnswer(answer.StartedAt, answer.AnsweredAt!.Value))]);
    }

    /// <summary>Whether nobody has answered yet. Where no first response is promised, the status says so.</summary>
    private static bool IsWaiting(QueueRow row) =>
        row is { Channel: Channel.Chat, LastFromCustomer: true } && (row.Badge is null ? row.Status == TicketStatus.New : row.Badge is { Metric: Metric.FirstResponse, AnsweredAt: null });

    private sealed record Shared(long ReadAt, bool IsSomebodyHere, List<QueueRow> Line, IReadOnlyList<FirstAnswer> Answers)
    {
        public ChatWait At(int position, DateTimeOffset? since) => new(IsSomebodyHere, position, IsSomebodyHere ? WaitForecast.Expect(Answers, position) : null, since);
    }
}
